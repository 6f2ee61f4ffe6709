using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Storage;
using static AiCloud.Identity.IdentityCluster;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>A guardian passes the identity check as an adult, where there is one (C2.1b, L-09, L-11).</summary>
public sealed class GuardianIdentityTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        cluster.Check.Methods = [IdentityMethod.Certificate, IdentityMethod.NetworkId];
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task C2_1b_a_guardian_who_passed_the_check_binds_with_assurance_id_and_only_the_result_is_kept()
    {
        var (minor, guardian) = await Proven();
        Refused(RefusalCode.GuardianIdentityNeeded, await guardian.Invitation.Accept(guardian.Word()));
        var card = Guardian.Card(guardian.Born(40));
        var view = await Submit(guardian, guardian.Document(card));
        Assert.Equal((IdentityState.Verified, card.Last, "W**", GuardianAssurance.Id), (view.Identity!.State, view.Identity.Proof!.Last, view.Identity.Proof.Name, view.Assurance));
        Granted(await guardian.Invitation.Accept(guardian.Word() with { Name = null }));
        Granted(await minor.Complete());

        var kept = await cluster.Row(minor);
        Assert.Equal((GuardianAssurance.Id, IdentityMethod.Certificate, cluster.KeyOf(card), "r-1"),
            (kept.Ward!.Guardian!.Assurance, kept.Ward.Guardian.Identity!.Method, kept.Ward.Guardian.Identity.DocumentKey, kept.Ward.Guardian.Identity.Reference));
        Assert.Null(kept.Identity); // the guardian's proof is none of the minor's
        Assert.False(await cluster.Grains.GetGrain<ICertificateProofs>(cluster.KeyOf(card)).ProvesAny());
        // What a service type demands is answered by it, up to the word.
        var needs = new[] { new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Id } };
        Assert.True(Granted(await minor.AccountActor.Use(new UseReport { ServiceType = "compute", Operation = "start", Used = false, Needs = needs })).Allowed);
        // The separate consent is in the chain, before what was accepted.
        Assert.True(await minor.AccountActor.Flush());
        var chain = await cluster.Entries(minor.Key());
        var consent = Assert.Single(chain, entry => entry.Act == "guardian_identity_consent");
        Assert.Equal((LedgerKinds.GuardianAcceptance, IdentityView.Purpose, true, cluster.Privacy), (consent.Kind, consent.Purpose, consent.Given, consent.Document));
    }

    [Fact]
    public async Task L_16_at_the_eighteenth_birthday_what_was_kept_of_the_check_goes_and_the_responsibility_says_that_it_was_passed()
    {
        var (minor, guardian) = await cluster.SignUpMinor(days: -364);
        Assert.NotNull((await cluster.Row(minor)).Ward!.Guardian!.Identity);
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        await minor.AccountActor.Settle();
        var row = await cluster.Row(minor);
        Assert.Null(row.Ward);
        Assert.Equal(cluster.Privacy, row.Responsibilities.Single().ConsentedTo);
        Assert.Contains(guardian.Messages, message => message.Contains("come of age", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_check_configured_the_binding_is_marked_contact_and_a_type_that_demands_id_is_refused()
    {
        cluster.Check.Methods = [];
        var (minor, guardian) = await cluster.SignUpMinor();
        Assert.Equal(GuardianAssurance.Contact, Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).Assurance);
        var needs = new[] { new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Id } };
        Assert.Equal(["adult_or_guardian"], Granted(await minor.AccountActor.Use(new UseReport { ServiceType = "compute", Operation = "start", Used = false, Needs = needs })).Missing);
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.SubmitIdentity(guardian.Document()));
    }

    [Theory, InlineData(0, true), InlineData(1, false)] // days younger than 18 in Shanghai
    public async Task C2_1b_a_guardian_below_eighteen_is_refused_to_the_day_and_nobody_is_asked(int younger, bool adult)
    {
        var (_, guardian) = await Proven();
        var asked = cluster.Check.Asked.Count;
        var outcome = await guardian.Invitation.SubmitIdentity(guardian.Document(Guardian.Card(guardian.Born(18).AddDays(younger))));
        Assert.Equal(adult ? null : RefusalCode.GuardianNotAdult, outcome.Refusal?.Code);
        Assert.Equal(adult ? 1 : 0, cluster.Check.Asked.Count - asked);
        if (!adult) Refused(RefusalCode.GuardianIdentityNeeded, await guardian.Invitation.Accept(guardian.Word()));
    }

    // The attack: the minor has their own second telephone, and a document of their own.
    [Fact]
    public async Task C2_1b_the_minors_own_document_does_not_do_with_or_without_a_date_in_its_number()
    {
        var (minor, guardian) = await Proven();
        Refused(RefusalCode.GuardianNotAdult, await guardian.Invitation.SubmitIdentity(guardian.Document(Guardian.Card(minor.BirthDate))));
        // Their date in the number, another one beside it.
        Refused(RefusalCode.BirthDateMismatch, await guardian.Invitation.SubmitIdentity(guardian.Document(Guardian.Card(minor.BirthDate), guardian.Born(40))));
        // A passport tells no date: an older one that is merely typed has to be confirmed by the checker.
        var passport = new Certificate(CertificateKind.Passport, $"P{NewId()[..8].ToUpperInvariant()}", "USA");
        Refused(RefusalCode.BirthDateInvalid, await guardian.Invitation.SubmitIdentity(guardian.Document(passport)));
        foreach (bool? confirmed in new bool?[] { false, null })
        {
            cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match with { BirthDateMatches = confirmed });
            var refused = await Submit(guardian, guardian.Document(passport, guardian.Born(40)));
            Assert.Equal((IdentityState.Refused, IdentityReason.BirthDateUnconfirmed, GuardianAssurance.Contact), (refused.Identity!.State, refused.Identity.Reason, refused.Assurance));
        }
        Refused(RefusalCode.GuardianIdentityNeeded, await guardian.Invitation.Accept(guardian.Word()));
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match with { BirthDateMatches = true });
        Assert.Equal(IdentityState.Verified, (await Submit(guardian, guardian.Document(passport, guardian.Born(40)))).Identity!.State);
    }

    [Fact]
    public async Task C2_1b_nothing_but_the_messages_token_submits_a_document_and_only_after_the_code()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        guardian.Reads();
        Refused(RefusalCode.NotVerified, await guardian.Invitation.SubmitIdentity(guardian.Document()));
        Refused(RefusalCode.NotFound, await guardian.Invitation.SubmitIdentity(guardian.Document() with { Proof = minor.Proof }));
        await guardian.Proves();
        Refused(RefusalCode.NotFound, await guardian.Invitation.SubmitIdentity(guardian.Document() with { Proof = minor.Proof }));
    }

    [Fact]
    public async Task L_09_a_consent_to_another_text_is_none()
    {
        var (_, guardian) = await Proven();
        var asked = cluster.Check.Asked.Count;
        Refused(RefusalCode.DocumentNotInForce, await guardian.Invitation.SubmitIdentity(guardian.Document() with { Consent = cluster.Privacy with { Version = "0.9" } }));
        Assert.Equal(asked, cluster.Check.Asked.Count);
    }

    [Fact]
    public async Task An_outage_leaves_the_binding_pending_and_the_sweeper_asks_again_under_the_same_request()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var (_, guardian) = await Proven();
        var submission = guardian.Document();
        var pending = await Submit(guardian, submission);
        Assert.Equal((IdentityState.Pending, cluster.Now + TimeSpan.FromMinutes(1)), (pending.Identity!.State, pending.Identity.Running!.NextTryAt));
        Refused(RefusalCode.IdentityPending, await guardian.Invitation.Accept(guardian.Word()));
        Refused(RefusalCode.IdentityPending, await guardian.Invitation.SubmitIdentity(guardian.Document()));
        var request = cluster.Check.Asked[^1].Request;

        cluster.Clock.Advance(TimeSpan.FromSeconds(59));
        await cluster.Sweep();
        Assert.Single(cluster.Check.Asked, asked => asked.Request == request);
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        await cluster.Forget(guardian.Invitation); // the retry needs nothing from memory
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Sweep();
        Assert.Equal(2, cluster.Check.Asked.Count(asked => asked.Request == request));
        Assert.Equal(IdentityState.Verified, Granted(await guardian.Invitation.View(guardian.Token.SecretDigest)).Identity!.State);
        Granted(await guardian.Invitation.Accept(guardian.Word()));
        // A repeat asks nobody, another body under its key is refused.
        Assert.Equal(InvitationState.Accepted, (await Submit(guardian, submission)).State);
        Refused(RefusalCode.IdempotencyKeyReused, await guardian.Invitation.SubmitIdentity(submission with { Submission = submission.Submission with { Fingerprint = "another" } }));
    }

    [Fact]
    public async Task A_check_that_nobody_answers_lapses_with_the_invitation_and_never_proves_anything()
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Later);
        var (_, guardian) = await Proven();
        var pending = await Submit(guardian, guardian.Document());
        Assert.True(pending.Identity!.Running!.EndsAt <= pending.ExpiresAt);
        cluster.Clock.Advance(pending.ExpiresAt - cluster.Now + TimeSpan.FromMinutes(6));
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.View(guardian.Token.SecretDigest));
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("guardian-invitation", guardian.Token.Id));
    }

    [Theory]
    [InlineData(IdentityVerdict.Mismatch, IdentityReason.Mismatch)]
    [InlineData(IdentityVerdict.NotFound, IdentityReason.NotFound)]
    public async Task What_the_check_refuses_is_refused_and_another_document_may_follow(IdentityVerdict verdict, IdentityReason reason)
    {
        cluster.Check.AnswersAlways(verdict);
        var (_, guardian) = await Proven();
        var view = await Submit(guardian, guardian.Document());
        Assert.Equal((IdentityState.Refused, reason), (view.Identity!.State, view.Identity.Reason));
        cluster.Check.Answers = _ => Task.FromResult(ScriptedCheck.Match);
        Assert.Equal(IdentityState.Verified, (await Submit(guardian, guardian.Document())).Identity!.State);
    }

    [Theory, InlineData(5, true), InlineData(6, false)]
    public async Task An_invitation_has_five_tries_a_day(int checks, bool taken)
    {
        cluster.Check.AnswersAlways(IdentityVerdict.Mismatch);
        var (_, guardian) = await Proven();
        for (var i = 1; i < checks; i++) await Submit(guardian, guardian.Document());
        var last = await guardian.Invitation.SubmitIdentity(guardian.Document());
        Assert.Equal(taken ? null : RefusalCode.TooManyAttempts, last.Refusal?.Code);
    }

    [Fact]
    public async Task The_name_that_was_proven_is_the_one_that_binds()
    {
        var (_, guardian) = await Proven();
        await Submit(guardian, guardian.Document());
        Refused(RefusalCode.GuardianNameDiffers, await guardian.Invitation.Accept(guardian.Word() with { Name = "Somebody Else" }));
        Granted(await guardian.Invitation.Accept(guardian.Word()));
    }

    [Fact]
    public async Task The_state_network_ID_proves_a_guardian_without_name_and_number_once_it_confirms_the_age__L_11()
    {
        var (_, guardian) = await Proven();
        var byNetworkId = guardian.Document() with { Submission = ByNetworkId(birth: guardian.Born(40)) };
        cluster.Check.Answers = _ => Task.FromResult(new IdentityAnswer { Verdict = IdentityVerdict.Match, Subject = NewId() });
        Assert.Equal(IdentityReason.BirthDateUnconfirmed, (await Submit(guardian, byNetworkId)).Identity!.Reason);
        cluster.Check.Answers = _ => Task.FromResult(new IdentityAnswer { Verdict = IdentityVerdict.Match, Subject = NewId(), BirthDateMatches = true });
        var view = await Submit(guardian, guardian.Document() with { Submission = ByNetworkId(birth: guardian.Born(40)) });
        Assert.Equal((IdentityState.Verified, null, null), (view.Identity!.State, view.Identity.Proof!.Last, view.Identity.Proof.Name));
        Refused(RefusalCode.GuardianNameDiffers, await guardian.Invitation.Accept(guardian.Word() with { Name = null })); // nothing proved one
        Granted(await guardian.Invitation.Accept(guardian.Word()));
    }

    [Fact]
    public async Task A_guardian_who_declines_leaves_nothing_of_the_document()
    {
        var (_, guardian) = await Proven();
        await Submit(guardian, guardian.Document());
        Granted(await guardian.Invitation.Decline(guardian.No()));
        var row = new KeptRow<GuardianInvitation>();
        await cluster.State.ReadStateAsync("guardian-invitation", GrainId.Create("guardian-invitation", guardian.Token.Id), row);
        Assert.Equal((null, null, null), (row.State.Identity, row.State.IdentityConsent, row.State.Proven));
    }

    private async Task<(Registrant Minor, Guardian Guardian)> Proven()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        await guardian.Reads().Proves();
        return (minor, guardian);
    }

    private static async Task<InvitationView> Submit(Guardian guardian, SubmitGuardianIdentity document) => Granted(await guardian.Invitation.SubmitIdentity(document));
}
