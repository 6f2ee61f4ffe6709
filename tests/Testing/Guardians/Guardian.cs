using System.Globalization;
using System.Text.RegularExpressions;
using AiCloud.Challenges;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Protection;
using AiCloud.Registration;

namespace AiCloud.Guardians;

/// <summary>Somebody who is invited as guardian, with a phone of their own, and says to the actors what a gateway would.</summary>
public sealed partial class Guardian
{
    private static int _born, _cards;
    private readonly ClusterFixture _cluster;

    public Guardian(ClusterFixture cluster, Identifier? contact = null)
    {
        _cluster = cluster;
        var identifier = contact ?? new Identifier(IdentifierKind.Phone, $"+861390{Interlocked.Increment(ref _born):0000000}");
        Contact = new GuardianContact { Contact = identifier, IdentifierKey = new IdentifierDigest(cluster.Ring).Of(identifier) };
    }

    public GuardianContact Contact { get; }
    public Token Token { get; private set; } = null!;
    public GuardianProof Session { get; private set; } = null!;
    public IGuardianInvitationGrain Invitation => _cluster.Grains.GetGrain<IGuardianInvitationGrain>(Token.Id);
    public IGuardianContactGrain ContactActor => _cluster.Grains.GetGrain<IGuardianContactGrain>(Contact.IdentifierKey);

    public InviteByMinor InvitedBy(Registrant minor, string? operation = null, string fingerprint = "invite") => new()
    {
        Proof = minor.Proof,
        Operation = operation ?? Registrant.NewId(),
        Fingerprint = fingerprint,
        To = Contact,
        Network = minor.Network,
        PageAddress = "https://accounts.example.com",
    };

    /// <summary>Messages without a code to this contact, oldest first.</summary>
    public string[] Messages => [.. _cluster.Delivery.Notices.Where(notice => notice.IdentifierKey == Contact.IdentifierKey).Select(notice => notice.Text)];

    /// <summary>Reads the token out of the newest invitation, which is the only place it is in.</summary>
    public Guardian Reads()
    {
        var text = Messages.Last(message => message.Contains("token=", StringComparison.Ordinal));
        Assert.True(new Tokens(_cluster.Ring).TryRead(Link().Match(text).Groups[1].Value, Tokens.GuardianInvitation, out var token), text);
        Token = token!;
        return this;
    }

    /// <summary>Proves the contact by a code that was sent to it.</summary>
    public async Task<Guardian> Proves(GuardianContact? named = null)
    {
        var contact = Registrant.Granted(await Invitation.Contact(Token.SecretDigest, named));
        Registrant.Granted(await Invitation.Proven(Token.SecretDigest, await Code(contact, GuardianSubjects.Invitation(Token.Id))));
        return this;
    }

    public AcceptResponsibility Word(string? operation = null, string fingerprint = "accept") => new()
    {
        Proof = Token.SecretDigest,
        Operation = operation ?? Registrant.NewId(),
        Fingerprint = fingerprint,
        Name = "Wang Jianguo",
        Relationship = GuardianRelationship.Father,
        DeclaresAdult = true,
        DeclaresResponsibility = true,
        Acceptances = [.. _cluster.Texts.Where(text => text.Required).Select(text => text.Reference)],
        Language = "en",
        Channel = "web",
        Network = 77,
    };

    /// <summary>A certificate nobody had before, of somebody born on a day.</summary>
    public static Certificate Card(DateOnly born)
    {
        var number = Interlocked.Increment(ref _cards);
        var body = string.Create(CultureInfo.InvariantCulture, $"12{number % 10000:D4}{born:yyyyMMdd}{1 + number / 10000:D3}");
        return new Certificate(CertificateKind.ResidentIdCard, body + CertificateParsing.CheckCharacter(body));
    }

    public DateOnly Born(int years) => Age.ShanghaiDay(_cluster.Now).AddYears(-years);

    public SubmitGuardianIdentity Document(Certificate? card = null, DateOnly? birth = null, string? operation = null, string fingerprint = "identity") => new()
    {
        Proof = Token.SecretDigest,
        Submission = new SubmitIdentity
        {
            Operation = operation ?? Registrant.NewId(), Fingerprint = fingerprint, Method = IdentityMethod.Certificate, Certificate = card ?? Card(Born(40)), Name = "Wang Jianguo", BirthDate = birth,
        },
        Consent = _cluster.Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Reference,
        Language = "en",
        Channel = "web",
        Network = 77,
    };

    /// <summary>Passes the identity check, where one is asked for.</summary>
    public async Task<Guardian> Identifies()
    {
        if (Registrant.Granted(await Invitation.View(Token.SecretDigest)).Identity is null) return this;
        Assert.Equal(IdentityState.Verified, Registrant.Granted(await Invitation.SubmitIdentity(Document())).Identity!.State);
        return this;
    }

    public DeclineInvitation No(bool unknown = false, string? operation = null) =>
        new() { Proof = Token.SecretDigest, Unknown = unknown, Operation = operation ?? Registrant.NewId(), Fingerprint = unknown ? "unknown" : "no" };

    /// <summary>From the message to the word.</summary>
    public async Task<Guardian> Agrees()
    {
        await (await Reads().Proves()).Identifies();
        Registrant.Granted(await Invitation.Accept(Word()));
        return this;
    }

    /// <summary>Signs in by a code.</summary>
    public async Task<Guardian> SignsIn()
    {
        var id = NewChallenge();
        var session = Registrant.NewSession(Registrant.NewId());
        Registrant.Granted(await ContactActor.OpenSession(new NewGuardianSession { Proven = await Code(Contact, GuardianSubjects.SignIn(id), id), Id = session.Id, SecretDigest = session.SecretDigest }));
        Session = new GuardianProof { IdentifierKey = Contact.IdentifierKey, Session = session.Id, SecretDigest = session.SecretDigest };
        return this;
    }

    /// <summary>A code asked for, read and answered.</summary>
    public async Task<ChallengeProven> Code(GuardianContact contact, string subject, string? id = null)
    {
        var challenge = _cluster.Grains.GetGrain<IChallengeGrain>(id ?? NewChallenge());
        Registrant.Granted(await challenge.Start(new StartChallenge
        {
            Purpose = ChallengePurpose.Guardian, Subject = subject, Contact = contact.Contact, IdentifierKey = contact.IdentifierKey, Locale = "en", Network = 5, Fingerprint = "code",
        }));
        // Another message of the last minute puts this one off.
        var next = _cluster.Delivery.Next(contact.IdentifierKey);
        if (!next.IsCompleted) _cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        return Registrant.Granted(await challenge.Answer(new AnswerChallenge
        {
            Subject = subject, Purpose = ChallengePurpose.Guardian, Operation = Registrant.NewId(), Code = (await next).Code, Network = 5,
        }));
    }

    private static string NewChallenge() => DerivedIds.New(new CryptographicRandomness());

    [GeneratedRegex("token=([A-Za-z0-9_.~-]+)")]
    private static partial Regex Link();
}

/// <summary>People of 16 or 17, and how they come to an account.</summary>
public static class Minors
{
    /// <summary>Somebody of 17 whose contact is proven and whose birth date is stated, so that a guardian is needed.</summary>
    public static async Task<Registrant> NewMinor(this ClusterFixture cluster, int days = 0)
    {
        var minor = await cluster.NewPerson().Prove();
        minor.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-17).AddDays(days);
        Registrant.Refused(RefusalCode.GuardianRequired, await minor.Complete());
        return minor;
    }

    public static IGuardedRegistrationGrain Guarded(this ClusterFixture cluster, Registrant minor) => cluster.Grains.GetGrain<IGuardedRegistrationGrain>(minor.Id);

    public static IGuardedAccountGrain GuardedAccount(this ClusterFixture cluster, Registrant minor) =>
        cluster.Grains.GetGrain<IGuardedAccountGrain>(Accounts.AccountKeys.Of(minor.Account));

    /// <summary>Signs the minor in anew, as recently as can be.</summary>
    public static async Task<Accounts.SessionProof> SignInAnew(this Registrant minor)
    {
        var session = Registrant.NewId();
        Registrant.Granted(await minor.AccountActor.SignIn(new Accounts.SignIn
        {
            Operation = Registrant.NewId(), Session = Registrant.NewSession(session), MatchedHash = minor.PasswordHash, IdentifierKey = minor.IdentifierKey,
        }));
        return Registrant.ProofOf(session);
    }

    /// <summary>The minor calls the guardian lost, and the time that the guardian has to object passes.</summary>
    public static async Task<Accounts.SessionProof> Lose(this ClusterFixture cluster, Registrant minor)
    {
        Registrant.Granted(await cluster.GuardedAccount(minor).ReportLoss(await minor.SignInAnew()));
        cluster.Clock.Advance(TimeSpan.FromHours(72));
        return await minor.SignInAnew();
    }

    /// <summary>The whole way: invited, agreed, completed.</summary>
    public static async Task<(Registrant Minor, Guardian Guardian)> SignUpMinor(this ClusterFixture cluster, Guardian? guardian = null, int days = 0)
    {
        var minor = await cluster.NewMinor(days);
        guardian ??= new Guardian(cluster);
        Registrant.Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        await guardian.Agrees();
        Registrant.Granted(await minor.Complete());
        return (minor, guardian);
    }
}
