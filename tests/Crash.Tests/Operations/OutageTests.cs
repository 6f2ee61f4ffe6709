using System.Diagnostics;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Operations;

/// <summary>The database goes away underneath: refusing, and worse, hanging (DESIGN §9).</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1), Noticed = TimeSpan.FromSeconds(2), Back = TimeSpan.FromSeconds(5), Outage = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Ends = TimeSpan.FromSeconds(5), Slack = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task While_the_database_is_gone_everybody_is_told_at_once_and_it_is_found_again_within_five_seconds()
    {
        await using var server = await OwnPostgres.Create();
        await using var deployment = await Deployment.Start(server.Settings, settings: ("AiCloud__Operations__ShutdownTimeout", $"{Ends}"));
        var api = new Api(deployment);
        var person = new Attempt(api, Attempt.NewEmail());
        await person.Register();
        var session = (await person.SignIn()).Text("token");

        await Survives(server.Freeze, server.Thaw, Back);
        // Who starts meanwhile waits too, and does not make whoever started it wait longer each time.
        var late = new List<Child>();
        await Survives(async () =>
        {
            await server.Stop();
            foreach (var (program, more) in new[] { ("AiCloud.Silo", new[] { "SiloPort", "GatewayPort" }), ("AiCloud.Gateway", []) })
                late.Add(Child.Start(program, [], [.. deployment.Settings, new("ASPNETCORE_URLS", "http://127.0.0.1:0"), new("AiCloud__Operations__Port", "0"), .. more.Select(port => KeyValuePair.Create($"AiCloud__Cluster__{port}", "0"))]));
            foreach (var child in late) await child.Line(line => line.Contains("The database does not answer (ConnectionRefused)", StringComparison.Ordinal));
        }, server.Start, Back * 3); // two processes start on the same cores
        await late[0].Line(line => line.Contains("Silo of ", StringComparison.Ordinal));
        await late[1].Line(line => line.Contains("AI Cloud Accounts serves ", StringComparison.Ordinal));
        foreach (var child in late)
        {
            Assert.Single(child.Output, line => line.Contains("The database does not answer (", StringComparison.Ordinal));
            await child.DisposeAsync();
        }

        // Orleans would go on for two minutes to tell the database that the silo leaves.
        await server.Stop();
        var asked = Stopwatch.StartNew();
        await deployment.Silos[0].Terminate();
        Assert.Equal(0, await deployment.Silos[0].Exit());
        Assert.InRange(asked.Elapsed, TimeSpan.Zero, Ends + Slack);
        Assert.Single(deployment.Silos[0].Output, line => line.Contains("the process is ended where it stands", StringComparison.Ordinal));
        await server.Start();
        await deployment.AssertSound(accounts: 1);

        async Task Survives(Func<Task> begin, Func<Task> end, TimeSpan back)
        {
            await begin();
            // Whoever comes before anybody can know may wait; soon nobody does.
            await Api.Until(() => Timed(() => person.SignInOnce()), reply => reply.Status == 503, "noticed", seconds: 10);
            // A failed write tells one caller; that the database is gone is known a moment later, and then nobody is answered from memory either.
            await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account", token: session), reply => reply.Status == 503, "known", seconds: 3);
            var since = Stopwatch.StartNew();
            while (since.Elapsed < Outage)
            {
                foreach (var ask in new Func<Task<Reply>>[] { () => person.SignInOnce(), () => api.Send(HttpMethod.Get, "/v1/account", token: session), () => new Attempt(api, Attempt.NewEmail()).StartOnce() })
                {
                    var asked = Stopwatch.StartNew();
                    var reply = await ask();
                    if (asked.Elapsed >= AtOnce)
                    {
                        // A machine that stood still for once is no gateway that waits for the database: that one waits again.
                        asked.Restart();
                        reply = await ask();
                    }
                    Assert.True(reply.Status == 503 && reply.Message!.Headers.RetryAfter is not null && asked.Elapsed < AtOnce, $"{reply} after {asked.Elapsed}");
                }
                // What needs no database is still served.
                Assert.Equal(200, (await api.Send(HttpMethod.Get, "/v1/documents")).Status);
                Assert.Equal(503, (await api.Send(HttpMethod.Get, "/health/ready")).Status);
                Assert.Equal(200, (await api.Send(HttpMethod.Get, "/health/live")).Status);
                await Task.Delay(100);
            }
            await end();
            var returned = Stopwatch.StartNew();
            await Api.Until(person.SignInOnce, reply => reply.Status == 201, "served again", seconds: 30);
            Assert.True(returned.Elapsed < back, $"back after {returned.Elapsed}");
            await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready again", seconds: 5);
        }

        static async Task<Reply> Timed(Func<Task<Reply>> ask)
        {
            var asked = Stopwatch.StartNew();
            var reply = await ask();
            return asked.Elapsed < Noticed ? reply : new Reply(-1, null, null);
        }
    }
}
