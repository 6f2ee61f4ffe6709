using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Facts;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Objections;
using AiCloud.PasswordResets;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Contacts;

/// <summary>A cluster in which a test can stand between any two steps of a change of contacts.</summary>
public class ContactsFixture : ClusterFixture
{
    public ContactStepsUnderTest ContactSteps { get; } = new();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IContactSteps>(ContactSteps);

    /// <summary>Somebody with an account.</summary>
    public async Task<Owner> NewOwner(Identifier? contact = null)
    {
        var owner = new Owner(this, await NewPerson(contact).SignUp());
        Clock.Advance(TimeSpan.FromMinutes(1)); // what happens from now on came after
        return owner;
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class ContactsOnPostgreSql : ContactsFixture
{
    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;
}

/// <summary>The same with an authority on numbers whose answers a test decides, and switches that it throws.</summary>
public sealed class NumbersFixture : ContactsFixture
{
    private static int _numbers;
    private int _revision;

    public NotMineTests.Authority Numbers { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddSingleton<IRecycledNumberCheck>(Numbers);
    }

    /// <summary>A mobile number nobody had before.</summary>
    public static Identifier NewNumber() =>
        new(IdentifierKind.Phone, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+86137{Interlocked.Increment(ref _numbers):D8}"));

    /// <summary>Switches thrown from now on, for a day; none takes all back.</summary>
    public void Throw(params string[] switches) => Cluster.GetSiloServiceProvider().GetRequiredService<SwitchBoard>().Take(
        new PublishedSwitches { Revision = $"{++_revision}", Ends = switches.ToDictionary(name => name, _ => Now.AddDays(1)) });
}

/// <summary>Lets a test crash between any two steps.</summary>
public sealed class ContactStepsUnderTest : IContactSteps
{
    public Func<ContactStep, ValueTask>? At { get; set; }

    ValueTask IContactSteps.Reached(ContactStep step) => At?.Invoke(step) ?? ValueTask.CompletedTask;
}

/// <summary>Somebody who changes the contacts of their account, as a gateway would for them.</summary>
public sealed class Owner(ContactsFixture cluster, Registrant person)
{
    private static int _born;

    public Registrant Person => person;
    public string Key => AccountKeys.Of(person.Account);
    public IAccountContacts Contacts => cluster.Grains.GetGrain<IAccountContacts>(Key);
    public IAccountObjections Objections => cluster.Grains.GetGrain<IAccountObjections>(Key);

    public static Identifier NewContact() => new(IdentifierKind.Email, $"further{Interlocked.Increment(ref _born)}@example.com");

    public string KeyOf(Identifier contact) => new IdentifierDigest(cluster.Ring).Of(contact);

    public IIdentifierGrain Identifier(Identifier contact) => cluster.Grains.GetGrain<IIdentifierGrain>(KeyOf(contact));

    public async Task<ContactView[]> List() => Granted(await person.AccountActor.View(person.Session)).Contacts;

    public async Task<string[]> Keys() => [.. (await State()).Contacts.Select(contact => contact.IdentifierKey)];

    /// <summary>What is stored, read past the actor.</summary>
    public async Task<AccountState> State()
    {
        var row = new KeptRow<AccountState>();
        await cluster.State.ReadStateAsync("account", Orleans.Runtime.GrainId.Create("account", Key), row);
        return row.State;
    }

    /// <summary>Asks for a contact and has its code sent: answers the authorisation.</summary>
    public async Task<ChallengeProven> Proven(Identifier contact, string? replaces = null)
    {
        var challenge = NewId();
        Granted(await Contacts.BeginContact(person.Session, new BeginContact { Challenge = challenge, IdentifierKey = KeyOf(contact), Replaces = replaces }));
        var actor = cluster.Grains.GetGrain<IChallengeGrain>(challenge);
        var subject = $"{Key}~{person.Session.Session}";
        Granted(await actor.Start(new StartChallenge
        {
            Purpose = ChallengePurpose.NewContact, Subject = subject, Contact = contact, IdentifierKey = KeyOf(contact), Locale = "en", Network = person.Network, Fingerprint = "f",
        }));
        return Granted(await actor.Answer(new AnswerChallenge
        {
            Subject = subject, Purpose = ChallengePurpose.NewContact, Operation = NewId(), Code = (await cluster.Delivery.Next(KeyOf(contact))).Code, Network = person.Network,
        }));
    }

    public Task<Outcome<AccountView>> Add(ChallengeProven proven) => Contacts.AddContact(person.Session, proven, Call());

    public async Task<Identifier> Add(string? replaces = null)
    {
        var contact = NewContact();
        Granted(await Add(await Proven(contact, replaces)));
        return contact;
    }

    public Task<Outcome<AccountView>> Remove(string id, string? operation = null) => Contacts.RemoveContact(person.Session, id, Call(operation));

    public static SiteCall Call(string? operation = null) => new() { Operation = operation ?? NewId(), Site = "https://accounts.example.com" };

    /// <summary>Answers a code to a contact that the account has already (C2.1g).</summary>
    public async Task ProveAnew(Identifier contact) =>
        Granted(await cluster.Grains.GetGrain<IAccountFacts>(Key).ProveContact(person.Session, Proof(contact, ChallengePurpose.FactProof, $"{Key}~{person.Session.Session}")));

    /// <summary>Answers a code for a new password.</summary>
    public Task<Outcome<ResetStanding>> Reset(Identifier contact) =>
        cluster.Grains.GetGrain<IAccountPasswordReset>(Key).ResetStanding(Proof(contact, ChallengePurpose.PasswordReset, "whoever asked"));

    public ChallengeProven Proof(Identifier contact, ChallengePurpose purpose, string subject) => new()
    {
        Challenge = NewId(), Purpose = purpose, Subject = subject, Contact = contact, IdentifierKey = KeyOf(contact),
        ProvenAt = cluster.Now, ExpiresAt = cluster.Now + TimeSpan.FromMinutes(30), Network = person.Network,
    };

    /// <summary>Changes the password, as a gateway does.</summary>
    public async Task<Outcome<Done>> ChangePassword(string operation)
    {
        var call = new PasswordChangeCall { Operation = operation, Attempt = NewId(), EndOtherSessions = false };
        var begun = await person.AccountActor.PreparePasswordChange(person.Session, call);
        return begun.Refusal is { } refusal ? refusal : await person.AccountActor.ChangePassword(person.Session, new ChangePassword
        {
            Operation = operation, Attempt = call.Attempt, EndOtherSessions = false, MatchedHash = begun.Value!.CurrentHash, NewHash = person.PasswordHash, Site = "https://accounts.example.com",
        });
    }

    /// <summary>Signs in with the password and a client.</summary>
    public Task<Outcome<SessionOpened>> SignsIn(string client, string? operation = null) => person.AccountActor.SignIn(new SignIn
    {
        Operation = operation ?? NewId(), Session = NewSession(NewId()) with { Client = client }, MatchedHash = person.PasswordHash, Network = person.Network,
        Site = "https://accounts.example.com", IdentifierKey = person.IdentifierKey,
    });

    /// <summary>The token of the newest notice to a contact.</summary>
    public AlarmProof Objection(string identifierKey)
    {
        var text = cluster.Delivery.Notices.Last(notice => notice.IdentifierKey == identifierKey && notice.Purpose == "security").Text;
        Assert.True(new Tokens(cluster.Ring).TryRead(text[(text.IndexOf("token=", StringComparison.Ordinal) + 6)..], Tokens.Objection, out var token));
        return new AlarmProof { Alarm = token.Id.Split('~')[1], SecretDigest = token.SecretDigest };
    }

    public int Notices(string identifierKey) => cluster.Delivery.Notices.Count(notice => notice.IdentifierKey == identifierKey && notice.Purpose == "security");
}
