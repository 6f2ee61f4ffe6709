using System.Diagnostics;
using AiCloud.Running;

namespace AiCloud.Switches;

[Collection(TwoSilos.Name)]
public sealed class SpreadTests(TwoSilos silos)
{
    [Fact]
    public async Task Every_switch_is_shown_in_every_process_within_five_seconds()
    {
        var deployment = silos.Deployment;
        var api = new Api(deployment);
        string[] names =
        [
            "starts", "sends", "sends.channel.sms", "sends.channel.email", "sends.provider.development", "sends.country.86", "sends.prefix.86170", "sends.purpose.registration", "sends.purpose.document-change", "erasures", "read-only",
        ];
        foreach (var name in names)
        {
            await Api.Until(() => api.Send(HttpMethod.Put, $"/v1/staff/switches/{name}", new { reason = "incident", seconds = 600 }, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "thrown");
            await Shown([api, deployment.Operations(0), deployment.Operations(1)], name, yes: true);
        }
        foreach (var name in names) await TakeBack(api, name);
    }

    [Fact]
    public async Task A_switch_is_in_effect_in_every_process_within_five_seconds_and_still_after_kill_9_of_all()
    {
        var deployment = silos.Deployment;
        var api = new Api(deployment);
        var processes = new[] { api, deployment.Operations(0), deployment.Operations(1) };
        await Api.Until(() => api.Send(HttpMethod.Put, "/v1/staff/switches/sends", new { reason = "incident", seconds = 600 }, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "thrown");
        await Shown(processes, "sends", yes: true);
        await Paused(api);

        await deployment.Kill();
        await deployment.Start();
        await Paused(api);
        await TakeBack(api, "sends");
        await Shown(processes, "sends", yes: false);
        await new Attempt(api, Attempt.NewEmail()).Register();
    }

    // Never let in; 503 for another reason is asked again.
    private static Task<Reply> Paused(Api api) => Api.Until(() => new Attempt(api, Attempt.NewEmail()).StartOnce(), reply =>
    {
        Assert.Equal(503, reply.Status);
        return reply.Code == "sends_paused";
    }, "sends_paused");

    private static Task<Reply> TakeBack(Api api, string name) =>
        Api.Until(() => api.Send(HttpMethod.Delete, $"/v1/staff/switches/{name}", null, Publisher.Announcer, Attempt.NewKey()), reply => reply.Status == 200, "taken back");

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
