using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Accounts;
using AiCloud.Facts;
using AiCloud.Live;
using AiCloud.Registration;
using AiCloud.Requests;
using AiCloud.Services;
using AiCloud.Staff;

namespace AiCloud.BadInput;

/// <summary>One request that has a body, valid as it stands; its members are read off the request type, so that a new one is tested from its first day.</summary>
public sealed record RequestKind(string Name, HttpMethod Method, Shape Shape)
{
    public static readonly RequestKind[] All =
    [
        new("start by phone", HttpMethod.Post, Shape.Of<StartRequest>()),
        new("start by email", HttpMethod.Post, Shape.Of<StartRequest>()),
        new("verification", HttpMethod.Post, Shape.Of<VerificationRequest>()),
        new("completion", HttpMethod.Post, Shape.Of<CompletionRequest>()),
        new("sign-in", HttpMethod.Post, Shape.Of<SignInRequest>()),
        new("account patch", HttpMethod.Patch, Shape.Of<AccountPatch>()),
        new("password change", HttpMethod.Post, Shape.Of<PasswordChangeRequest>()),
        new("entitlement", HttpMethod.Post, Shape.Of<EntitlementRequest>()),
        new("service", HttpMethod.Post, Shape.Of<NewServiceClientRequest>()),
        new("service token", HttpMethod.Post, Shape.Of<NewServiceTokenRequest>()),
        new("fact mark", HttpMethod.Post, Shape.Of<FactMarkRequest>()),
        new("objection", HttpMethod.Post, Shape.Of<ContestRequest>()),
        new("answer to an objection", HttpMethod.Post, Shape.Of<ContestAnswerRequest>()),
        new("fact proof", HttpMethod.Post, Shape.Of<FactProofRequest>()),
        new("fact proof answer", HttpMethod.Post, Shape.Of<FactProofAnswerRequest>()),
    ];

    /// <summary>Rows that a request of sound form may change although it is refused: a try is spent before anything is looked at, a completion is kept before it is hashed for.</summary>
    public string[] Spends => Name switch
    {
        "verification" or "completion" => ["registration"],
        "sign-in" => ["identifier"],
        "password change" => ["account"],
        _ => [],
    };

    /// <summary>Where the members are, nested ones included.</summary>
    public IEnumerable<string[]> Members => Below(Shape);

    /// <summary>A valid request of somebody new, as far as they need to have come.</summary>
    public async Task<(string Path, string? Token, JsonObject Body)> Prepare(LiveGateway gateway)
    {
        switch (Name)
        {
            case "start by phone" or "start by email":
                var starting = (Name.EndsWith("phone", StringComparison.Ordinal) ? Visitor.ByPhone(gateway) : Visitor.ByEmail(gateway)).StartBody.ToJson();
                (starting["campaign"], starting["ticket"], starting["service"]) = ("spring", "ticket", "documentation");
                return ("/v1/registrations", null, starting);
            case "verification":
                var answering = Visitor.ByEmail(gateway);
                await answering.Start();
                return ($"{answering.Path}/verification", answering.Token, new { code = Visitor.Not(await gateway.Code(answering.Contact)) }.ToJson());
            case "completion":
                var completing = await Visitor.ByPhone(gateway).Verified();
                var body = completing.CompletionBody().ToJson();
                (body["displayName"], body["password"]) = ("Wang", "short"); // valid in form, and leaves the attempt for the next value
                return ($"{completing.Path}/completion", completing.Token, body);
            case "sign-in":
                return ("/v1/sessions", null, new { identifier = Visitor.ByEmail(gateway).Contact, password = "not the password" }.ToJson());
            case "account patch":
                return ("/v1/account", await Visitor.ByEmail(gateway).Registered(), new { displayName = "Wang", locale = "en", birthDate = "1990-02-28" }.ToJson());
            case "entitlement":
                return ("/v1/services/object-storage/entitlements", await ServiceCaller.TokenFor(gateway, "object-storage"), new { account = Guid.CreateVersion7(), use = false, operation = "upload" }.ToJson());
            case "service":
                return ("/v1/staff/services", StaffGateway.Alpha, new { name = "A service", types = new[] { "no-such-type" } }.ToJson()); // valid in form, and leaves the list as it is
            case "service token":
                return ("/v1/staff/services/no-such-service/tokens", StaffGateway.Alpha, new { days = 1 }.ToJson());
            case "fact mark":
                return ($"/v1/staff/accounts/{Guid.CreateVersion7()}/facts/phone/marks", StaffGateway.Alpha, new { fault = "false", evidence = "case 1", days = 1 }.ToJson());
            case "answer to an objection":
                return ($"/v1/staff/accounts/{Guid.CreateVersion7()}/facts/marks/nothing/answer", StaffGateway.Alpha, new { accepted = true }.ToJson());
            case "objection":
                return ("/v1/account/fact-marks/nothing/contest", await Visitor.ByEmail(gateway).Registered(), new { words = "It is mine." }.ToJson());
            case "fact proof":
                return ("/v1/account/fact-marks/proofs", await Visitor.ByEmail(gateway).Registered(), new { contact = "nothing" }.ToJson());
            case "fact proof answer":
                return ("/v1/account/fact-marks/proofs/AAECAwQFBgcICQoLDA0ODw", await Visitor.ByEmail(gateway).Registered(), new { code = "123456" }.ToJson());
            default:
                return ("/v1/account/password", await Visitor.ByEmail(gateway).Registered(), new { currentPassword = "not the password", newPassword = "short", endOtherSessions = true }.ToJson());
        }
    }

    /// <summary>The request with the member at a place replaced by raw JSON, or left out.</summary>
    public static string With(JsonObject body, string[] at, string? raw)
    {
        const string Place = "@here@";
        JsonNode changed = body.DeepClone(), parent = changed;
        foreach (var step in at[..^1]) parent = int.TryParse(step, out var index) ? parent[index]! : parent[step] ?? (parent[step] = new JsonObject());
        if (raw is null && parent is JsonArray list) list.RemoveAt(0);
        else if (raw is null) parent.AsObject().Remove(at[^1]);
        else if (int.TryParse(at[^1], out var item)) parent[item] = Place;
        else parent[at[^1]] = Place;
        return changed.ToJsonString(LiveGateway.Web).Replace(JsonSerializer.Serialize(Place), raw, StringComparison.Ordinal);
    }

    public override string ToString() => Name;

    private static IEnumerable<string[]> Below(Shape shape) => shape switch
    {
        Shape.Members members => members.ByName.Values.SelectMany(member => Below(member.Shape).Select(below => (string[])[member.Name, .. below]).Prepend([member.Name])),
        Shape.Items items => Below(items.Item).Select(below => (string[])["0", .. below]).Prepend(["0"]),
        _ => [],
    };
}

/// <summary>What people, programs and attackers put where something else belongs. The mark finds a value again in logs.</summary>
public static class BadValues
{
    public const string Mark = "zq7x";

    public static readonly (string Name, string? Json)[] All =
    [
        ("missing", null), ("null", "null"), ("a number", "1"), ("too big a number", "1e999"), ("true", "true"), ("an object", $$"""{"{{Mark}}":1}"""), ("a list", $"[\"{Mark}\"]"), ("nested lists", "[[[[[[[[1]]]]]]]]"),
        ("empty", "\"\""), ("blank", "\"   \""), ("too long", $"\"{Mark}{new string('a', 6000)}\""), ("a long emoji", $"\"{string.Concat(Enumerable.Repeat("🙂", 400))}\""),
        ("NUL", $"\"{Mark}\\u0000\""), ("terminal escape", $"\"{Mark}\\u001b[2J\""), ("log injection", $"\"{Mark}\\r\\nfail: forged[0]\""), ("line separator", $"\"{Mark}\\u2028\""),
        ("high surrogate", $"\"{Mark}\\ud83d\""), ("low surrogate", $"\"\\ude00{Mark}\""), ("swapped surrogates", "\"\\ude00\\ud83d\""), ("not a character", $"\"{Mark}\\uffff\""),
        ("full width", "\"ｚｑ７ｘ＠ｅｘａｍｐｌｅ．ｃｏｍ\""), ("right to left", $"\"{Mark}\\u202Emoc.live\\u202C\""), ("emoji", $"\"{Mark}👩‍👩‍👧‍👦\""), ("combining", $"\"{Mark}{new string('\u0301', 30)}\""), ("Turkish i", "\"İıi̇@example.com\""),
        ("SQL", $"\"{Mark}'; DROP TABLE state; --\""), ("HTML", $"\"<script>{Mark}</script>\""), ("format", $"\"{Mark}{{0}}%s%n${{jndi:ldap://example.com}}\""), ("path", $"\"../../{Mark}/etc/passwd\""), ("mail header", $"\"{Mark}@example.com\\nBcc: all@example.com\""),
    ];
}
