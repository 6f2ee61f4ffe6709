using System.Text.Json.Nodes;

namespace AiCloud.Running;

/// <summary>Two members of staff who publish a version over HTTP.</summary>
internal sealed class Publisher(Api api)
{
    public const string Announcer = "announcer-token-of-the-test";
    private const string Author = "author-token-of-the-test";

    /// <summary>Settings under which a deployment knows them.</summary>
    public static readonly (string Name, string Value)[] Settings =
    [
        ("AiCloud__Staff__Bootstrap__0__Name", "Author"), ("AiCloud__Staff__Bootstrap__0__Token", Author),
        ("AiCloud__Staff__Bootstrap__1__Name", "Announcer"), ("AiCloud__Staff__Bootstrap__1__Token", Announcer),
    ];

    public Task Draft(string kind, string version) => Done($"/v1/staff/documents/{kind}/versions", new
    {
        version,
        @class = "contract",
        ground = "business",
        summary = Texts($"What {version} changes"),
        content = Texts($"# {kind} {version}"),
    }, Author);

    /// <summary>Announces; says when the version will be in force.</summary>
    public async Task<DateTimeOffset> Announce(string kind, string version) =>
        (await Done($"/v1/staff/documents/{kind}/versions/{version}/announcement", null, Announcer)).Body!["effectiveAt"]!.GetValue<DateTimeOffset>();

    public async Task<JsonNode> Managed(string kind, string version) =>
        (await Api.Until(() => api.Send(HttpMethod.Get, $"/v1/staff/documents/{kind}/versions", token: Author), Api.IsFinal, "the versions"))
            .Body!.AsArray().Single(managed => managed!["version"]!.GetValue<string>() == version)!;

    private async Task<Reply> Done(string path, object? body, string token)
    {
        var key = Attempt.NewKey();
        var reply = await Api.Until(() => api.Send(HttpMethod.Post, path, body, token, key), Api.IsFinal, path);
        Assert.True(reply.Status is 200 or 201, reply.ToString());
        return reply;
    }

    private static Dictionary<string, string> Texts(string text) => new() { ["zh-CN"] = text, ["en"] = text };
}
