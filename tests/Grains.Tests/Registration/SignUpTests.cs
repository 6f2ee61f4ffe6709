using AiCloud.Accounts;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>The way of one person from start to account, each refusal on both sides, and what repeats answer.</summary>
public sealed class SignUpTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_person_starts_proves_the_contact_completes_and_has_an_account_with_a_session()
    {
        var person = cluster.NewPerson();
        var started = Granted(await person.Start());
        Assert.Equal((RegistrationState.CodeSent, person.Contact.Masked, 6, 5, DeliveryState.HandedOver),
            (started.State, started.Destination, started.CodeLength, started.AttemptsLeft, started.Delivery));
        Assert.Equal((cluster.Now, cluster.Now + 5 * Minute, cluster.Now + Minute, cluster.Now + 30 * Minute),
            (started.SendsAt, started.CodeExpiresAt, started.ResendAllowedAt, started.ExpiresAt));

        var message = await cluster.Delivery.Next(person.IdentifierKey);
        Assert.Equal((MessagePurpose.Registration, "en"), (message.Purpose, message.Locale));
        var verified = Granted(await person.Verify(message.Code));
        Assert.Equal(RegistrationState.Verified, verified.State);

        var completed = Granted(await person.Complete());
        Assert.Equal((person.Account, "Somebody", "1990-**-**", AccountStanding.Good),
            (completed.Account.Id, completed.Account.DisplayName, completed.Account.BirthDate, completed.Account.Standing));
        Assert.Equal(person.Contact.Masked, completed.Account.Contacts.Single().Masked);
        Assert.True(completed.Session.Current);
        Assert.Equal(RegistrationState.Completed, Granted(await person.View()).State);
        Assert.Equal(person.Account, (await person.Identifier.Standing()).Owner);
        Assert.Equal(person.Account, Granted(await person.AccountActor.View(person.Session)).Id);
        Assert.Equal(person.PasswordHash, (await person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task The_account_keeps_what_was_accepted_with_everything_incorporated()
    {
        var person = await cluster.NewPerson().SignUp();
        var kept = Granted(await person.AccountActor.Acceptances(person.Session)).Select(view => view.Acceptance).ToArray();
        Assert.Equal(["privacy-agreement registration_start", "registration-agreement registration_completion", "privacy-agreement registration_completion"],
            kept.Select(acceptance => $"{acceptance.Document.Kind} {acceptance.Act}"));
        Assert.Equal(["violation-rules", "cancellation-rules"], kept[1].Incorporated.Select(reference => reference.Kind));
        Assert.All(kept, acceptance => Assert.Equal((AcceptanceManner.Explicit, "en", "api", person.Id, person.Network),
            (acceptance.Manner, acceptance.Language, acceptance.Channel, acceptance.Session, acceptance.Network)));
    }

    [Fact]
    public async Task Without_consent_to_the_privacy_agreement_in_force_nothing_is_kept_and_nothing_sent()
    {
        var person = cluster.NewPerson();
        var wrong = cluster.Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Reference with { Sha256 = "00" };
        Refused(RefusalCode.DocumentNotInForce, await person.Start(consent: wrong));
        Assert.Empty(cluster.Delivery.To(person.IdentifierKey));
        Assert.False(await cluster.HasRow("registration", person.Id));
        Assert.False(await cluster.HasRow("identifier", person.IdentifierKey));
    }

    [Fact]
    public async Task A_wrong_token_is_answered_as_if_there_were_nothing_whatever_is_asked()
    {
        var person = await cluster.NewPerson().Prove();
        var proof = person.Proof;
        person.Proof = new byte[32];
        Refused(RefusalCode.NotFound, await person.View());
        Refused(RefusalCode.NotFound, await person.Resend());
        Refused(RefusalCode.NotFound, await person.Verify("000000"));
        Refused(RefusalCode.NotFound, await person.Complete());
        Refused(RefusalCode.NotFound, await person.Registration.Commit(person.Completion(), person.Credential()));
        Refused(RefusalCode.NotFound, await person.Registration.Erase(person.Proof));
        person.Proof = proof;
        Assert.Equal(RegistrationState.Verified, Granted(await person.View()).State);
    }

    [Fact]
    public async Task A_repeated_start_answers_the_same_and_sends_nothing_also_from_a_fresh_activation()
    {
        var person = cluster.NewPerson();
        var first = Granted(await person.Start());
        Assert.Equal(first, Granted(await person.Start()));
        await cluster.Forget(person.Registration, person.Identifier);
        // What the channel said is lost with the activation: nobody knows any more.
        Assert.Equal(first with { Delivery = DeliveryState.Unknown }, Granted(await person.Start()));
        Refused(RefusalCode.IdempotencyKeyReused, await person.Start(fingerprint: "another body"));
        Assert.Single(cluster.Delivery.To(person.IdentifierKey));
    }

    [Fact]
    public async Task A_code_works_until_its_lifetime_ends_and_the_attempt_until_its_own()
    {
        var person = cluster.NewPerson();
        var started = Granted(await person.Start());
        var code = await person.Code();
        cluster.Clock.Advance(5 * Minute - Millisecond);
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code))).AttemptsLeft);
        cluster.Clock.Advance(Millisecond);
        Refused(RefusalCode.CodeExpired, await person.Verify(code));
        cluster.Clock.Advance(started.ExpiresAt - cluster.Now - Millisecond);
        Granted(await person.View());
        cluster.Clock.Advance(Millisecond);
        Refused(RefusalCode.RegistrationExpired, await person.View());
        Refused(RefusalCode.RegistrationExpired, await person.Resend());
        Refused(RefusalCode.RegistrationExpired, await person.Verify(code));
        Refused(RefusalCode.RegistrationExpired, await person.Complete());
        Refused(RefusalCode.RegistrationExpired, await person.Start());
    }

    [Fact]
    public async Task A_try_is_kept_before_its_answer_so_that_forgetting_the_actor_gives_none_back()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        for (var left = 4; left >= 0; left--)
        {
            Assert.Equal(left, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code))).AttemptsLeft);
            await cluster.Forget(person.Registration);
        }
        Refused(RefusalCode.CodeAttemptsExhausted, await person.Verify(code));
    }

    [Fact]
    public async Task A_repeated_answer_spends_no_second_try_also_from_a_fresh_activation()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var code = await person.Code();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(4, Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code), "wrong")).AttemptsLeft);
            await cluster.Forget(person.Registration);
        }
        Granted(await person.Verify(code, "right"));
        Assert.Equal(RegistrationState.Verified, Granted(await person.Verify(code, "right")).State);
        Assert.Equal(RegistrationState.Verified, Granted(await person.Verify(code, "another request")).State);
        Refused(RefusalCode.CodeWrong, await person.Verify(Wrong(code), "yet another"));
        Assert.Equal(RegistrationState.Verified, Granted(await person.View()).State);
    }

    [Fact]
    public async Task Another_code_may_be_asked_for_after_a_minute_and_voids_the_one_before()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var first = await person.Code();
        cluster.Clock.Advance(Minute - Millisecond);
        Refused(RefusalCode.ResendTooSoon, await person.Resend());
        cluster.Clock.Advance(Millisecond);
        Granted(await person.Resend("again"));
        Granted(await person.Resend("again")); // a repeat sends nothing
        var second = await person.Code();
        Assert.Equal(2, cluster.Delivery.To(person.IdentifierKey).Count);
        if (first != second) Refused(RefusalCode.CodeWrong, await person.Verify(first));
        Granted(await person.Verify(second));
    }

    [Fact]
    public async Task The_fifth_message_of_an_hour_from_one_place_is_refused_and_says_when_to_come_back()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        for (var i = 0; i < 3; i++)
        {
            cluster.Clock.Advance(Minute);
            Granted(await person.Resend());
        }
        cluster.Clock.Advance(Minute);
        Assert.Equal(56 * Minute, Refused(RefusalCode.SendLimit, await person.Resend()).RetryAfter);
        var stranger = cluster.NewPerson(person.Contact); // another network
        Granted(await stranger.Start());
    }

    [Fact]
    public async Task I_do_not_agree_erases_the_attempt_at_once_and_may_be_repeated()
    {
        var person = await cluster.NewPerson().Prove();
        Assert.True(await cluster.HasRow("registration", person.Id));
        Granted(await person.Registration.Erase(person.Proof));
        Assert.False(await cluster.HasRow("registration", person.Id));
        Granted(await person.Registration.Erase(person.Proof));
        Refused(RefusalCode.RegistrationExpired, await person.View());
    }

    [Fact]
    public async Task Erasing_an_attempt_and_starting_it_again_with_its_key_gives_no_message_for_free()
    {
        // The attack: the same Idempotency-Key names the same attempt, so start, erase, start … would bomb a phone if its grant were repeated.
        var person = cluster.NewPerson();
        var refused = 0;
        for (var i = 0; i < 12; i++)
        {
            if ((await person.Start()).Refusal is { Code: RefusalCode.SendLimit }) refused++;
            Granted(await person.Registration.Erase(person.Proof));
        }
        Assert.Equal(8, refused);
        cluster.Clock.Advance(10 * Minute);
        Assert.Single(cluster.Delivery.To(person.IdentifierKey)); // the others were erased before they left
    }

    [Fact]
    public async Task A_completion_before_the_contact_is_proven_is_refused()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        Refused(RefusalCode.NotVerified, await person.Complete());
        Refused(RefusalCode.NotVerified, await person.Registration.Commit(person.Completion(), person.Credential()));
    }

    [Fact]
    public async Task A_commit_that_was_not_prepared_opens_nothing()
    {
        var person = await cluster.NewPerson().Prove();
        Refused(RefusalCode.Busy, await person.Registration.Commit(person.Completion(), person.Credential()));
        Assert.Null((await person.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task Below_sixteen_the_attempt_is_refused_and_erased_at_once()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-16).AddDays(1);
        Refused(RefusalCode.UnderAge, await person.Complete());
        Assert.False(await cluster.HasRow("registration", person.Id));
        Refused(RefusalCode.RegistrationExpired, await person.Complete());
    }

    [Theory]
    [InlineData(16, RefusalCode.GuardianRequired)]
    [InlineData(18, null)]
    public async Task On_the_sixteenth_birthday_a_guardian_is_needed_and_on_the_eighteenth_none(int years, RefusalCode? refusal)
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-years);
        Assert.Equal(refusal, (await person.Complete()).Refusal?.Code);
        Assert.True(await cluster.HasRow("registration", person.Id));
    }

    [Fact]
    public async Task The_birth_date_is_stated_once_also_when_something_else_was_missing()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddYears(-17);
        Refused(RefusalCode.GuardianRequired, await person.Complete());
        await cluster.Forget(person.Registration);
        person.BirthDate = new DateOnly(1990, 1, 1); // suddenly of age
        Refused(RefusalCode.BirthDateAlreadyStated, await person.Complete());

        var another = await cluster.NewPerson().Prove();
        another.Accepts = [];
        Refused(RefusalCode.AcceptanceMissing, await another.Complete());
        another.Accepts = null;
        another.BirthDate = another.BirthDate.AddDays(1);
        Refused(RefusalCode.BirthDateAlreadyStated, await another.Complete());
        another.BirthDate = another.BirthDate.AddDays(-1);
        Granted(await another.Complete());
    }

    [Fact]
    public async Task A_birth_date_that_cannot_be_one_is_not_kept()
    {
        var person = await cluster.NewPerson().Prove();
        person.BirthDate = Age.ShanghaiDay(cluster.Now).AddDays(1);
        Refused(RefusalCode.BirthDateInvalid, await person.Complete());
        person.BirthDate = new DateOnly(1990, 1, 1);
        Granted(await person.Complete());
    }

    [Fact]
    public async Task A_repeated_completion_answers_the_same_account_with_a_fresh_session_that_voids_the_former()
    {
        var person = await cluster.NewPerson().Prove();
        var first = Granted(await person.Complete("once"));
        var voided = person.Session;
        await cluster.Forget(person.Registration, person.AccountActor, person.Identifier);
        var second = Granted(await person.Complete("once"));
        Assert.Equal(first.Account.Id, second.Account.Id);
        Refused(RefusalCode.NotFound, await person.AccountActor.View(voided));
        Assert.Single(Granted(await person.AccountActor.Sessions(person.Session)));
        Refused(RefusalCode.IdempotencyKeyReused, await person.Complete("once", "another body"));
        Refused(RefusalCode.AlreadyCompleted, await person.Complete("twice"));
    }

    [Fact]
    public async Task One_completion_at_a_time_and_the_next_may_try_when_the_first_did_not_come_back()
    {
        var person = await cluster.NewPerson().Prove();
        var first = person.Completion("one");
        Granted(await person.Registration.Prepare(first));
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("two")));
        Refused(RefusalCode.IdempotencyInProgress, await person.Registration.Prepare(person.Completion("one")));
        Granted(await person.Registration.Prepare(first)); // the gateway's own repeat

        await person.Registration.Unprepare("somebody else's");
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("two")));
        await person.Registration.Unprepare(first.Attempt);
        Granted(await person.Registration.Prepare(person.Completion("two")));
        cluster.Clock.Advance(TimeSpan.FromSeconds(15) - Millisecond);
        Refused(RefusalCode.CompletionInProgress, await person.Registration.Prepare(person.Completion("three")));
        cluster.Clock.Advance(Millisecond);
        Granted(await person.Complete("three"));
    }

    [Fact]
    public async Task The_owner_of_a_known_contact_gets_another_message_and_the_caller_no_other_answer()
    {
        var owner = await cluster.NewPerson().SignUp();
        cluster.Clock.Advance(2 * Minute);
        var again = cluster.NewPerson(owner.Contact);
        var fresh = cluster.NewPerson();
        var (toKnown, toFresh) = (Granted(await again.Start()), Granted(await fresh.Start()));
        Assert.Equal(toFresh with { Destination = "" }, toKnown with { Destination = "" });
        Assert.Equal(MessagePurpose.RegistrationOfKnown, cluster.Delivery.To(owner.IdentifierKey).Last().Purpose);

        var code = cluster.Delivery.To(owner.IdentifierKey).Last().Code;
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await again.Verify(Wrong(code))).AttemptsLeft);
        Assert.Equal(RegistrationState.CodeSent, Granted(await again.View()).State);
        Refused(RefusalCode.NotVerified, await again.Complete());
        Assert.Equal(RegistrationState.AccountExists, Granted(await again.Verify(code)).State);
        Assert.Equal(RegistrationState.AccountExists, Granted(await again.Verify(code)).State);
        Refused(RefusalCode.AccountExists, await again.Complete());
    }
}
