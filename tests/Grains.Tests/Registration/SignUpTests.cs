using AiCloud.Accounts;
using AiCloud.Delivery;
using AiCloud.Documents;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>The way of one person from start to account, and what strangers, owners and the undecided hear on it.</summary>
public sealed class SignUpTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

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
            (completed.Account!.Id, completed.Account.DisplayName, completed.Account.BirthDate, completed.Account.Standing));
        Assert.Equal(person.Contact.Masked, completed.Account.Contacts.Single().Masked);
        Assert.True(completed.Session!.Current);
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
