using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>Silos that others cannot reach, and a silo that is wrong about the time.</summary>
internal static partial class Cases
{
    private static IEnumerable<Case> Network =>
    [
        new("cut-from-peers", "packets of one silo vanish, except to and from the database, for 30 s", async stage =>
        {
            var cut = stage.Fleet.Silos[1];
            await Filter.CutFromPeers(cut, stage.Postgres.Port);
            await NoteEnd(stage, cut, within: 30);
            await Filter.Heal();
            await Stage.For(5);
            await Replace(stage, cut);
            await Stage.For(5);
        }, Goals.Within(20)) { Users = true },
        new("cut-from-database", "packets of one silo to the database vanish for 30 s; its peers hear it", async stage =>
        {
            var cut = stage.Fleet.Silos[1];
            await Filter.CutFromDatabase(cut, stage.Postgres.Port);
            await NoteEnd(stage, cut, within: 30);
            var health = await Fleet.Operations(cut).Send(HttpMethod.Get, "/health/ready");
            if (health.Status == 200) stage.Wrong.Add("it says that it is ready without a database");
            await Filter.Heal();
            await Stage.For(5);
            await Replace(stage, cut);
            await Stage.For(5);
        }, Goals.Within(20)) { Users = true },
        new("clock", "one silo's clock jumps by 10 minutes and stays so; later it comes back with a clock that was wrong from the start", async stage =>
        {
            var wrong = stage.Fleet.Silos[1];
            wrong.Child!.Say("clock 600");
            await wrong.Child.Line("clock 600");
            await Api.Until(() => Fleet.Operations(wrong).Send(HttpMethod.Get, "/health/ready"), reply => reply.Status != 200, "not ready", seconds: 3);
            await Stage.For(25);
            await Api.Until(() => Fleet.Operations(wrong).Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready by corrected time", seconds: 5);
            stage.Wrong.AddRange((await stage.DeclaredDead()).Where(silo => silo != wrong.Name).Select(silo => $"{silo} was evicted"));
            await Fleet.Kill(wrong);
            await stage.Fleet.StartSilo(wrong, settings: ("PROCESSHOST_CLOCK", "-600"));
            await Stage.For(15);
            await Api.Until(() => Fleet.Operations(wrong).Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready by corrected time", seconds: 5);
            stage.Wrong.AddRange((await stage.DeclaredDead()).Where(silo => silo != wrong.Name).Select(silo => $"{silo} was evicted"));
            foreach (var other in stage.Fleet.Silos.Where(silo => !silo.Lives)) stage.Wrong.Add($"{other.Name} has gone");
        }, Goals.Within(30)) { Obedient = true, Settings = [("PROCESSHOST_CLOCK", "0")] },
        new("busy", "all cores kept busy by others for 45 s: nobody may be declared dead", async stage =>
        {
            var burners = Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => System.Diagnostics.Process.Start("sh", ["-c", "while :; do :; done"])).ToArray();
            try
            {
                await Stage.For(45);
            }
            finally
            {
                foreach (var burner in burners)
                {
                    burner.Kill();
                    burner.Dispose();
                }
            }
            stage.Wrong.AddRange((await stage.DeclaredDead()).Select(silo => $"{silo} was declared dead for being slow"));
            foreach (var other in stage.Fleet.Silos.Where(silo => !silo.Lives)) stage.Wrong.Add($"{other.Name} has gone");
        }, _ => []),
    ];

    // Waits that long, whether or not the process ends by itself meanwhile.
    private static async Task NoteEnd(Stage stage, Place place, double within)
    {
        var over = Stage.For(within);
        while (place.Lives && !over.IsCompleted) await Stage.For(0.1);
        if (!place.Lives) stage.Notes.Add($"{place.Name} ended itself {Outcome.Seconds(System.Diagnostics.Stopwatch.GetElapsedTime(stage.Fault))} s after the fault");
        await over;
    }

    // As an orchestrator does with what has gone, or with what says no more that it is ready.
    private static async Task Replace(Stage stage, Place place)
    {
        stage.Notes.Add(place.Lives ? "it stayed" : "it had gone and was started again");
        if (!place.Lives) await stage.Fleet.StartSilo(place);
    }
}
