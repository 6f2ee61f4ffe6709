using System.Security.Cryptography;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Registration;

/// <summary>
/// Somebody registering, who says to the actors what a gateway would. Every call mints an operation of its own unless it is given one,
/// so that a repeat is a call with the same operation.
/// </summary>
public sealed class Registrant
{
    private static int _born;
    private readonly ClusterFixture _cluster;

    public Registrant(ClusterFixture cluster, Identifier? contact = null, long? network = null)
    {
        _cluster = cluster;
        var number = Interlocked.Increment(ref _born);
        Contact = contact ?? new Identifier(IdentifierKind.Email, $"person{number}@example.com");
        Network = network ?? 1_000_000 + number;
        IdentifierKey = new IdentifierDigest(cluster.Ring).Of(Contact);
    }

    public Identifier Contact { get; }
    public string IdentifierKey { get; }
    public long Network { get; set; }
    public string Id { get; private set; } = NewId();
    public byte[] Proof { get; set; } = RandomNumberGenerator.GetBytes(32);
    public DateOnly BirthDate { get; set; } = new(1990, 5, 17);
    public DocumentReference[]? Accepts { get; set; }
    public string PasswordHash { get; set; } = "$argon2id$of-a-password";
    public Guid Account { get; private set; }
    public SessionProof Session { get; private set; } = null!;

    public IRegistrationGrain Registration => _cluster.Grains.GetGrain<IRegistrationGrain>(Id);
    public IIdentifierGrain Identifier => _cluster.Grains.GetGrain<IIdentifierGrain>(IdentifierKey);
    public IAccountGrain AccountActor => _cluster.Grains.GetGrain<IAccountGrain>(AccountKeys.Of(Account));

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Task<Outcome<RegistrationView>> Start(string fingerprint = "start", DocumentReference? consent = null, bool minted = false, bool keyed = false)
    {
        var request = new StartRegistration
        {
            Contact = Contact,
            IdentifierKey = IdentifierKey,
            PrivacyConsent = consent ?? _cluster.Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Reference,
            Locale = "en",
            Network = Network,
            Proof = Proof,
            Fingerprint = fingerprint,
            Channel = "api",
            Keyed = keyed,
        };
        if (!minted) return Registration.Start(request);
        Minted.Mark(Id);
        try { return Registration.Start(request); }
        finally { Minted.Clear(); }
    }

    /// <summary>Another attempt with the same contact.</summary>
    public void BeginAnew() => Id = NewId();

    public Task<Outcome<RegistrationView>> View() => Registration.View(Proof);
    public Task<Outcome<RegistrationView>> Resend(string? operation = null) =>
        Registration.Resend(new ResendCode { Proof = Proof, Operation = operation ?? NewId(), Network = Network });
    public Task<Outcome<RegistrationView>> Verify(string code, string? operation = null) =>
        Registration.Verify(new VerifyCode { Proof = Proof, Operation = operation ?? NewId(), Code = code });

    public async Task<string> Code() => (await _cluster.Delivery.Next(IdentifierKey)).Code;

    /// <summary>A code that is not the right one.</summary>
    public static string Wrong(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    /// <summary>Starts, reads the code and answers it.</summary>
    public async Task<Registrant> Prove()
    {
        Granted(await Start());
        Granted(await Verify(await Code()));
        return this;
    }

    public CompleteRegistration Completion(string? operation = null, string fingerprint = "complete", string? attempt = null) => new()
    {
        Proof = Proof,
        Operation = operation ?? NewId(),
        Attempt = attempt ?? NewId(),
        Fingerprint = fingerprint,
        BirthDate = BirthDate,
        DeclaresInformation = true,
        DeclaresEligibility = true,
        DeclaresCapacity = true,
        Acceptances = Accepts ?? [.. _cluster.Texts.Where(text => text.Required).Select(text => text.Reference)],
        DisplayName = "Somebody",
        Language = "en",
        Channel = "api",
        Network = Network,
    };

    public NewCredential Credential(string? session = null, bool hashed = true) => new()
    {
        PasswordHash = hashed ? PasswordHash : null,
        Session = NewSession(session ?? NewId()),
    };

    public static NewSession NewSession(string id) => new() { Id = id, SecretDigest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)), Client = "Test on Linux", Methods = ["pwd", "otp"] };
    public static SessionProof ProofOf(string session) => new() { Session = session, SecretDigest = NewSession(session).SecretDigest };

    /// <summary>Prepares and commits as the gateway does.</summary>
    public async Task<Outcome<RegistrationCompleted>> Complete(string? operation = null, string fingerprint = "complete")
    {
        var request = Completion(operation, fingerprint);
        var prepared = await Registration.Prepare(request);
        if (prepared.Refusal is { } refusal) return refusal;
        Account = prepared.Value!.Account;
        var credential = Credential(hashed: !prepared.Value.AlreadyDone);
        if (prepared.Value.AlreadyDone)
        {
            credential = credential with { MatchedHash = (await AccountActor.Credential()).PasswordHash };
            if (credential.MatchedHash != PasswordHash) return RefusalCode.IdempotencyKeyReused;
        }
        var committed = await Registration.Commit(request, credential);
        if (committed.Value is not null) Session = ProofOf(credential.Session.Id);
        return committed;
    }

    /// <summary>Learns which account a completion would open, and gives that completion up.</summary>
    public async Task<Guid> Learn()
    {
        var request = Completion();
        Account = Granted(await Registration.Prepare(request)).Account;
        await Registration.Unprepare(request.Attempt);
        return Account;
    }

    /// <summary>The whole way.</summary>
    public async Task<Registrant> SignUp()
    {
        await Prove();
        Granted(await Complete());
        return this;
    }

    public static T Granted<T>(Outcome<T> outcome) where T : class
    {
        Assert.True(outcome.Refusal is null, $"refused: {outcome.Refusal?.Code}");
        return outcome.Value!;
    }

    public static Refusal Refused<T>(RefusalCode code, Outcome<T> outcome) where T : class
    {
        Assert.Equal(code, outcome.Refusal?.Code);
        return outcome.Refusal!;
    }
}
