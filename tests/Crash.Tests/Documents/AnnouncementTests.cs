using System.Text.Json.Nodes;
using AiCloud.Running;
using AiCloud.Switches;

namespace AiCloud.Documents;

/// <summary>An amendment in a cluster of real processes, published by two members of staff over HTTP (C2.5a, C2.5b).</summary>
[Collection(TwoSilos.Name)]
public sealed class AnnouncementTests(TwoSilos silos)
{
    private const string Kind = "registration-agreement";

    [Fact]
    public async Task C2_5b_an_announcement_is_seen_within_five_seconds_and_outlives_kill_9_of_every_process()
    {
        var deployment = silos.Deployment;
        var api = new Api(deployment);
        var publisher = new Publisher(api);
        await publisher.Draft(Kind, "2.0");
        Assert.Null((await Document(api))["announced"]); // a draft is nobody's business
        var effective = await publisher.Announce(Kind, "2.0");
        await Api.Until(() => api.Send(HttpMethod.Get, "/v1/documents"), reply => Announced(Named(reply)) == "2.0", "the announcement", seconds: 5);

        await deployment.Kill();
        await deployment.Start();
        var after = await Document(api);
        Assert.Equal(("1.0", "2.0", effective), (after["inForce"]!["version"]!.GetValue<string>(), Announced(after), after["announced"]!["effectiveAt"]!.GetValue<DateTimeOffset>()));
        Assert.Equal("announced", (await publisher.Managed(Kind, "2.0"))["state"]!.GetValue<string>());
    }

    private static async Task<JsonNode> Document(Api api) => Named(await Api.Until(() => api.Send(HttpMethod.Get, "/v1/documents"), Api.IsFinal, "the documents"));

    private static JsonNode Named(Reply documents) => documents.Body!.AsArray().Single(document => document!["kind"]!.GetValue<string>() == Kind)!;

    private static string? Announced(JsonNode document) => document["announced"]?["version"]?.GetValue<string>();
}
