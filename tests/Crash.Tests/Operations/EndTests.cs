using System.Diagnostics;
using AiCloud.Hosting;
using AiCloud.Registration;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Operations;

/// <summary>Processes that are asked to end (SIGTERM), with work under way.</summary>
public sealed class EndTests
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4), Bound = TimeSpan.FromSeconds(20);

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_gateway_that_is_asked_to_end_first_says_not_ready_then_takes_no_new_work_and_finishes_what_is_under_way(DatabaseProvider database)
    {
        (string, string)[] settings = [("AiCloud__Operations__DrainDelay", $"{Drain}"), ("AiCloud__Operations__ShutdownTimeout", $"{Bound}")];
        // As on Kubernetes: what people reach shows neither health nor metrics, in whichever spelling.
        if (database == DatabaseProvider.PostgreSql) settings = [.. settings, ("AiCloud__Operations__Port", $"{FreePorts.Take()}")];
        await using var deployment = await Deployment.Start(database, settings: settings);
        var (api, probes) = (new Api(deployment), deployment.Probes);
        foreach (var path in new[] { "/health", "/Health", "/health/live", "/HEALTH/ready", "/metrics", "/Metrics", "/METRICS" })
            Assert.Equal(database == DatabaseProvider.PostgreSql ? 404 : 200, (await api.Send(HttpMethod.Get, path)).Status);
        foreach (var path in new[] { "/health", "/health/live", "/health/startup", "/metrics" }) Assert.Equal(200, (await probes.Send(HttpMethod.Get, path)).Status);
        var person = new Attempt(api, Attempt.NewEmail());
        await person.Start();
        await person.Verify();
        var worker = deployment.Workers[0];
        var completing = await worker.StopAt($"stop {CompletionStep.Held}", "end", () => person.CompleteOnce());

        var asked = Stopwatch.StartNew();
        await deployment.Gateway!.Terminate();
        var unready = await Api.Until(() => probes.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status != 200, "not ready", seconds: 4);
        Assert.Equal(("unavailable", "draining"), (unready.Code, unready.Body!["failing"]![0]!.GetValue<string>()));
        var served = await api.Send(HttpMethod.Get, "/v1/documents");
        Assert.True(asked.Elapsed < Drain, $"{asked.Elapsed}");
        Assert.Equal((200, true), (served.Status, served.Message!.Headers.ConnectionClose));

        var refused = await Api.Until(() => api.Send(HttpMethod.Get, "/v1/documents"), reply => reply.Status != 200, "no new work", seconds: 9);
        Assert.Equal((503, "unavailable", true), (refused.Status, refused.Code, refused.Message!.Headers.ConnectionClose));
        Assert.True(refused.Message.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.InRange(asked.Elapsed, Drain, Drain * 2); // the completion that stands there is given up after eight seconds
        Assert.Equal(200, (await probes.Send(HttpMethod.Get, "/health/live")).Status);

        worker.Say("go");
        Assert.Equal(201, (await completing).Status);
        Assert.Equal(0, await deployment.Gateway.Exit());
        Assert.True(asked.Elapsed < Bound, $"{asked.Elapsed}");
        Assert.Empty(deployment.Gateway.Error);
    }

    [Fact]
    public async Task A_silo_that_is_asked_to_end_hands_over_and_nobody_s_completion_is_lost()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2);
        var api = new Api(deployment);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var person = new Attempt(api, Attempt.NewEmail());
            await person.Start();
            await person.Verify();
            return person;
        }));
        var operations = deployment.Operations(0);

        var completing = people.Select(person => person.Complete()).ToArray();
        await deployment.Silos[0].Terminate();
        var unready = await Api.Until(() => operations.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status != 200, "not ready", seconds: 3);
        Assert.True(unready.Status == 0 || unready.Body!["failing"]!.AsArray().Any(name => name!.GetValue<string>() == "draining"), unready.ToString());
        Assert.All(await Task.WhenAll(completing), reply => Assert.Equal(201, reply.Status));
        Assert.Equal(0, await deployment.Silos[0].Exit());
        Assert.Empty(deployment.Silos[0].Error);
        // What it had is found on the other at once.
        foreach (var person in people) Assert.Equal(201, (await person.SignIn()).Status);
        await deployment.AssertSound(accounts: people.Length);
    }
}
