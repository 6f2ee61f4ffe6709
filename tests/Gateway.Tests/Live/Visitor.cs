using System.Globalization;
using System.Text.Json;

namespace AiCloud.Live;

/// <summary>Somebody who registers over HTTP, as a well-behaved client would.</summary>
public sealed class Visitor
{
    private static int count;
    private readonly LiveGateway gateway;

    private Visitor(LiveGateway gateway, string method, string contact) => (this.gateway, Method, Contact) = (gateway, method, contact);

    public string Method { get; }

    public string Contact { get; }

    public string Password { get; init; } = "correct horse battery";

    public string Id { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string Path => $"/v1/registrations/{Id}";

    public static Visitor ByPhone(LiveGateway gateway) =>
        new(gateway, "phone", string.Create(CultureInfo.InvariantCulture, $"+8613{800000000 + Interlocked.Increment(ref count):000000000}"));

    public static Visitor ByEmail(LiveGateway gateway) =>
        new(gateway, "email", string.Create(CultureInfo.InvariantCulture, $"wang.{Interlocked.Increment(ref count)}@example.com"));

    public static Visitor By(LiveGateway gateway, string method) => method == "phone" ? ByPhone(gateway) : ByEmail(gateway);

    /// <summary>The same person in another spelling of the contact.</summary>
    public Visitor Spelt(string contact) => new(gateway, Method, contact);

    public object StartBody => Method == "phone"
        ? new { method = "phone", phone = Contact, privacyConsent = gateway.PrivacyConsent, locale = "en" }
        : (object)new { method = "email", email = Contact, privacyConsent = gateway.PrivacyConsent, locale = "en" };

    public object CompletionBody(string birthDate = "1990-02-28") => new
    {
        password = Password,
        birthDate,
        declarations = new { information = true, eligibility = true, capacity = true },
        acceptances = new[] { gateway.InForce("registration-agreement"), gateway.InForce("privacy-agreement") }
            .Select(reference => new { reference.Kind, reference.Version, reference.Sha256 }).ToArray(),
    };

    public async Task<Reply> Start(params (string Name, string Value)[] headers)
    {
        var reply = await gateway.Post("/v1/registrations", StartBody, null, headers);
        if (reply.Status == 201) (Id, Token) = (reply["id"], reply.Json.TryGetProperty("token", out var token) ? token.GetString()! : Token);
        return reply;
    }

    public Task<Reply> Answer(string code, params (string Name, string Value)[] headers) => gateway.Post($"{Path}/verification", new { code }, Token, headers);

    public Task<Reply> Complete(object? body = null, params (string Name, string Value)[] headers) =>
        gateway.Post($"{Path}/completion", body ?? CompletionBody(), Token, headers);

    /// <summary>Starts and proves the contact.</summary>
    public async Task<Visitor> Verified()
    {
        (await Start()).Is(201);
        Assert.Equal("verified", (await Answer(await gateway.Code(Contact))).Is(200)["state"]);
        return this;
    }

    /// <summary>Registers, and hands over the session's token.</summary>
    public async Task<string> Registered()
    {
        await Verified();
        return (await Complete()).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
    }

    public Task<Reply> SignIn(string? password = null, string? identifier = null, params (string Name, string Value)[] headers) =>
        gateway.Post("/v1/sessions", new { identifier = identifier ?? Contact, password = password ?? Password }, null, headers);

    /// <summary>A code that is not <paramref name="code"/>.</summary>
    public static string Not(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    /// <summary>An Idempotency-Key nobody else has.</summary>
    public static (string Name, string Value) Key(string? value = null) => ("Idempotency-Key", value ?? Guid.NewGuid().ToString());

    /// <summary>Replaces what differs between any two attempts: ids, tokens and instants.</summary>
    public static string Masked(string json) => System.Text.RegularExpressions.Regex.Replace(
        json, "\"(id|token|codeExpiresAt|sendsAt|resendAllowedAt|expiresAt)\":\"[^\"]*\"", "\"$1\":\"\"");
}
