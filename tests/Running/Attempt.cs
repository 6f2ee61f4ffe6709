using System.Text.Json.Nodes;

namespace AiCloud.Running;

/// <summary>One person's try to register a contact, with keys and a password of its own.</summary>
internal sealed class Attempt(Api api, string contact, string? password = null)
{
    private static int _numbers;

    private readonly string _startKey = NewKey(), _verifyKey = NewKey(), _completeKey = NewKey();
    private JsonNode? _started;

    public string Contact => contact;
    public string Password { get; } = password ?? $"Pass-{Guid.NewGuid():N}";
    public string Id => _started!["id"]!.GetValue<string>();
    public string Token => _started!["token"]!.GetValue<string>();
    public string? BirthDate { get; init; }
    public string? DisplayName { get; init; }

    public static string NewEmail() => $"person-{Guid.NewGuid():N}@example.com";

    public static string NewPhone() => $"+86138{(Environment.ProcessId % 1000):D3}{Interlocked.Increment(ref _numbers):D5}";

    public static string NewKey() => Guid.NewGuid().ToString();

    public async Task<Reply> Start()
    {
        var reply = await Final(() => StartOnce());
        Assert.True(reply.Status == 201, reply.ToString());
        _started = reply.Body;
        return reply;
    }

    /// <summary>Goes on from what <see cref="StartOnce"/> was answered.</summary>
    public void Begin(Reply started) => _started = started.Body;

    /// <summary>The documents that a completion accepts.</summary>
    public IEnumerable<(string Kind, string Version)> Documents =>
        _started!["documents"]!.AsArray().Select(document => (document!["kind"]!.GetValue<string>(), document["version"]!.GetValue<string>()));

    public async Task<Reply> StartOnce()
    {
        var documents = await Final(() => api.Send(HttpMethod.Get, "/v1/documents"));
        var privacy = documents.Body!.AsArray().Single(document => document!["kind"]!.GetValue<string>() == "privacy-agreement")!["inForce"]!;
        var consent = new { version = privacy["version"]!.GetValue<string>(), sha256 = privacy["sha256"]!.GetValue<string>() };
        return await api.Send(HttpMethod.Post, "/v1/registrations",
            contact.Contains('@', StringComparison.Ordinal)
                ? new { method = "email", email = contact, locale = "en", privacyConsent = consent }
                : new { method = "phone", phone = contact, locale = "en", privacyConsent = consent }, key: _startKey);
    }

    /// <summary>The newest code that the contact received, once there are so many.</summary>
    public async Task<string> Code(int messages = 1)
    {
        var outbox = await Api.Until(() => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(contact)}"),
            reply => reply.Status == 200 && reply.Body!.AsArray().Count >= messages, "a message");
        return outbox.Body!.AsArray()[0]!["code"]!.GetValue<string>();
    }

    public Task<Reply> VerifyOnce(string code, string? key = null) =>
        api.Send(HttpMethod.Post, $"/v1/registrations/{Id}/verification", new { code }, Token, key ?? _verifyKey);

    public async Task Verify(int messages = 1)
    {
        var code = await Code(messages);
        var reply = await Final(() => VerifyOnce(code));
        Assert.True(reply is { Status: 200 } && reply.Text("state") == "verified", reply.ToString());
    }

    public Task<Reply> CompleteOnce(string? key = null) => api.Send(HttpMethod.Post, $"/v1/registrations/{Id}/completion", new
    {
        password = Password,
        birthDate = BirthDate ?? "1990-01-31",
        displayName = DisplayName,
        declarations = new { information = true, eligibility = true, capacity = true },
        acceptances = _started!["documents"]!.AsArray().Select(document => new
        {
            kind = document!["kind"]!.GetValue<string>(),
            version = document["version"]!.GetValue<string>(),
            sha256 = document["sha256"]!.GetValue<string>(),
        }).ToArray(),
    }, Token, key ?? _completeKey);

    /// <summary>Completes as a well-made client does: the same key until there is an answer.</summary>
    public Task<Reply> Complete() => Final(() => CompleteOnce());

    public Task<Reply> SignIn() => Final(SignInOnce);

    public Task<Reply> SignInOnce() => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = contact, password = Password }, key: NewKey());

    /// <summary>Registers from start to end.</summary>
    public async Task<Reply> Register()
    {
        await Start();
        await Verify();
        var reply = await Complete();
        Assert.True(reply.Status == 201, reply.ToString());
        return reply;
    }

    public static string AccountOf(Reply reply) => reply.Body!["account"]!["id"]!.GetValue<string>();

    // Who asks again at once spends tries that others need: a sign-in without an answer counts as one.
    private static Task<Reply> Final(Func<Task<Reply>> ask) => Api.Until(async () =>
    {
        var reply = await ask();
        if (reply is { Status: 503, Code: "unavailable" }) await Task.Delay(TimeSpan.FromMilliseconds(500));
        return reply;
    }, Api.IsFinal, "an answer");
}
