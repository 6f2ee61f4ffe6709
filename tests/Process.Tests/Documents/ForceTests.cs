using System.Text.Json.Nodes;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Documents;

/// <summary>The instant of force, with real processes on PostgreSQL whose clock the test moves (C2.5b).</summary>
public sealed class ForceTests
{
    private const string Kind = "registration-agreement";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task C2_5b_all_silos_down_across_the_instant_and_the_reminder_deleted_the_version_is_in_force_at_their_return_once()
    {
        var clock = default(MovableClock)!;
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, async settings => clock = await MovableClock.Install(settings), Publisher.Settings);
        var (api, publisher) = Hands(deployment);
        await publisher.Draft(Kind, "2.0");
        var effective = await publisher.Announce(Kind, "2.0");
        Assert.Equal("1.0", await InForce(api));
        await Api.Until(() => api.Send(HttpMethod.Get, "/v1/documents"), reply => Document(reply)["announced"]?["version"]?.GetValue<string>() == "2.0", "the announcement", seconds: 5);

        await deployment.Kill();
        await clock.Execute("DELETE FROM reminder WHERE name = 'activate'");
        await clock.Show(effective + TimeSpan.FromDays(1));
        await deployment.Start();
        Assert.Equal("2.0", await InForce(api));
        var noted = (await Api.Until(async () => new Reply(200, await publisher.Managed(Kind, "2.0"), null), reply => reply.Body!["activationNotedAt"] is not null, "the note"))
            .Body!["activationNotedAt"]!.GetValue<DateTimeOffset>();
        Assert.InRange(noted, effective + TimeSpan.FromDays(1), effective + TimeSpan.FromDays(1) + TimeSpan.FromMinutes(5));

        await deployment.Kill();
        await deployment.Start();
        Assert.Equal(noted, (await publisher.Managed(Kind, "2.0"))["activationNotedAt"]!.GetValue<DateTimeOffset>()); // nothing happens twice
    }

    [Theory, InlineData("-600"), InlineData("+600")]
    public async Task C2_5b_a_silo_whose_own_clock_is_ten_minutes_off_lets_nobody_accept_the_old_version_after_the_instant_nor_the_new_one_before(string off)
    {
        var clock = default(MovableClock)!;
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, async settings => clock = await MovableClock.Install(settings), Publisher.Settings);
        await deployment.Restart(1, await FakeTime.Off(off));
        var (api, publisher) = Hands(deployment);
        await publisher.Draft(Kind, "2.0");
        var effective = await publisher.Announce(Kind, "2.0");

        // Five minutes before: a silo that went by its own clock would be past the instant, or far from it.
        await Move(deployment, clock, effective - 5 * Minute);
        Assert.Equal("1.0", await InForce(api));
        var begun = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Verified(api)));
        Assert.All(await Task.WhenAll(begun[..6].Select(attempt => attempt.Complete())), reply => Assert.True(reply.Status == 201, reply.ToString()));

        // Five minutes after, for registrations that began before.
        await Move(deployment, clock, effective + 5 * Minute);
        Assert.Equal("2.0", await InForce(api));
        Assert.All(await Task.WhenAll(begun[6..].Select(attempt => attempt.Complete())), reply => Assert.Equal((409, "document_not_in_force"), (reply.Status, reply.Code)));
    }

    private static (Api Api, Publisher Publisher) Hands(Deployment deployment)
    {
        var api = new Api(deployment);
        return (api, new Publisher(api));
    }

    /// <summary>Moves the database's clock and waits until every process has measured it and trusts it.</summary>
    private static async Task Move(Deployment deployment, MovableClock clock, DateTimeOffset instant)
    {
        var processes = deployment.Silos.Append(deployment.Gateway!).ToArray();
        var jumps = processes.Select(Jumps).ToArray();
        await clock.Show(instant);
        foreach (var (process, before) in processes.Zip(jumps)) await process.Line(_ => Jumps(process) > before);
        var api = new Api(deployment);
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready");

        static int Jumps(Child process) => process.Output.Count(line => line.Contains("The clock jumped", StringComparison.Ordinal));
    }

    private static async Task<Attempt> Verified(Api api)
    {
        var attempt = new Attempt(api, Attempt.NewEmail());
        await attempt.Start();
        await attempt.Verify();
        return attempt;
    }

    private static async Task<string> InForce(Api api) =>
        Document(await Api.Until(() => api.Send(HttpMethod.Get, "/v1/documents"), Api.IsFinal, "the documents"))["inForce"]!["version"]!.GetValue<string>();

    private static JsonNode Document(Reply documents) => documents.Body!.AsArray().Single(document => document!["kind"]!.GetValue<string>() == Kind)!;
}
