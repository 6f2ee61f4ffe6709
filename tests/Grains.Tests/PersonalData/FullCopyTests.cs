using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Contacts;
using AiCloud.Documents;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Objections;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Staff;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Identity.IdentityCluster;

namespace AiCloud.PersonalData;

/// <summary>
/// Copies of accounts about which everything is held that can be: a member of the copy that stays empty in all of them is one that is not filled (L-17). What
/// the table of stored fields promises is held against types by StoredFieldsTests; this holds it against what is handed out.
/// </summary>
public sealed class FullCopyTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>
{
    [Fact]
    public async Task L_17_no_member_of_the_copy_is_empty_where_everything_is_held()
    {
        var (minor, row) = await Everything();
        var standing = Full(AccountKeys.Of(minor.Account), row);
        // A guardian stands or is lost, and of age there is none: no one account has it all.
        var invited = standing with
        {
            Ward = row.Ward! with
            {
                Loss = GuardianLoss.ContactLost, LostAt = cluster.Now, LossToldAt = cluster.Now, NameBy = cluster.Now.AddDays(30),
                Invitation = new WardInvitation
                {
                    Id = "i", Number = 1, Sent = [cluster.Now], SentBy = new AnsweredBy("o", "f"), ExpiresAt = cluster.Now.AddDays(3),
                    Invited = Vault.SealInvited(AccountKeys.Of(minor.Account), row, "+86139****0001"),
                },
            },
        };
        var ofAge = standing with { Ward = null, OfAgeSince = cluster.Now };

        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in new[] { standing, invited, ofAge }) Found(await Copy(AccountKeys.Of(minor.Account), state), "", found);
        var empty = StoredFieldsTests.Members(typeof(PersonalDataDocument), "").Where(member => !found.Contains(member)).ToArray();
        Assert.True(empty.Length == 0, $"""
            In the copy's schema, and empty in every copy of an account about which everything is held: {string.Join(", ", empty)}.
            Either nothing fills it (AccountVault.PersonalData.cs, AccountVault.HeldGuarded.cs, DataCollection), or Full() here does not hold it yet.
            """);
    }

    private AccountVault Vault => cluster.Cluster.GetSiloServiceProvider().GetRequiredService<AccountVault>();

    /// <summary>Somebody of 17 with a guardian, a proof and a check under way; what is counted of their contact is full.</summary>
    private async Task<(Registrant Minor, AccountState Row)> Everything()
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        var (minor, _) = await cluster.SignUpMinor();
        await cluster.Consent(minor, given: true);
        await cluster.Submit(minor, ByCard(NewCard(minor.BirthDate)));
        cluster.Check.Answers = _ => Task.FromResult(IdentityAnswer.Later());
        await cluster.Submit(minor, ByCard(NewCard(minor.BirthDate), birth: minor.BirthDate));
        await cluster.Forget(minor.Identifier);
        await cluster.Rewrite<IdentifierState>("identifier", minor.IdentifierKey, state => state with
        {
            Sends = new SendBudget { Sends = [new SendBudget.Sent("s", 1, cluster.Now, 5, 6)], Askers = [new SendBudget.Asked(1, cluster.Now)], ProvenFrom = [1] },
            SignIns = new SignInThrottle { Networks = [new SignInThrottle.Failures(1, 1, cluster.Now)], Shared = 1, SharedSince = cluster.Now, Trusted = [1] },
            BudgetsEndAt = cluster.Now.AddDays(1),
        });
        return (minor, await cluster.Row(minor));
    }

    private AccountState Full(string id, AccountState row)
    {
        var at = cluster.Now;
        var contact = row.Contacts[0] with { UsedAt = at };
        var privacy = cluster.Privacy;
        var shown = row with { NoticesShown = [new ShownNotice(cluster.Texts[0].Kind, cluster.Texts[0].Version, at)] };
        var (question, proof) = (row.Identity!.Request!, row.Identity.Proof!);
        return row with
        {
            FactsConfirmedAt = at,
            Planned = new Endings.PlannedEnding("guardian", "o", at, at),
            PasswordTries = 1,
            PasswordTriesSince = at,
            Contacts = [contact],
            Sessions = [row.Sessions[0] with { Through = contact.IdentifierKey, OpenedAt = at, Allowed = ["export"] }],
            Security = row.Security with
            {
                ChangedAt = at,
                Protection = new ChangeStop(at, at),
                Reset = new WaitingReset(contact.IdentifierKey, at, at, at),
                Leaving = [new LeavingContact(contact, "o", at, at, Released: true)],
                Alarms = [new Alarm("a", AlarmKind.SignedIn, at, at, [], [], "o", null, null) { ObjectedAt = at }],
                Places = Vault.SealPlaces(id, row, new KnownPlaces { All = [new KnownPlace(1, "Test on Linux")] }),
            },
            Identity = row.Identity with
            {
                Request = question with { Service = "object-storage" },
                Proof = proof with { NumberKeptFor = "a law", Reference = "r", Person = Vault.Seal(id, row, new ProvenPerson("王小明", "002X", "11010519491231002X")) },
                Refused = new IdentityRefused(IdentityReason.Mismatch, at),
            },
            Numbers = new LostNumbers
            {
                Claims = [new NumberClaimed(contact.IdentifierKey, "q", at, at, NumberStanding.Unknown) { HandedOverAt = at, WarnedAt = at }], ContactlessSince = at,
                Asked = [new NumberAsked(contact.IdentifierKey, "q", at, NumberStanding.Unknown) { HandedOverAt = at }],
            },
            FactMarks =
            [
                new StoredFactMark
                {
                    Id = "m", Fact = AccountFact.Email, Fault = FactFault.Outdated, At = at, Deadline = at, RestrictedAt = at, By = new StaffActor { Staff = "ann" }, Operation = "o",
                    Reference = Vault.SealFactWords(id, row, "case 1"),
                    Contest = new StoredContest(at, "o", Vault.SealFactWords(id, row, "No.")) { AnsweredAt = at, Accepted = true },
                    End = new StoredMarkEnd(at, FactMarkEnding.Withdrawn, null, null),
                },
            ],
            NoticesShown = [new ShownNotice(privacy.Kind, "2", at)],
            Told = [new ToldChange(privacy, at)],
            Acceptances =
            [
                .. row.Acceptances,
                Vault.Accepted(id, shown, [(cluster.Texts[0], [privacy])], AcceptanceManner.Explicit, "account_change", new AcceptanceEvidence("en", "web", "s", 1), at)[0] with
                {
                    Notice = new AcceptanceNotice { AnnouncedAt = at, EffectiveAt = at, Pages = [new PageNotice { Page = NoticePages.Help }] },
                },
            ],
            Ward = row.Ward! with { FrozenAt = at, OldEnoughAt = at },
            Responsibilities = [.. row.Responsibilities.Select(responsibility => responsibility with { Until = at })],
            Export = new StoredExport { Id = "e", Operation = "o", RequestedAt = at, ReadyAt = at, ExpiresAt = at },
        };
    }

    private async Task<JsonElement> Copy(string id, AccountState state)
    {
        var collection = new DataCollection(id, Vault, cluster.Cluster.GetSiloServiceProvider().GetRequiredService<ILedgerReader>(), cluster.Grains);
        while (collection.Done < DataCollection.Parts) await collection.Collect(state, cluster.Now, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(collection.Document(cluster.Now)).RootElement;
    }

    /// <summary>Paths of what is there and not empty.</summary>
    private static void Found(JsonElement element, string path, HashSet<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (path.Length > 0) found.Add(path);
                foreach (var member in element.EnumerateObject()) Found(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", found);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Found(item, $"{path}[]", found);
                break;
            case JsonValueKind.Null or JsonValueKind.String when element.ValueKind == JsonValueKind.Null || element.GetString()!.Length == 0:
                break;
            default:
                found.Add(path);
                break;
        }
    }
}
