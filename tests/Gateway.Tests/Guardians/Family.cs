using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiCloud.Identity;
using AiCloud.Live;

namespace AiCloud.Guardians;

/// <summary>Somebody of 17 and their guardian, over HTTP.</summary>
internal sealed partial class Family(LiveGateway gateway)
{
    private static int count;

    // Read once: the gateway's clock moves on, past midnight too, and a birth date is stated once.
    private readonly DateOnly today = Registration.Age.ShanghaiDay(gateway.Clock.GetUtcNow());

    public Visitor Minor { get; } = Visitor.ByEmail(gateway);

    public string Phone { get; } = string.Create(CultureInfo.InvariantCulture, $"+8613{700000000 + Interlocked.Increment(ref count):000000000}");

    /// <summary>The guardian's token, read out of the message.</summary>
    public string Token { get; private set; } = "";

    public string Id => Token.Split('.')[2];

    public string Path => $"/v1/guardian-invitations/{Id}";

    public object Contact => new { method = "phone", phone = Phone };

    public string BirthDate(int years = 17) => today.AddYears(-years).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public const string Name = "测试通过王建国";

    /// <summary>The guardian's document, as the development check takes it.</summary>
    public object Document(string? number = null, string name = Name, string kind = "resident_id_card", string? birthDate = null, string? issuer = null) =>
        new { consent = Privacy, method = "certificate", kind, number = number ?? TestPersons.NewCard(), name, birthDate, issuer };

    private object Privacy => gateway.InForce("privacy-agreement") is var reference ? new { reference.Kind, reference.Version, reference.Sha256 } : null!;

    public object Word => new
    {
        name = Name, relationship = "father", declarations = new { adult = true, responsibility = true },
        acceptances = new[] { gateway.InForce("registration-agreement"), gateway.InForce("privacy-agreement") }.Select(reference => new { reference.Kind, reference.Version, reference.Sha256 }).ToArray(),
    };

    /// <summary>The contact is proven and the birth date stated.</summary>
    public async Task<Family> Needing()
    {
        await Minor.Verified();
        await (await Minor.Complete(Minor.CompletionBody(BirthDate()))).Problem(403, "guardian_required");
        return this;
    }

    /// <summary>The guardian has read the message.</summary>
    public async Task<Family> Invited()
    {
        await Needing();
        (await gateway.Post($"{Minor.Path}/guardian", Contact, Minor.Token)).Is(202);
        return await Reads();
    }

    public async Task<Family> Reads()
    {
        Token = await gateway.Outbox.Wait(Phone, sent => sent.Select(message => Link().Match(message.Text)).FirstOrDefault(match => match.Success)?.Groups[1].Value);
        return this;
    }

    /// <summary>A code was sent; answers its challenge and the code.</summary>
    public async Task<(string Challenge, string Code)> Asked()
    {
        gateway.Clock.Advance(TimeSpan.FromSeconds(61)); // the invitation itself was a message of the last minute
        var challenge = (await gateway.Post($"{Path}/code", new { }, Token)).Is(202)["id"];
        return (challenge, await gateway.NextCode(Phone));
    }

    public async Task<Family> Proven()
    {
        await Invited();
        var (challenge, code) = await Asked();
        (await gateway.Post($"{Path}/verification", new { challenge, code }, Token)).Is(200);
        return this;
    }

    public async Task<Family> Identified()
    {
        await Proven();
        Assert.Equal("verified", (await gateway.Post($"{Path}/identity", Document(), Token)).Is(200).Json.GetProperty("identity").GetProperty("state").GetString());
        return this;
    }

    public async Task<Family> Agreed()
    {
        await Identified();
        (await gateway.Post($"{Path}/acceptance", Word, Token)).Is(200);
        return this;
    }

    /// <summary>The whole way; answers the minor's session.</summary>
    public async Task<string> Registered()
    {
        await Agreed();
        return (await Minor.Complete(Minor.CompletionBody(BirthDate()))).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
    }

    public async Task<(string Challenge, string Code)> AskedToSignIn()
    {
        gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        var challenge = (await gateway.Post("/v1/guardian/codes", Contact)).Is(202)["id"];
        return (challenge, await gateway.NextCode(Phone));
    }

    /// <summary>The guardian's session.</summary>
    public async Task<string> SignedIn()
    {
        var (challenge, code) = await AskedToSignIn();
        return (await gateway.Post("/v1/guardian/sessions", new { challenge, code })).Is(201)["token"];
    }

    /// <summary>The whole way, and the guardian signed in; answers the minor's account and the guardian's session.</summary>
    public async Task<(string Account, string Guardian)> Standing()
    {
        await Registered();
        var guardian = await SignedIn();
        return (First(await gateway.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString()!, guardian);
    }

    [GeneratedRegex("token=([A-Za-z0-9_.~-]+)")]
    private static partial Regex Link();

    public static JsonElement First(Reply list) => list.Is(200).Json.EnumerateArray().Single();
}
