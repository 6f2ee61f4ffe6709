using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Shredding;
using AiCloud.Staff;
using static AiCloud.Identity.IdentityCluster;
using static AiCloud.Registration.Registrant;

namespace AiCloud.PersonalData;

/// <summary>The copy of somebody about whom everything is held (L-17), what in it is somebody else's, and that an ending gives all of it up (C2.5e).</summary>
public sealed class HeldInFullTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>
{
    private static readonly DateOnly Born = new(1990, 5, 17);

    [Fact]
    public async Task L_17_real_name_marks_on_facts_and_places_are_in_the_copy()
    {
        var (person, card) = await Proven();
        var facts = cluster.Grains.GetGrain<IAccountFacts>(AccountKeys.Of(person.Account));
        var mark = Granted(await facts.MarkFact(new FactMarking
        {
            Operation = NewId(), Id = NewId(), Fact = AccountFact.Email, Fault = FactFault.Outdated, Reference = "case 4711, told by a neighbour", By = new StaffActor { Staff = "ann" },
        }));
        Granted(await facts.ContestMark(person.Session, new FactContest { Operation = NewId(), Mark = mark.Id, Words = "I read it daily." }));

        var (text, copy) = await Copy(person);
        var identity = copy.GetProperty("identity");
        Assert.Equal(("王小明", card.Last, "resident_id_card"), (Text(identity, "name"), Text(identity, "last"), Text(identity, "kind")));
        var held = copy.GetProperty("factMarks")[0];
        Assert.Equal(("email", "outdated", "I read it daily."), (Text(held, "fact"), Text(held, "fault"), Text(held, "words")));
        Assert.Equal("Test on Linux", Text(copy.GetProperty("security").GetProperty("places")[0], "client"));
        Assert.Contains(copy.GetProperty("ledger").EnumerateArray(), entry => Text(entry, "act") == "contested" && Text(entry.GetProperty("evidence"), "Words") == "I read it daily.");
        // Who reported it, and who decided, is not the person's to read here.
        Assert.DoesNotContain("neighbour", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ann\"", text, StringComparison.Ordinal);
        // The number was not kept, so it is not handed out.
        Assert.DoesNotContain(card.Number, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C2_1b_a_minors_copy_shows_the_guardian_masked_and_the_ledger_opens_without_naming_them()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        Granted(await cluster.GuardedAccount(minor).GuardianFreeze(guardian.Session, true)); // a frozen person still gets a copy
        var (text, copy) = await Copy(minor);
        var guardianship = copy.GetProperty("guardianship");
        Assert.Equal(guardian.Contact.Contact.Masked, Text(guardianship, "guardianMasked"));
        Assert.Equal(1, guardianship.GetProperty("responsibilities").GetArrayLength());
        Assert.Contains(copy.GetProperty("ledger").EnumerateArray(), entry => Text(entry, "kind") == "guardian-acceptance");
        Assert.Contains(copy.GetProperty("ledger").EnumerateArray(), entry => Text(entry, "act") == "guardian_froze" && Text(entry.GetProperty("evidence"), "By") == "guardian");
        Assert.DoesNotContain(guardian.Contact.Contact.Address, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C2_5e_an_ending_gives_up_the_certificate_and_the_guardians_place_and_keeps_the_record_of_the_responsibility()
    {
        var (person, card) = await Proven();
        var certificate = cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(card));
        Assert.True(await certificate.ProvesAny());
        await Shred(person);
        Assert.False(await certificate.ProvesAny());

        var (minor, guardian) = await cluster.SignUpMinor();
        await guardian.SignsIn();
        Assert.Equal([minor.Account], Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        await Shred(minor);
        Assert.Empty(Granted(await guardian.ContactActor.Session(guardian.Session)).Accounts);
        var kept = await cluster.Row(minor);
        Assert.Equal((AccountPhase.Ended, null, null, 1), (kept.Phase, kept.Ward, kept.AccountKey, kept.Responsibilities.Length));
    }

    private async Task<(Registrant Person, Certificate Card)> Proven()
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        var (person, card) = (await cluster.Person(Born), NewCard(Born));
        await cluster.Submit(person, ByCard(card));
        return (person, card);
    }

    private async Task Shred(Registrant person)
    {
        Granted(await cluster.Grains.GetGrain<IAccountShredding>(AccountKeys.Of(person.Account)).Shred(EndingGrounds.Cancellation));
        Assert.Null((await person.Identifier.Standing()).Owner);
    }

    private async Task<(string Text, JsonElement Document)> Copy(Registrant person)
    {
        var data = cluster.Grains.GetGrain<IAccountData>(AccountKeys.Of(person.Account));
        var copy = Granted(await data.RequestExport(person.Session, NewId()));
        for (var ticks = 0; Granted(await data.Export(person.Session, copy.Id)).State == ExportState.Preparing; ticks++)
        {
            Assert.True(ticks < 10_000, "The copy was not made.");
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // a part a tick
        }
        var json = Granted(await data.DownloadExport(person.Session, copy.Id)).Json;
        return (System.Text.Encoding.UTF8.GetString(json), JsonDocument.Parse(json).RootElement);
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
