using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Identity;

/// <summary>A cluster with a scripted check, whose privacy agreement has the purpose of the check.</summary>
public class IdentityCluster : ClusterFixture
{
    private static int _born;

    public ScriptedCheck Check { get; } = new();

    public override IReadOnlyList<DocumentVersion> Texts { get; } =
        [.. TestTexts.First.Select(text => text.Kind == DocumentCatalog.PrivacyKind ? text with { Processing = [.. text.Processing, Purpose] } : text)];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IIdentityCheck>(Check);

    private static ProcessingPurpose Purpose => new()
    {
        Id = IdentityView.Purpose,
        Purpose = new() { ["en"] = "check", ["zh-CN"] = "核验" },
        DataKinds = ["certificate-number"],
        Retention = new() { ["en"] = "until the end", ["zh-CN"] = "至终止" },
        Necessary = false,
    };

    public DocumentReference Privacy => Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Reference;

    public static IAccountIdentity Actor(ClusterFixture cluster, Registrant person) => cluster.Grains.GetGrain<IAccountIdentity>(AccountKeys.Of(person.Account));

    public IAccountIdentity Actor(Registrant person) => Actor(this, person);

    /// <summary>Somebody with an account, who consented to the check unless told otherwise.</summary>
    public async Task<Registrant> Person(DateOnly? born = null, bool consents = true)
    {
        var person = NewPerson();
        if (born is { } date) person.BirthDate = date;
        await person.SignUp();
        if (consents) await Consent(person, given: true);
        return person;
    }

    public async Task Consent(Registrant person, bool given) => Granted(await person.AccountActor.Decide(person.Session, new ConsentDecision
    {
        Purpose = IdentityView.Purpose, Given = given, Document = Privacy, Language = "en", Channel = "api", Network = 1,
    }));

    /// <summary>A certificate nobody had before, of somebody born on a day.</summary>
    public static Certificate NewCard(DateOnly born)
    {
        var body = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"11{Interlocked.Increment(ref _born) % 10000:D4}{born:yyyyMMdd}{1 + _born / 10000:D3}");
        return new Certificate(CertificateKind.ResidentIdCard, body + CertificateParsing.CheckCharacter(body));
    }

    public static SubmitIdentity ByCard(Certificate card, string? operation = null, string fingerprint = "body", string name = "王小明", DateOnly? birth = null, string? service = null) => new()
    {
        Operation = operation ?? NewId(), Fingerprint = fingerprint, Method = IdentityMethod.Certificate, Certificate = card, Name = name, BirthDate = birth, Service = service,
    };

    public static SubmitIdentity ByNetworkId(string credential = "token", DateOnly? birth = null) => new()
    {
        Operation = NewId(), Fingerprint = "body", Method = IdentityMethod.NetworkId, Credential = credential, BirthDate = birth,
    };

    public async Task<IdentityView> Submit(Registrant person, SubmitIdentity submission) => Granted(await Actor(person).Submit(person.Session, submission));

    public async Task<IdentityView> View(Registrant person) => Granted(await Actor(person).View(person.Session));

    public string KeyOf(Certificate card) => new IdentifierDigest(Ring).AllOfDocument(card.Compared)[0];

    /// <summary>The row of an account as it is kept.</summary>
    public async Task<AccountState> Row(Registrant person)
    {
        var row = new KeptRow<AccountState>();
        await State.ReadStateAsync("account", GrainId.Create("account", AccountKeys.Of(person.Account)), row);
        return row.State;
    }
}

/// <summary>The same with two silos on PostgreSQL.</summary>
public sealed class IdentityOnPostgreSql : IdentityCluster
{
    protected override short Silos => 2;

    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
}
