using AiCloud.Challenges;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Services;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>Registering at 16 and 17 (C2.1b): who may say what with which token, and what a crash or a lost answer costs.</summary>
public sealed class GuardianTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_minor_registers_once_the_guardian_has_agreed_and_not_before()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        var invited = Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Assert.Equal((RegistrationState.AwaitingGuardian, cluster.Now + TimeSpan.FromHours(72), InvitationState.Open), (invited.State, invited.ExpiresAt, invited.Guardian!.State));
        Refused(RefusalCode.GuardianPending, await minor.Complete());

        await guardian.Reads().Proves();
        Refused(RefusalCode.GuardianPending, await minor.Complete());
        Granted(await guardian.Invitation.Accept(guardian.Word()));

        var agreed = Granted(await minor.View());
        Assert.Equal((RegistrationState.Verified, InvitationState.Accepted), (agreed.State, agreed.Guardian!.State));
        Granted(await minor.Complete());
        var guardianship = Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session));
        Assert.Equal((GuardianshipState.Standing, GuardianRelationship.Father, GuardianAssurance.Contact), (guardianship.State, guardianship.Relationship, guardianship.Assurance));
        Assert.Equal(Age.Reaches(minor.BirthDate, 18), guardianship.Until);
    }

    // The attack: everything that the minor's token reaches is tried, and none of it can say yes. The guardian's token is in no answer to the minor.
    [Fact]
    public async Task C2_1b_nothing_sent_with_the_minors_token_can_accept()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        var view = Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Assert.DoesNotContain("gin.", System.Text.Json.JsonSerializer.Serialize(view), StringComparison.Ordinal);
        guardian.Reads();
        var mine = guardian.Word() with { Proof = minor.Proof };
        Refused(RefusalCode.NotFound, await guardian.Invitation.View(minor.Proof));
        Refused(RefusalCode.NotFound, await guardian.Invitation.Contact(minor.Proof, null));
        Refused(RefusalCode.NotFound, await guardian.Invitation.Accept(mine));
        Refused(RefusalCode.NotFound, await guardian.Invitation.Decline(guardian.No() with { Proof = minor.Proof }));
        // A code proven for something else, be it by the minor with their own phone or for signing in, is none for this invitation.
        var own = new Guardian(cluster);
        var id = DerivedIds.New(new CryptographicRandomness());
        foreach (var proven in new[] { await own.Code(own.Contact, GuardianSubjects.SignIn(id), id), await own.Code(own.Contact, GuardianSubjects.Invitation("another")) })
            Refused(RefusalCode.NotFound, await guardian.Invitation.Proven(guardian.Token.SecretDigest, proven));
        // Nor is a contact other than the invited one, even with the guardian's token and for this invitation.
        Refused(RefusalCode.GuardianPhoneNeeded, await guardian.Invitation.Proven(guardian.Token.SecretDigest, await own.Code(own.Contact, GuardianSubjects.Invitation(guardian.Token.Id))));
        Refused(RefusalCode.NotVerified, await guardian.Invitation.Accept(guardian.Word()));
        Refused(RefusalCode.GuardianPending, await minor.Complete());
        Refused(RefusalCode.GuardianPending, await minor.Registration.Commit(minor.Completion(), minor.Credential()));
        Assert.Null((await minor.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task C2_1b_a_second_address_of_the_minors_own_does_not_do()
    {
        var minor = await cluster.NewMinor();
        Refused(RefusalCode.GuardianContactSame, await cluster.Guarded(minor).Invite(new Guardian(cluster, minor.Contact).InvitedBy(minor)));
        // Another spelling of it is the same contact.
        var spelt = new Identifier(IdentifierKind.Email, minor.Contact.Address.ToUpperInvariant().Replace("EXAMPLE.COM", "example.com", StringComparison.Ordinal));
        Refused(RefusalCode.GuardianContactSame, await cluster.Guarded(minor).Invite(new Guardian(cluster, spelt).InvitedBy(minor)));
        // A second mailbox can be invited, but then a phone has to be proven, and a mailbox is none.
        var mailbox = new Guardian(cluster, new Identifier(IdentifierKind.Email, $"{NewId()}@example.com"));
        Granted(await cluster.Guarded(minor).Invite(mailbox.InvitedBy(minor)));
        Assert.True(Granted(await mailbox.Reads().Invitation.View(mailbox.Token.SecretDigest)).NeedsPhone);
        Refused(RefusalCode.GuardianPhoneNeeded, await mailbox.Invitation.Contact(mailbox.Token.SecretDigest, null));
        Refused(RefusalCode.GuardianPhoneNeeded, await mailbox.Invitation.Contact(mailbox.Token.SecretDigest, mailbox.Contact));
        var phone = new Guardian(cluster).Contact;
        await mailbox.Proves(phone);
        Granted(await mailbox.Invitation.Accept(mailbox.Word()));
        Granted(await minor.Complete());
    }

    [Fact]
    public async Task C2_1b_on_the_guardians_page_too_the_minors_own_phone_is_refused()
    {
        var minor = await cluster.NewPerson(new Identifier(IdentifierKind.Phone, "+8613712345678")).Prove();
        minor.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-16);
        Refused(RefusalCode.GuardianRequired, await minor.Complete());
        var mailbox = new Guardian(cluster, new Identifier(IdentifierKind.Email, "parent.of.phone@example.com"));
        Granted(await cluster.Guarded(minor).Invite(mailbox.InvitedBy(minor)));
        Refused(RefusalCode.GuardianContactSame, await mailbox.Reads().Invitation.Contact(mailbox.Token.SecretDigest, new GuardianContact { Contact = minor.Contact, IdentifierKey = minor.IdentifierKey }));
    }

    [Fact]
    public async Task Whoever_needs_no_guardian_or_has_not_said_so_yet_cannot_invite_one()
    {
        var unsaid = await cluster.NewPerson().Prove();
        Refused(RefusalCode.GuardianNotNeeded, await cluster.Guarded(unsaid).Invite(new Guardian(cluster).InvitedBy(unsaid)));
        var adult = await cluster.NewPerson().Prove();
        await adult.Registration.Prepare(adult.Completion()); // the birth date is stated by now
        Refused(RefusalCode.GuardianNotNeeded, await cluster.Guarded(adult).Invite(new Guardian(cluster).InvitedBy(adult)));
        var unproven = cluster.NewPerson();
        Granted(await unproven.Start());
        Refused(RefusalCode.NotVerified, await cluster.Guarded(unproven).Invite(new Guardian(cluster).InvitedBy(unproven)));
    }

    [Fact]
    public async Task Three_invitations_and_no_fourth_and_each_takes_the_place_of_the_one_before()
    {
        var minor = await cluster.NewMinor();
        var guardians = new[] { new Guardian(cluster), new Guardian(cluster), new Guardian(cluster), new Guardian(cluster) };
        foreach (var guardian in guardians[..3]) Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Refused(RefusalCode.GuardianLimit, await cluster.Guarded(minor).Invite(guardians[3].InvitedBy(minor)));
        Assert.Empty(guardians[3].Messages);
        Refused(RefusalCode.InvitationExpired, await guardians[0].Reads().Invitation.View(guardians[0].Token.SecretDigest));
        await guardians[2].Agrees();
        Granted(await minor.Complete());
    }

    [Fact]
    public async Task Invitations_count_in_the_budget_of_the_contact_they_go_to()
    {
        var guardian = new Guardian(cluster);
        var invited = 0;
        RefusalCode? refusal = null;
        while (refusal is null && invited < 20)
        {
            var minor = await cluster.NewMinor();
            refusal = (await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor))).Refusal?.Code;
            if (refusal is null) invited++;
        }
        Assert.Equal((RefusalCode.GuardianLimit, 5), (refusal, invited)); // five an hour, as for any message
    }

    [Fact]
    public async Task A_repeated_invitation_sends_nothing_again_also_after_a_crash_between_its_two_writes()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        var request = guardian.InvitedBy(minor, "op");
        Granted(await cluster.Guarded(minor).Invite(request));
        await cluster.Forget(minor.Registration, guardian.Reads().Invitation);
        Granted(await cluster.Guarded(minor).Invite(request));
        Assert.Single(guardian.Messages);
        Refused(RefusalCode.IdempotencyKeyReused, await cluster.Guarded(minor).Invite(request with { Fingerprint = "another" }));

        // Kept by the attempt, and the invitation's own write failed: the repeat sends the one message.
        var second = new Guardian(cluster);
        var id = new DerivedIds(cluster.Ring).FromIdempotencyKey($"{Accounts.AccountKeys.Of(await Account(minor))}/2", "guardian-invitation");
        cluster.Faults.FailNext("guardian-invitation", id, Storage.WriteFault.Before);
        cluster.Faults.FailNext("guardian-invitation", id, Storage.WriteFault.Before);
        var again = second.InvitedBy(minor, "op-2");
        await Assert.ThrowsAsync<OrleansException>(() => cluster.Guarded(minor).Invite(again));
        Granted(await cluster.Guarded(minor).Invite(again));
        Assert.Single(second.Messages);
        await second.Agrees();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Unanswered_for_72_hours_the_attempt_lapses_with_everything(int milliseconds, bool stands)
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        cluster.Clock.Advance(TimeSpan.FromHours(72) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(stands ? null : RefusalCode.RegistrationExpired, (await minor.View()).Refusal?.Code);
        Assert.Equal(stands ? null : RefusalCode.InvitationExpired, (await guardian.Reads().Invitation.View(guardian.Token.SecretDigest)).Refusal?.Code);
        if (stands) return;
        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("registration", minor.Id));
        Assert.False(await cluster.HasRow("guardian-invitation", guardian.Token.Id));
    }

    [Fact]
    public async Task A_guardian_who_agrees_late_leaves_the_minor_as_long_again_to_complete()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        cluster.Clock.Advance(TimeSpan.FromHours(71));
        await guardian.Agrees();
        await cluster.Guarded(minor).GuardianAnswered();
        Assert.Contains(cluster.Delivery.Notices, notice => notice.IdentifierKey == minor.IdentifierKey && notice.Text.Contains("your guardian has agreed", StringComparison.Ordinal));
        cluster.Clock.Advance(TimeSpan.FromHours(71));
        Granted(await minor.Complete());
    }

    [Fact]
    public async Task I_do_not_agree_takes_the_invitation_along()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        await guardian.Agrees();
        Granted(await minor.Registration.Erase(minor.Proof));
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.View(guardian.Token.SecretDigest));
        Assert.False(await cluster.HasRow("guardian-invitation", guardian.Token.Id));
    }

    [Fact]
    public async Task A_guardian_who_declines_leaves_room_for_another()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Granted(await guardian.Reads().Invitation.Decline(guardian.No()));
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Accept(guardian.Word()));
        Refused(RefusalCode.GuardianRequired, await minor.Complete());
        Assert.Equal((InvitationState.Declined, 2), (Granted(await minor.View()).Guardian!.State, Granted(await minor.View()).Guardian!.InvitationsLeft));
        await new Guardian(cluster).Let(other => cluster.Guarded(minor).Invite(other.InvitedBy(minor)));
    }

    [Fact]
    public async Task I_dont_know_this_person_ends_the_attempt_and_blocks_repeats_for_a_time()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Granted(await guardian.Reads().Invitation.Decline(guardian.No(unknown: true)));
        await cluster.Guarded(minor).GuardianAnswered();
        Refused(RefusalCode.RegistrationExpired, await minor.View());
        Assert.False(await cluster.HasRow("registration", minor.Id));

        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(2));
        minor.BeginAnew();
        await minor.Prove();
        minor.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-17);
        Refused(RefusalCode.GuardianRequired, await minor.Complete());
        Refused(RefusalCode.GuardianLimit, await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        // Of somebody else the same contact may still be invited, and once the time is over of this one too.
        await Invite(guardian, await cluster.NewMinor());
        cluster.Clock.Advance(TimeSpan.FromMinutes(3));
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
    }

    [Fact]
    public async Task Of_many_acceptances_at_once_a_contact_takes_as_many_minors_as_it_may()
    {
        var phone = new Guardian(cluster).Contact;
        var invitations = new List<Guardian>();
        for (var i = 0; i < 9; i++)
        {
            // Nine mailboxes, one phone: its own budget of invitations is not what limits here.
            var mailbox = new Guardian(cluster, new Identifier(IdentifierKind.Email, $"{NewId()}@example.com"));
            await Invite(mailbox, await cluster.NewMinor());
            mailbox.Reads();
            Granted(await mailbox.Invitation.Proven(mailbox.Token.SecretDigest, Proven(phone, GuardianSubjects.Invitation(mailbox.Token.Id))));
            invitations.Add(mailbox);
        }
        var outcomes = await Task.WhenAll(invitations.Select(guardian => guardian.Invitation.Accept(guardian.Word())));
        Assert.Equal(5, outcomes.Count(outcome => outcome.Value is not null));
        Assert.All(outcomes.Where(outcome => outcome.Value is null), outcome => Refused(RefusalCode.WardLimit, outcome));
    }

    [Fact]
    public async Task A_repeated_acceptance_is_one_and_another_body_under_its_key_is_refused()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Reads().Proves();
        Refused(RefusalCode.DeclarationMissing, await guardian.Invitation.Accept(guardian.Word() with { DeclaresAdult = false }));
        Refused(RefusalCode.DeclarationMissing, await guardian.Invitation.Accept(guardian.Word() with { DeclaresResponsibility = false }));
        Refused(RefusalCode.AcceptanceMissing, await guardian.Invitation.Accept(guardian.Word() with { Acceptances = [] }));
        Refused(RefusalCode.DocumentNotInForce, await guardian.Invitation.Accept(guardian.Word() with { Acceptances = [.. guardian.Word().Acceptances.Select(text => text with { Version = "0.9" })] }));
        Granted(await guardian.Invitation.Accept(guardian.Word("op")));
        await cluster.Forget(guardian.Invitation);
        Granted(await guardian.Invitation.Accept(guardian.Word("op")));
        Refused(RefusalCode.IdempotencyKeyReused, await guardian.Invitation.Accept(guardian.Word("op", "another")));
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Accept(guardian.Word("op-2")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_agreed_withdraws_until_the_account_opens_and_by_their_own_session_from_then_on(bool opened)
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Agrees();
        Assert.True(Granted(await guardian.Invitation.View(guardian.Token.SecretDigest)).MayWithdraw);
        Granted(await minor.View()); // the attempt knows that they agreed
        if (opened)
        {
            Granted(await minor.Complete());
            Assert.False(Granted(await guardian.Invitation.View(guardian.Token.SecretDigest)).MayWithdraw);
            Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Decline(guardian.No()));
            Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Decline(guardian.No(unknown: true)));
            Granted(await cluster.GuardedAccount(minor).GuardianWithdraw((await guardian.SignsIn()).Session));
            return;
        }
        Assert.Equal(InvitationState.Declined, Granted(await guardian.Invitation.Decline(guardian.No(operation: "withdraw"))).State);
        Granted(await guardian.Invitation.Decline(guardian.No(operation: "withdraw")));
        Refused(RefusalCode.GuardianRequired, await minor.Complete());
        Refused(RefusalCode.GuardianRequired, await minor.Registration.Commit(minor.Completion(), minor.Credential()));
        Assert.Null((await minor.Identifier.Standing()).Owner);
        Assert.Equal(InvitationState.Declined, Granted(await minor.View()).Guardian!.State);
        // Nothing of the guardian is left, the place included, and another can be invited.
        var kept = await cluster.Kept<GuardianInvitation>("guardian-invitation", guardian.Token.Id);
        Assert.Equal((null, null, false), (kept.Binding, kept.Proven, kept.Withdrawable));
        Assert.Empty((await cluster.Kept<IdentifierState>("identifier", guardian.Contact.IdentifierKey)).Wards!.Wards);
        await Invite(new Guardian(cluster), minor);
    }

    // The race to the tick: the attempt has seen the word, and it is withdrawn before the account takes it up.
    [Fact]
    public async Task A_word_withdrawn_while_the_completion_is_under_way_opens_no_account_and_keeps_no_contact()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Agrees();
        cluster.Steps.At = async step =>
        {
            if (step == CompletionStep.Held) Granted(await guardian.Invitation.Decline(guardian.No()));
        };
        try { Refused(RefusalCode.GuardianRequired, await minor.Complete()); }
        finally { cluster.Steps.At = null; }
        Assert.Null((await minor.Identifier.Standing()).Owner);
        Assert.Equal(HoldStatus.Held, (await minor.Identifier.Hold(new HoldRequest { Operation = "another", Account = Guid.CreateVersion7(), Network = 1 })).Status);
    }

    // The word was taken up and no account came of it: it must not stay out of its giver's hands.
    [Fact]
    public async Task A_word_taken_up_by_a_completion_that_lost_the_contact_can_be_withdrawn_again()
    {
        var (minor, guardian, rival) = await Agreed();
        Refused(RefusalCode.CompletionInProgress, await CompletedBehind(rival, minor, owns: false));
        Assert.True(Granted(await guardian.Invitation.View(guardian.Token.SecretDigest)).MayWithdraw);

        // The contact is free again, and the same word opens the account.
        await minor.Identifier.Release("rival", rival);
        Granted(await minor.Complete());
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Decline(guardian.No()));
    }

    [Fact]
    public async Task Of_a_completion_that_somebody_else_overtook_nothing_of_the_guardian_is_left()
    {
        var (minor, guardian, rival) = await Agreed();
        Refused(RefusalCode.AccountExists, await CompletedBehind(rival, minor, owns: true));
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.View(guardian.Token.SecretDigest));
        Assert.Null((await cluster.Kept<GuardianInvitation>("guardian-invitation", guardian.Token.Id)).State);
    }

    private async Task<(Registrant Minor, Guardian Guardian, Guid Rival)> Agreed()
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Agrees();
        return (minor, guardian, Guid.CreateVersion7());
    }

    // Once the account is prepared, the hold lapses and somebody else takes the contact over.
    private async Task<Outcome<RegistrationCompleted>> CompletedBehind(Guid rival, Registrant minor, bool owns)
    {
        cluster.Steps.At = async step =>
        {
            if (step != CompletionStep.AccountPrepared) return;
            cluster.Clock.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal(HoldStatus.Held, (await minor.Identifier.Hold(new HoldRequest { Operation = "rival", Account = rival, Network = 1 })).Status);
            if (owns) Assert.Equal(HoldStatus.OwnedByYou, (await minor.Identifier.Own("rival", rival)).Status);
        };
        try { return await minor.Complete(); }
        finally { cluster.Steps.At = null; }
    }

    // A row that an earlier release accepted may be an open account's: there the guardian's own session is the way.
    [Fact]
    public async Task What_an_earlier_release_accepted_is_withdrawn_by_the_guardians_session_alone()
    {
        var (minor, guardian) = await cluster.SignUpMinor();
        await cluster.Forget(guardian.Invitation);
        await cluster.Rewrite<GuardianInvitation>("guardian-invitation", guardian.Token.Id, row => row with { Withdrawable = false });
        Refused(RefusalCode.InvitationExpired, await guardian.Invitation.Decline(guardian.No()));
        Assert.Equal(GuardianshipState.Standing, Granted(await cluster.GuardedAccount(minor).Guardianship(minor.Session)).State);
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("   ", null)]
    [InlineData("王", null)]
    [InlineData("Wang 2", null)]
    [InlineData("测试‮人", null)]
    [InlineData("王建", "王建")]
    [InlineData("  Wang   Jian’guo ", "Wang Jian'guo")]
    public async Task The_responsibility_is_taken_under_a_name_and_under_nothing_less(string stated, string? kept)
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Reads().Proves();
        var accepted = await guardian.Invitation.Accept(guardian.Word() with { Name = stated });
        Assert.Equal(kept is null ? RefusalCode.GuardianNameDiffers : null, accepted.Refusal?.Code);
        if (kept is not null) Assert.Equal(kept, (await guardian.Invitation.Standing()).Binding!.Name);
    }

    [Theory]
    [InlineData(Storage.WriteFault.Before)]
    [InlineData(Storage.WriteFault.After)]
    public async Task An_acceptance_whose_write_failed_is_given_again_and_takes_one_place(Storage.WriteFault fault)
    {
        var minor = await cluster.NewMinor();
        var guardian = new Guardian(cluster);
        await Invite(guardian, minor);
        await guardian.Reads().Proves();
        cluster.Faults.FailNext("guardian-invitation", guardian.Token.Id, fault);
        await Assert.ThrowsAsync<OrleansException>(() => guardian.Invitation.Accept(guardian.Word("op")));
        Granted(await guardian.Invitation.Accept(guardian.Word("op")));
        Granted(await minor.Complete());
        Assert.Single(Granted(await (await guardian.SignsIn()).ContactActor.Session(guardian.Session)).Accounts);
    }

    private ChallengeProven Proven(GuardianContact contact, string subject) => new()
    {
        Challenge = NewId(), Purpose = ChallengePurpose.Guardian, Subject = subject, Contact = contact.Contact, IdentifierKey = contact.IdentifierKey,
        ProvenAt = cluster.Now, ExpiresAt = cluster.Now + TimeSpan.FromMinutes(10), Network = 5,
    };

    private async Task Invite(Guardian guardian, Registrant minor) => Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));

    private async Task<Guid> Account(Registrant minor)
    {
        var account = Guid.Empty;
        await cluster.Rewrite<PendingRegistration>("registration", minor.Id, row =>
        {
            account = row.Account;
            return row;
        });
        await cluster.Forget(minor.Registration);
        return account;
    }
}

internal static class Letting
{
    public static async Task Let(this Guardian guardian, Func<Guardian, Task<Outcome<RegistrationView>>> act) => Granted(await act(guardian));
}
