using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>Every case, in the order of the table.</summary>
internal static partial class Cases
{
    public static IReadOnlyList<Case> All { get; } = [.. Processes, .. Planned, .. Database, .. Network];

    public static Task KillASiloAndAGateway(Stage stage) => Fleet.Kill(stage.Fleet.Silos[^1], stage.Fleet.Gateways[^1]);

    private static IEnumerable<Case> Processes =>
    [
        new("kill-silo", "kill -9 of one silo of three; started again after 15 s", async stage =>
        {
            await Fleet.Kill(stage.Fleet.Silos[1]);
            await Stage.For(15);
            await stage.Fleet.StartSilo(stage.Fleet.Silos[1]);
            await Stage.For(6);
        }, Goals.Within(10)),
        new("kill-gateway", "kill -9 of one gateway of two; started again after 10 s", async stage =>
        {
            await Fleet.Kill(stage.Fleet.Gateways[0]);
            await Stage.For(10);
            await stage.Fleet.StartGateway(stage.Fleet.Gateways[0]);
            await Stage.For(4);
        }, Goals.Within(10)),
        new("kill-all", "kill -9 of everything at once; started again at once", async stage =>
        {
            await Fleet.Kill(stage.Fleet.Silos.Concat(stage.Fleet.Gateways));
            stage.Returns();
            await stage.Fleet.StartAll();
            stage.Notes.Add($"all ready {Outcome.Seconds(System.Diagnostics.Stopwatch.GetElapsedTime(stage.Restored))} s after the start");
            await Stage.For(8);
        }, Goals.Back(20)),
        new("freeze-silo", "SIGSTOP of one silo of three for 60 s; woken, it must go, and is started again", async stage =>
        {
            var frozen = stage.Fleet.Silos[1];
            await frozen.Child!.Freeze();
            await Stage.For(60);
            await frozen.Child.Thaw();
            // What was declared dead does not linger; until it has gone nobody asks it anything.
            await frozen.Child.Exit();
            await stage.Fleet.StartSilo(frozen);
            await Stage.For(5);
        }, Goals.Within(20)),
    ];

    private static IEnumerable<Case> Planned =>
    [
        new("roll", "SIGTERM of every silo and gateway in turn, each started again before the next", async stage =>
        {
            foreach (var silo in stage.Fleet.Silos)
            {
                await Fleet.End(silo);
                await stage.Fleet.StartSilo(silo);
                await Stage.For(2);
            }
            foreach (var gateway in stage.Fleet.Gateways)
            {
                await Fleet.End(gateway);
                await stage.Fleet.StartGateway(gateway);
                await Stage.For(1);
            }
            await Stage.For(4);
        }, Goals.Planned),
        new("scale", "one silo, then three, then one", async stage =>
        {
            await stage.Fleet.StartAll();
            await Stage.For(6);
            await Fleet.End(stage.Fleet.Silos[0]); // the oldest, which has the most
            await Fleet.End(stage.Fleet.Silos[1]);
            await Stage.For(6);
        }, Goals.Planned) { SilosAtFirst = 1 },
        new("roll-release", "from the build before to this one, silos first, and back, gateways first, process by process; the schema migrated before", async stage =>
        {
            await stage.Fleet.Migrate(stage.Current!);
            await Silos(stage.Current!);
            await Gateways(stage.Current!);
            await Gateways(stage.Previous!);
            await Silos(stage.Previous!);
            await Stage.For(4);

            async Task Silos(Release release)
            {
                foreach (var silo in stage.Fleet.Silos)
                {
                    await Fleet.End(silo);
                    await stage.Fleet.StartSilo(silo, release);
                    await Stage.For(2);
                }
            }

            async Task Gateways(Release release)
            {
                foreach (var gateway in stage.Fleet.Gateways)
                {
                    await Fleet.End(gateway);
                    await stage.Fleet.StartGateway(gateway, release);
                    await Stage.For(2);
                }
            }
        }, Goals.Planned) { Silos = 2, NeedsPrevious = true },
    ];
}
