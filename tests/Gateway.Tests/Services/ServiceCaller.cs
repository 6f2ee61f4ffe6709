using AiCloud.Live;
using AiCloud.Staff;

namespace AiCloud.Services;

/// <summary>Another AI Cloud service with a token of its own, proposed by Alpha and approved by Beta.</summary>
internal sealed class ServiceCaller(LiveGateway gateway, string id)
{
    private const string Clients = "/v1/staff/services";

    public string Id => id;

    public string Path => $"{Clients}/{id}";

    public static async Task<ServiceCaller> Approved(LiveGateway gateway, params string[] types)
    {
        var proposed = (await gateway.Post(Clients, new { name = "A service", types }, StaffGateway.Alpha)).Is(202);
        (await gateway.Post($"{Clients}/{proposed["id"]}/approval", null, StaffGateway.Beta)).Is(200);
        return new ServiceCaller(gateway, proposed["id"]);
    }

    /// <summary>A token that this gateway knows of by now.</summary>
    public async Task<(string Token, string TokenId)> Token(int days = 90)
    {
        var issued = (await gateway.Post($"{Path}/tokens", new { days }, StaffGateway.Alpha)).Is(201);
        var type = (await gateway.Get(Clients, StaffGateway.Alpha)).Is(200).Json.EnumerateArray().Single(client => client.GetProperty("id").GetString() == id).GetProperty("types")[0].GetString()!;
        await Until(gateway, type, issued["token"], works: true);
        return (issued["token"], issued["id"]);
    }

    public static async Task<string> TokenFor(LiveGateway gateway, params string[] types) => (await (await Approved(gateway, types)).Token()).Token;

    public static Task<Reply> Ask(LiveGateway gateway, string token, string type, string account, bool use = false, string? operation = null, params (string, string)[] headers) =>
        gateway.Post($"/v1/services/{type}/entitlements", new { account, use, operation }, token, headers);

    /// <summary>Waits until this gateway takes a token, or takes it no more; answers how long that took.</summary>
    public static async Task<TimeSpan> Until(LiveGateway gateway, string type, string token, bool works)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            var reply = await Ask(gateway, token, type, Guid.CreateVersion7().ToString());
            if (reply["code"] == (works ? "account_unknown" : "not_found")) return System.Diagnostics.Stopwatch.GetElapsedTime(began);
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), reply.Text);
            await Task.Delay(20);
        }
    }
}

/// <summary>A catalogue for tests, in a file that they may change.</summary>
public sealed class ServiceGateway : IAsyncLifetime
{
    public LiveGateway Gateway { get; private set; } = null!;

    public string File { get; } = System.IO.Path.Combine(Directory.CreateTempSubdirectory("aicloud-catalogue-").FullName, "services.json");

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(File, Catalogues.Everything);
        Gateway = await LiveGateway.Start([.. StaffGateway.Settings, ("AiCloud:Services:Catalogue", File), ("AiCloud:Services:ReloadEvery", "00:00:01")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(System.IO.Path.GetDirectoryName(File)!, recursive: true);
    }
}

/// <summary>Catalogues as files.</summary>
internal static class Catalogues
{
    private const string Why = """ "purpose":{"zh-CN":"用途","en":"Why"},"ground":{"zh-CN":"依据","en":"Ground"} """;

    public static string Everything { get; } = File(
        Type("open", []), Type("by-phone", [Need("phone")], publishing: true), Type("by-email", [Need("email")]), Type("by-contact", [Need("contact")]), Type("identified", [Need("identified")], publishing: true),
        Type("named", [Need("real_name", ""","fullNumber":{"ground":{"zh-CN":"依据","en":"By law"}}""")]), Type("adults", [Need("adult")]),
        Type("families", [Need("adult_or_guardian", ""","guardian":"id" """)]), Type("unrestricted", [Need("unrestricted", ""","function":"publish" """)]),
        Type("storage", [Need("contact")], functions: [Function("upload"), Function("publish", Need("phone"))]));

    public static string File(params string[] types) => $$"""{"format":1,"services":[{{string.Join(",", types)}}]}""";

    public static string Type(string id, string[] needs, bool publishing = false, string[]? functions = null) =>
        $$"""{"id":"{{id}}","name":{"zh-CN":"{{id}}","en":"{{id}}"},"publishing":{{(publishing ? "true" : "false")}},"needs":[{{string.Join(",", needs)}}],"functions":[{{string.Join(",", functions ?? [])}}]}""";

    public static string Function(string id, params string[] needs) => $$"""{"id":"{{id}}","name":{"zh-CN":"{{id}}","en":"{{id}}"},"needs":[{{string.Join(",", needs)}}]}""";

    public static string Need(string fact, string more = "") => $$"""{"fact":"{{fact}}",{{Why}}{{more}}}""";
}
