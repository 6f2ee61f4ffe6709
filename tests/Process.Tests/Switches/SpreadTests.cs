using System.Diagnostics;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Switches;

public sealed class SpreadTests
{
    [Fact]
    public async Task Every_switch_is_shown_in_every_process_within_five_seconds()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, settings: [.. Publisher.Settings]);
        var api = new Api(deployment);
        foreach (var name in new[]
        {
            "starts", "sends", "sends.channel.sms", "sends.channel.email", "sends.country.86", "sends.prefix.86170", "sends.purpose.registration", "sends.purpose.document-change", "erasures", "read-only",
        })
        {
            await Api.Until(() => api.Send(HttpMethod.Put, $"/v1/staff/switches/{name}", new { reason = "incident", seconds = 600 }, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "thrown");
            await Shown([api, deployment.Operations(0), deployment.Operations(1)], name, yes: true);
        }
    }

    [Fact]
    public async Task A_switch_is_in_effect_in_every_process_within_five_seconds_and_still_after_kill_9_of_all()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, settings: [.. Publisher.Settings]);
        var api = new Api(deployment);
        var processes = new[] { api, deployment.Operations(0), deployment.Operations(1) };
        await Api.Until(() => api.Send(HttpMethod.Put, "/v1/staff/switches/sends", new { reason = "incident", seconds = 600 }, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "thrown");
        await Shown(processes, "sends", yes: true);
        Assert.Equal("sends_paused", (await new Attempt(api, Attempt.NewEmail()).StartOnce()).Code);

        await deployment.Kill();
        await deployment.Start();
        Assert.Equal("sends_paused", (await new Attempt(api, Attempt.NewEmail()).StartOnce()).Code);
        await Api.Until(() => api.Send(HttpMethod.Delete, "/v1/staff/switches/sends", null, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "taken back");
        await Shown(processes, "sends", yes: false);
        await new Attempt(api, Attempt.NewEmail()).Register();
    }

    private static async Task Shown(Api[] processes, string name, bool yes)
    {
        var since = Stopwatch.StartNew();
        foreach (var process in processes)
        {
            while ((await Metrics(process)).Contains($"switch=\"{name}\"", StringComparison.Ordinal) != yes)
            {
                Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"{process.Address} after {since.Elapsed}");
                await Task.Delay(100);
            }
        }
    }

    private static readonly HttpClient Http = new();

    private static Task<string> Metrics(Api process) => Http.GetStringAsync(new Uri(process.Address, "/metrics"));
}
