using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Consent;

/// <summary>Consent by purpose, through the actors (C2.5c, L-02, L-04).</summary>
public sealed class ConsentTests(AmendedCluster cluster) : IClassFixture<AmendedCluster>
{
    [Fact]
    public async Task L_04_wider_processing_is_asked_for_purpose_by_purpose_and_accepted_when_all_is_decided()
    {
        var person = await cluster.Registered();
        var version = await Widen("maps", "speed");
        var asked = Granted(await person.AccountActor.View(person.Session)).ConsentDue.Single();
        Assert.Equal(version.Reference, asked.Document);
        Assert.Superset(new HashSet<string> { "maps", "safety" }, asked.Purposes.Select(view => view.Purpose.Id).ToHashSet());
        Granted(await person.AccountActor.GoOn(Acting(person, ActsOfUse.GoOn)));
        Assert.DoesNotContain(await Accepted(person), acceptance => acceptance.Document == version.Reference); // never deemed

        foreach (var view in asked.Purposes)
        {
            Assert.DoesNotContain(await Accepted(person), acceptance => acceptance.Document == version.Reference);
            Granted(await Decide(person, version, view.Purpose.Id, given: view.Purpose.Necessary));
        }
        var accepted = Assert.Single(await Accepted(person), acceptance => acceptance.Document == version.Reference);
        Assert.Equal((AcceptanceManner.Explicit, "consent", person.Session.Session), (accepted.Manner, accepted.Act, accepted.Session));
        Assert.Empty(Granted(await person.AccountActor.View(person.Session)).ConsentDue);
    }

    [Fact]
    public async Task C2_5c_a_necessary_purpose_not_given_limits_what_names_it_and_never_deciding_or_leaving()
    {
        var person = await cluster.Registered();
        var version = await Widen("maps", "routes");
        var (view, change) = (await cluster.SignIn(person), new ChangeAccount { DisplayName = "x" });
        Refused(RefusalCode.ConsentRequired, await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), change));
        var limited = Granted(await person.AccountActor.Sessions(view))[0];
        Assert.Equal(SessionScope.Limited, limited.Scope);
        Assert.Superset(new HashSet<string> { "notice", "appeal", "export", "documents", "consents", "cancellation", "sign_out", "go_on" }, limited.Allowed.ToHashSet());
        Assert.DoesNotContain("account_change", limited.Allowed);
        var asked = Granted(await person.AccountActor.Use(new UseReport { ServiceType = "storage", Operation = "upload", Used = true }));
        Assert.False(asked.Allowed);
        Granted(await person.AccountActor.GoOn(Acting(person, ActsOfUse.GoOn)));

        foreach (var due in asked.ConsentDue.Single().Purposes) Granted(await Decide(person, version, due.Purpose.Id, given: due.Purpose.Necessary));
        Granted(await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), change));
        Assert.Equal(SessionScope.Full, Granted(await person.AccountActor.Sessions(view))[0].Scope);
        Assert.True(Granted(await person.AccountActor.Use(new UseReport { ServiceType = "storage", Operation = "upload" })).Allowed);
    }

    [Fact]
    public async Task C2_5c_a_refused_act_accepts_nothing_of_other_documents_either()
    {
        var person = await cluster.Registered();
        var contract = await cluster.Announce(Agreement.Contract);
        await Widen("maps", "height");
        Assert.True(cluster.Now >= contract.EffectiveAt);
        Refused(RefusalCode.ConsentRequired, await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), new ChangeAccount { Locale = "en" }));
        Granted(await person.AccountActor.Use(new UseReport { ServiceType = "storage", Operation = "upload", Used = true }));
        Assert.DoesNotContain(await Accepted(person), acceptance => acceptance.Document == contract.Reference);
        Granted(await person.AccountActor.GoOn(Acting(person, ActsOfUse.GoOn)));
        Assert.Contains(await Accepted(person), acceptance => acceptance.Document == contract.Reference && acceptance.Manner == AcceptanceManner.Deemed);
    }

    [Fact]
    public async Task L_02_giving_refusing_and_withdrawing_are_one_call_and_saying_it_again_changes_nothing()
    {
        var version = await Widen("maps", "places");
        var person = await cluster.Registered(); // under the wider text: optional purposes are undecided
        Assert.Equal(ConsentState.Undecided, (await Standing(person, "maps")).State);
        Assert.Equal(ConsentState.Refused, Granted(await Decide(person, version, "maps", given: false)).State);
        Assert.Equal(ConsentState.Given, Granted(await Decide(person, version, "maps", given: true)).State);
        var withdrawn = Granted(await Decide(person, version, "maps", given: false));
        Assert.Equal((ConsentState.Withdrawn, cluster.Now, version.Reference), (withdrawn.State, withdrawn.Since, withdrawn.DecidedUnder));
        var before = cluster.Writes(person);
        Assert.Equal(ConsentState.Withdrawn, Granted(await Decide(person, version, "maps", given: false)).State);
        Assert.Equal(before, cluster.Writes(person));
        // Nothing else has changed by any of it.
        Assert.Equal(ConsentState.Given, (await Standing(person, "safety")).State);
        Granted(await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), new ChangeAccount { Locale = "en" }));
    }

    [Fact]
    public async Task L_02_what_registration_included_can_be_withdrawn_by_the_same_call()
    {
        var version = await Widen("maps", "names");
        var person = await cluster.Registered();
        Assert.Equal(ConsentState.Withdrawn, Granted(await Decide(person, version, "safety", given: false)).State);
        Refused(RefusalCode.ConsentRequired, await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), new ChangeAccount { Locale = "en" }));
        Assert.Equal(["safety"], Granted(await person.AccountActor.View(person.Session)).ConsentDue.Single().Purposes.Select(view => view.Purpose.Id));
        Assert.Equal(ConsentState.Given, Granted(await Decide(person, version, "safety", given: true)).State);
        Granted(await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), new ChangeAccount { Locale = "en" }));
    }

    [Fact]
    public async Task A_decision_names_the_text_in_force_and_a_purpose_of_it()
    {
        var old = await Widen("maps", "a");
        var person = await cluster.Registered();
        var version = await Widen("maps", "b");
        Refused(RefusalCode.DocumentNotInForce, await Decide(person, old, "maps", given: true));
        Refused(RefusalCode.DocumentNotInForce, await Decide(person, version with { Sha256 = old.Sha256 }, "maps", given: true));
        Refused(RefusalCode.NotFound, await Decide(person, version, "no-such-purpose", given: true));
        Refused(RefusalCode.NotFound, await person.AccountActor.Decide(ProofOf("somebody else"), Decision(version, "maps", true)));
        Assert.Equal(ConsentState.Undecided, (await Standing(person, "maps")).State);
    }

    [Fact]
    public async Task L_02_decisions_at_the_same_time_leave_one_newest_and_one_acceptance()
    {
        var person = await cluster.Registered();
        var version = await Widen("maps", "c");
        var asked = Granted(await person.AccountActor.View(person.Session)).ConsentDue.Single().Purposes;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Factory.StartNew(() =>
            Repeatable.Call(() => Decide(person, version, asked[i % asked.Length].Purpose.Id, given: true)), TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Single(await Accepted(person), acceptance => acceptance.Document == version.Reference);
        Assert.All(Granted(await person.AccountActor.Consents(person.Session)), view => Assert.True(view.State == ConsentState.Given || view.Change is null));
    }

    [Fact]
    public async Task C0_2_who_registers_across_a_widening_consents_to_it_at_completion_under_its_own_box()
    {
        var person = await cluster.Registered();
        var late = new Registrant(cluster);
        var before = cluster.Required();
        var announced = await cluster.Announce(Agreement.Privacy, draft => draft with { Processing = Table("maps", "d") });
        cluster.MoveTo(announced.EffectiveAt.AddMinutes(-1));
        Granted(await late.Start(consent: before.Single(reference => reference.Kind == Agreement.Privacy)));
        Granted(await late.Verify(await late.Code()));
        cluster.MoveTo(announced.EffectiveAt);
        late.Accepts = before;
        Refused(RefusalCode.DocumentNotInForce, await late.Complete());
        late.Accepts = cluster.Required();
        Granted(await late.Complete());
        Assert.Equal([before.Single(reference => reference.Kind == Agreement.Privacy), announced.Reference],
            (await Accepted(late)).Where(acceptance => acceptance.Document.Kind == Agreement.Privacy).Select(acceptance => acceptance.Document));
        Assert.Empty(Granted(await late.AccountActor.View(late.Session)).ConsentDue);
        Assert.NotEmpty(Granted(await person.AccountActor.View(person.Session)).ConsentDue); // whoever registered before is asked
    }

    /// <summary>A version with one necessary and two optional purposes that widens both named ones, in force now.</summary>
    private async Task<DocumentVersion> Widen(string optional, string dataKind)
    {
        var version = await cluster.Announce(Agreement.Privacy, draft => draft with { Processing = Table(optional, dataKind) });
        cluster.MoveTo(version.EffectiveAt);
        return version;
    }

    private static ProcessingPurpose[] Table(string optional, string dataKind) =>
    [
        .. Amendments.Table,
        Amendments.Purpose(optional, necessary: false, "location", dataKind),
        Amendments.Purpose("safety", necessary: true, "device", dataKind) with { Functions = ["account_change", "service_use"] },
    ];

    private static Task<Outcome<ConsentView>> Decide(Registrant person, DocumentVersion version, string purpose, bool given) =>
        person.AccountActor.Decide(person.Session, Decision(version, purpose, given));

    private static ConsentDecision Decision(DocumentVersion version, string purpose, bool given) =>
        new() { Purpose = purpose, Given = given, Document = version.Reference, Language = "en", Channel = "api", Network = 7 };

    private static async Task<ConsentView> Standing(Registrant person, string purpose) =>
        Granted(await person.AccountActor.Consents(person.Session)).Single(view => view.Purpose.Id == purpose);

    private static async Task<Acceptance[]> Accepted(Registrant person) =>
        [.. Granted(await person.AccountActor.Acceptances(person.Session)).Select(view => view.Acceptance)];

    private static SessionProof Acting(Registrant person, string kind) =>
        person.Session with { Act = new ActOfUse { Kind = kind, Language = "en", Channel = "api", Network = 7 } };
}
