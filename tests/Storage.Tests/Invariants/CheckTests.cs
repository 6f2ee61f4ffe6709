using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Protection;
using AiCloud.Services;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Configuration;

namespace AiCloud.Invariants;

/// <summary>The check tool finds what DESIGN §4 says must never be, and nothing else.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Accepted = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DocumentVersion Agreement = Published("registration-agreement", Accepted.AddDays(-30));
    private readonly Guid account = Guid.CreateVersion7();
    private TemporarySqlite database = null!;

    public async ValueTask InitializeAsync() => database = await TemporarySqlite.Create();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_sound_database_has_no_breach()
    {
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement] });
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("identifier", "email.k1.free", new IdentifierState());
        await Put("account", AccountKeys.Of(account), Open("email.k1.a"));
        var (code, text) = await Check();
        Assert.Equal((0, """
            2 identifiers (1 owned), 1 accounts (1 open), 0 looked at twice, 0 breaches
            0 accounts, 0 entries (0 without their sealed evidence), 1 accounts not in the ledger yet, 0 checkpoints (0 signed by this key ring), 0 breaks
            """), (code, text));
    }

    [Fact]
    public async Task An_identifier_owned_by_an_account_that_does_not_exist_is_a_breach()
    {
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Breaches("email.k1.a", "does not exist");
    }

    [Fact]
    public async Task An_identifier_whose_account_does_not_name_it_back_is_a_breach()
    {
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("identifier", "email.k1.b", new IdentifierState { Owner = account });
        await Put("account", AccountKeys.Of(account), Open("email.k1.b"));
        await Breaches("email.k1.a", "does not name it");
    }

    [Fact]
    public async Task An_open_account_that_no_identifier_names_is_a_breach()
    {
        await Put("account", AccountKeys.Of(account), Open("email.k1.a"));
        await Breaches(AccountKeys.Of(account), "nobody owns");
    }

    [Fact]
    public async Task Two_open_accounts_of_one_contact_are_a_breach()
    {
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("account", AccountKeys.Of(account), Open("email.k1.a"));
        var second = Guid.CreateVersion7();
        await Put("account", AccountKeys.Of(second), Open("email.k1.a"));
        await Breaches(AccountKeys.Of(second), "belongs to");
    }

    [Fact]
    public async Task An_account_without_the_acceptances_of_its_instant_is_a_breach()
    {
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement] });
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Acceptances = [] });
        await Breaches(AccountKeys.Of(account), "without an acceptance of registration-agreement");
    }

    [Fact]
    public async Task An_acceptance_of_a_text_that_was_not_in_force_is_a_breach()
    {
        var later = Published("registration-agreement", Accepted.AddSeconds(1)) with { Version = "2.0" };
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement, later] });
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        var early = Open("email.k1.a");
        await Put("account", AccountKeys.Of(account), early with { Acceptances = [early.Acceptances[0] with { Document = later.Reference }] });
        await Breaches(AccountKeys.Of(account), "not in force then");
    }

    [Fact]
    public async Task C2_5b_a_version_that_would_be_in_force_early_or_has_another_text_is_a_breach()
    {
        var second = Published("registration-agreement", Accepted.AddDays(7)) with { Version = "2.0", AnnouncedAt = Accepted };
        var seals = new Dictionary<string, string> { ["2.0"] = "s1", ["3.0"] = "s1" };
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement, second], Seals = seals });
        Assert.Equal(0, (await Check()).Code);
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement, second with { EffectiveAt = second.EffectiveAt.AddTicks(-1) }], Seals = seals });
        await Breaches("registration-agreement 2.0", "less than seven days");
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement with { Sha256 = second.Sha256[..^1] + "0" }] });
        await Breaches("registration-agreement 1.0", "another text");
        await Put("document", Agreement.Kind, new DocumentState { Versions = [Agreement, second, Published("registration-agreement", Accepted.AddDays(9)) with { Version = "3.0", AnnouncedAt = Accepted.AddDays(2) }], Seals = seals });
        await Breaches("registration-agreement 3.0", "announced while another was");
    }

    [Fact]
    public async Task A_prepared_account_is_a_breach_only_when_it_should_long_have_settled()
    {
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Phase = AccountPhase.Prepared, HoldUntil = TimeProvider.System.GetUtcNow() });
        Assert.Equal(0, (await Check()).Code);
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Phase = AccountPhase.Prepared, HoldUntil = TimeProvider.System.GetUtcNow().AddMinutes(-10) });
        await Breaches(AccountKeys.Of(account), "settles itself");
    }

    [Fact]
    public async Task While_no_process_is_at_work_as_after_a_restore_nothing_is_late_and_check_says_that_it_did_not_look()
    {
        var threeDaysAgo = TimeProvider.System.GetUtcNow().AddDays(-3);
        var lost = new LostNumber("email.k1.c", "op", threeDaysAgo);
        await Put("identifier", "email.k1.b", new IdentifierState { Owner = account });
        foreach (var late in new[] { Open("email.k1.b") with { Phase = AccountPhase.Prepared, HoldUntil = threeDaysAgo }, Open("email.k1.b") with { Numbers = new LostNumbers { Leaving = [lost] } } })
        {
            await Put("account", AccountKeys.Of(account), late);
            Assert.Equal(2, (await Check(served: true)).Code);
            var (code, text) = await Check(served: false);
            Assert.Equal(0, code);
            Assert.EndsWith("no process is at work: what is late was not looked for; check again five minutes after one is", text, StringComparison.Ordinal);
        }
        await Put("account", AccountKeys.Of(account), Open("email.k1.b") with { Contacts = [] });
        Assert.Equal(2, (await Check(served: false)).Code); // what never may be is a breach at any time
    }

    [Fact]
    public async Task C2_1b_a_minors_account_without_a_guardian_that_is_not_limited_or_with_one_past_eighteen_is_a_breach()
    {
        var soon = TimeProvider.System.GetUtcNow().AddDays(30);
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("identifier", "phone.k1.g", new IdentifierState { Wards = new WardContact { Wards = [new WardPlace(account, soon)] } });
        var guardian = new StoredGuardian
        {
            IdentifierKey = "phone.k1.g", Kind = IdentifierKind.Phone, Address = [1], Name = [1], Relationship = GuardianRelationship.Mother, Assurance = GuardianAssurance.Contact, Since = Accepted,
        };
        var minor = Open("email.k1.a") with
        {
            Ward = new Ward { AdultAt = soon, Guardian = guardian },
            Responsibilities = [new StoredResponsibility("i", Accepted, null, [], [1])],
        };
        await Put("account", AccountKeys.Of(account), minor);
        Assert.Equal(0, (await Check()).Code);
        foreach (var (broken, what) in new (AccountState, string)[]
        {
            (minor with { Ward = minor.Ward! with { Guardian = null } }, "without a guardian and not limited"),
            (minor with { Ward = minor.Ward! with { AdultAt = soon.AddDays(-60) } }, "of age"),
            (minor with { Responsibilities = [] }, "without a record"),
            (minor with { Ward = null }, "goes on without a guardianship"),
            (minor with { Ward = minor.Ward! with { Guardian = guardian with { IdentifierKey = "phone.k1.other" } } }, "does not answer for it"),
        })
        {
            await Put("account", AccountKeys.Of(account), broken);
            await Breaches(AccountKeys.Of(account), what);
        }
        await Put("account", AccountKeys.Of(account), minor with { Ward = minor.Ward! with { Guardian = null, Loss = GuardianLoss.Withdrawn }, Responsibilities = [minor.Responsibilities[0] with { Until = Accepted }] });
        Assert.Equal(0, (await Check()).Code);
    }

    [Fact]
    public async Task A_certificate_that_proves_an_account_which_does_not_name_it_is_a_breach_and_the_other_way_round__C2_1e()
    {
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("identifier", "document.k1.a", new IdentifierState { Proofs = new CertificateProofs { Owners = [account] } });
        var proof = new IdentityProof { Method = IdentityMethod.Certificate, At = Accepted, DocumentKey = "document.k1.a", BirthDateProven = true };
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Identity = new AccountIdentity { Proof = proof } });
        Assert.Equal(0, (await Check()).Code);
        // Being given back, or being committed: named all the same.
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Identity = new AccountIdentity { Releases = [new ProofRelease("document.k1.a", "", Owned: true, Accepted)] } });
        Assert.Equal(0, (await Check()).Code);
        await Put("account", AccountKeys.Of(account), Open("email.k1.a"));
        await Breaches("document.k1.a", "does not name it");
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Identity = new AccountIdentity { Proof = proof with { DocumentKey = "document.k1.b" } } });
        await Breaches(AccountKeys.Of(account), "proven by document.k1.b");
    }

    [Fact]
    public async Task An_account_without_a_contact_is_a_breach_unless_it_says_since_when__C2_1g()
    {
        await Put("account", AccountKeys.Of(account), Open("phone.k1.a") with { Contacts = [], Numbers = new LostNumbers { ContactlessSince = Accepted } });
        Assert.Equal(0, (await Check()).Code);
        await Put("account", AccountKeys.Of(account), Open("phone.k1.a") with { Contacts = [] });
        await Breaches(AccountKeys.Of(account), "open without a contact");
    }

    [Fact]
    public async Task A_lost_number_is_named_apart_until_its_actor_knows_and_not_for_long__C2_1g()
    {
        var lost = new LostNumber("phone.k1.a", "op", TimeProvider.System.GetUtcNow());
        await Put("identifier", "phone.k1.a", new IdentifierState { Owner = account });
        await Put("identifier", "email.k1.a", new IdentifierState { Owner = account });
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Numbers = new LostNumbers { Leaving = [lost] } });
        Assert.Equal(0, (await Check()).Code);
        await Put("account", AccountKeys.Of(account), Open("email.k1.a") with { Numbers = new LostNumbers { Leaving = [lost with { At = lost.At.AddMinutes(-4) }] } });
        await Breaches(AccountKeys.Of(account), "its actor still does not know");
    }

    private async Task Breaches(string key, string what)
    {
        var (code, text) = await Check();
        Assert.Equal(2, code);
        Assert.Contains($"BREACH {key}", text);
        Assert.Contains(what, text);
    }

    private async Task<(int Code, string Text)> Check(bool served = true)
    {
        await using (var source = Database.Open(database.Settings))
        {
            var processes = new KeyHolders(source);
            if (served) await processes.Say("silo-a", "e1", ["e1"], TestContext.Current.CancellationToken);
            else await processes.Leave("silo-a");
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("AiCloud:DataDirectory", Path.GetDirectoryName(database.Settings.File)), new("AiCloud:Cluster:ServiceId", "s")]).Build();
        var output = new StringWriter();
        return (await CheckCommand.Run(configuration, output, TimeSpan.FromMilliseconds(1)), output.ToString().Trim());
    }

    private async Task Put<T>(string name, string key, T state)
    {
        await using var source = Database.Open(database.Settings);
        await using var connection = await source.State.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT OR REPLACE INTO state (key, name, service, slot, version, modified, payload) VALUES (@key, @name, 's', 0, 1, 0, @payload)",
            new { key, name, payload = new HeaderedStateSerializer().Serialize(state).ToArray() });
    }

    private static AccountState Open(string identifierKey) => new()
    {
        Phase = AccountPhase.Open,
        CreatedAt = Accepted,
        Contacts = [new StoredContact(IdentifierKind.Email, identifierKey, [1], Accepted)],
        Acceptances = [new StoredAcceptance("1", Agreement.Reference, [], Accepted, AcceptanceManner.Explicit, "registration_completion", [1])],
    };

    private static DocumentVersion Published(string kind, DateTimeOffset at)
    {
        var texts = new Dictionary<string, string> { ["en"] = kind };
        return new DocumentVersion
        {
            Kind = kind,
            Version = "1.0",
            Titles = texts,
            Texts = texts,
            Sha256 = DocumentDigest.Of(texts),
            Class = DocumentClass.Contract,
            AnnouncedAt = at,
            EffectiveAt = at,
            Required = true,
            Incorporates = [],
        };
    }
}
