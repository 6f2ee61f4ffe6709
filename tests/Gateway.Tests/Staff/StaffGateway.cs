using AiCloud.Live;

namespace AiCloud.Staff;

/// <summary>A gateway with two members of staff and documents of its own: what is published here is in nobody else's way.</summary>
public sealed class StaffGateway : IAsyncLifetime
{
    public const string Alpha = "alpha-token", Beta = "beta-token";

    public static readonly (string Key, string Value)[] Settings =
    [
        ("AiCloud:Staff:Bootstrap:0:Name", "Alpha"), ("AiCloud:Staff:Bootstrap:0:Token", Alpha),
        ("AiCloud:Staff:Bootstrap:1:Name", "Beta"), ("AiCloud:Staff:Bootstrap:1:Token", Beta),
    ];

    public LiveGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await LiveGateway.Start(Settings);

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>The id behind a token.</summary>
    public async Task<string> Id(string token) => (await Gateway.Get("/v1/staff/me", token)).Is(200)["id"];

    /// <summary>A further member, proposed by Alpha, approved by Beta, activated; answers their token.</summary>
    public Task<string> NewMember(params string[] roles) => NewMember(Gateway, roles);

    /// <inheritdoc cref="NewMember(string[])"/>
    public static async Task<string> NewMember(LiveGateway gateway, params string[] roles)
    {
        var proposed = (await gateway.Post("/v1/staff/members", new { name = "Somebody", roles }, Alpha)).Is(202);
        var approved = (await gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        return (await gateway.Post("/v1/staff/activations", new { fromProposer = proposed["activationHalf"], fromApprover = approved["activationHalf"] })).Is(201)["token"];
    }

    /// <summary>The whole audit.</summary>
    public async Task<(string Staff, string Action, string Target, string Outcome)[]> Audit()
    {
        var (entries, last) = (new List<(string, string, string, string)>(), "0");
        while ((await Gateway.Get($"/v1/staff/audit?after={last}&limit=500", Alpha)).Is(200).Json.EnumerateArray().ToArray() is { Length: > 0 } page)
        {
            entries.AddRange(page.Select(entry => (entry.GetProperty("staff").GetString()!, entry.GetProperty("action").GetString()!,
                entry.GetProperty("target").GetString()!, entry.GetProperty("outcome").GetString()!)));
            last = page[^1].GetProperty("number").GetRawText();
        }
        return [.. entries];
    }
}
