using AiCloud.Accounts;
using AiCloud.Objections;
using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Contacts;

/// <summary>"This was not me" (C2.1f, C2.4c).</summary>
public sealed class ObjectionTests(ContactsFixture cluster) : IClassFixture<ContactsFixture>, IDisposable
{
    public void Dispose() => cluster.ContactSteps.At = null;

    [Fact]
    public async Task The_owner_objects_to_a_replaced_contact_and_gets_it_back_and_the_thief_is_out()
    {
        var owner = await cluster.NewOwner();
        var thiefs = await owner.Add((await owner.List())[0].Id);
        var proof = owner.Objection(owner.Person.IdentifierKey);
        Assert.Equal((AlarmKind.ContactReplaced, (DateTimeOffset?)null), (Granted(await owner.Objections.Alarm(proof)).Kind, Granted(await owner.Objections.Alarm(proof)).ObjectedAt));
        cluster.Clock.Advance(TimeSpan.FromDays(13));
        var objected = Granted(await owner.Objections.Object(proof));
        Assert.Equal((cluster.Now, cluster.Now + TimeSpan.FromHours(72), true), (objected.ObjectedAt, objected.ProtectedUntil, objected.PasswordDropped));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
        Assert.Equal(owner.Person.Account, (await owner.Person.Identifier.Standing()).Owner);
        Assert.Null((await owner.Identifier(thiefs).Standing()).Owner);
        Refused(RefusalCode.NotFound, await owner.Person.AccountActor.View(owner.Person.Session));
        Assert.Null((await owner.Person.AccountActor.Credential()).PasswordHash);
    }

    [Fact]
    public async Task A_thief_who_adds_his_own_contact_and_then_removes_the_owners_loses_both_by_the_first_notice()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        var first = owner.Objection(owner.Person.IdentifierKey);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Granted(await owner.Remove((await owner.List()).Single(contact => contact.Masked == owner.Person.Contact.Masked && contact.Id == (ContactIdOf(owner))).Id));
        Assert.DoesNotContain(owner.Person.IdentifierKey, await owner.Keys());
        Granted(await owner.Objections.Object(first));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
    }

    [Fact]
    public async Task A_repeated_objection_answers_what_was_done_and_does_nothing_again()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        var proof = owner.Objection(owner.Person.IdentifierKey);
        var first = Granted(await owner.Objections.Object(proof));
        await cluster.Forget(owner.Objections);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first, Granted(await owner.Objections.Object(proof)));
    }

    [Fact]
    public async Task Another_secret_or_a_notice_fourteen_days_old_is_answered_as_if_there_were_nothing()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        var proof = owner.Objection(owner.Person.IdentifierKey);
        Refused(RefusalCode.NotFound, await owner.Objections.Object(proof with { SecretDigest = new byte[32] }));
        Refused(RefusalCode.NotFound, await owner.Objections.Object(proof with { Alarm = NewId() }));
        cluster.Clock.Advance(TimeSpan.FromDays(14));
        Refused(RefusalCode.NotFound, await owner.Objections.Object(proof));
        Assert.Equal(2, (await owner.Keys()).Length);
    }

    [Fact]
    public async Task While_protected_nothing_is_changed_and_then_it_may_be_again()
    {
        var owner = await cluster.NewOwner();
        await owner.Add();
        Granted(await owner.Objections.Object(owner.Objection(owner.Person.IdentifierKey)));
        var begin = new BeginContact { Challenge = NewId(), IdentifierKey = owner.KeyOf(Owner.NewContact()) };
        var session = await SignInAnew(owner);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Refused(RefusalCode.AccountProtected, await owner.Contacts.BeginContact(session, begin));
        Refused(RefusalCode.AccountProtected, await owner.Contacts.RemoveContact(session, (await owner.State()).Contacts.Select(contact => ContactIds.Of(owner.Key, contact)).First(), Owner.Call()));
    }

    [Theory]
    [InlineData(ContactStep.Named)]
    [InlineData(ContactStep.Held)]
    [InlineData(ContactStep.Owned)]
    [InlineData(ContactStep.Kept)]
    [InlineData(ContactStep.Relinquished)]
    public async Task An_objection_that_crashes_is_carried_through(ContactStep step)
    {
        var owner = await cluster.NewOwner();
        var thiefs = await owner.Add((await owner.List())[0].Id);
        cluster.ContactSteps.At = reached => reached == step ? throw new InvalidOperationException("The process is gone.") : ValueTask.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => owner.Objections.Object(owner.Objection(owner.Person.IdentifierKey)));
        cluster.ContactSteps.At = null;
        await cluster.Forget(owner.Objections);
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await cluster.Wake();
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
        Assert.Equal(owner.Person.Account, (await owner.Person.Identifier.Standing()).Owner);
        Assert.Null((await owner.Identifier(thiefs).Standing()).Owner);
        Assert.Empty((await owner.State()).Sessions);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_sign_in_with_another_client_is_told_to_every_contact__C2_4c(bool other, int notices)
    {
        var owner = await cluster.NewOwner();
        var session = NewSession(NewId());
        Granted(await owner.Person.AccountActor.SignIn(new SignIn
        {
            Operation = NewId(), Session = other ? session with { Client = "Another, elsewhere" } : session, MatchedHash = owner.Person.PasswordHash,
            Network = owner.Person.Network, Site = "https://accounts.example.com", IdentifierKey = owner.Person.IdentifierKey,
        }));
        Assert.Equal(notices, owner.Notices(owner.Person.IdentifierKey));
        if (!other) return;
        Granted(await owner.Objections.Object(owner.Objection(owner.Person.IdentifierKey)));
        Assert.Empty((await owner.State()).Sessions);
    }

    [Fact]
    public async Task Proving_a_contact_anew_before_objecting_hands_the_account_to_no_thief__C2_4c()
    {
        var owner = await cluster.NewOwner();
        var thiefs = await owner.Add();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.ProveAnew(owner.Person.Contact);
        Granted(await owner.Objections.Object(owner.Objection(owner.Person.IdentifierKey)));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
        Assert.Equal(owner.Person.Account, (await owner.Person.Identifier.Standing()).Owner);
        Assert.Null((await owner.Identifier(thiefs).Standing()).Owner);
        // The owner sets a password by the contact that was always theirs; what is protected is protected from the other.
        Assert.True(Granted(await owner.Reset(owner.Person.Contact)).Allowed);
    }

    [Fact]
    public async Task A_contact_proven_anew_after_the_instant_in_dispute_and_then_replaced_comes_back__C2_4c()
    {
        var owner = await cluster.NewOwner();
        Granted(await owner.SignsIn("The thief's"));
        var proof = owner.Objection(owner.Person.IdentifierKey);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.ProveAnew(owner.Person.Contact);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var thiefs = await owner.Add((await owner.List())[0].Id);
        Granted(await owner.Objections.Object(proof));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
        Assert.Null((await owner.Identifier(thiefs).Standing()).Owner);
    }

    [Fact]
    public async Task A_thief_who_proves_their_own_contact_again_and_again_is_still_out__C2_4c()
    {
        var owner = await cluster.NewOwner();
        var thiefs = await owner.Add();
        var proof = owner.Objection(owner.Person.IdentifierKey);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.ProveAnew(thiefs);
        Granted(await owner.Objections.Object(proof));
        Assert.Equal([owner.Person.IdentifierKey], await owner.Keys());
    }

    [Fact]
    public async Task In_rows_that_do_not_say_when_a_contact_came_it_came_when_it_was_proven_and_no_later_proof_changes_that()
    {
        var owner = await cluster.NewOwner();
        var came = cluster.Now - TimeSpan.FromMinutes(1);
        await cluster.Forget(owner.Contacts);
        await cluster.Rewrite<AccountState>("account", owner.Key, state => state with { Contacts = [state.Contacts[0] with { AddedAt = null, ProvenAt = came }] });
        await owner.ProveAnew(owner.Person.Contact);
        var contact = (await owner.State()).Contacts.Single();
        Assert.Equal((came, cluster.Now), (contact.AddedAt!.Value, contact.ProvenAt));
    }

    [Fact]
    public async Task A_message_about_a_change_has_no_link_when_the_sites_address_is_not_certain()
    {
        var owner = await cluster.NewOwner();
        Granted(await owner.Contacts.AddContact(owner.Person.Session, await owner.Proven(Owner.NewContact()), new SiteCall { Operation = NewId() }));
        Assert.DoesNotContain("http", cluster.Delivery.Notices.Last(notice => notice.IdentifierKey == owner.Person.IdentifierKey).Text);
    }

    [Fact]
    public async Task A_completion_repeated_while_the_owner_objects_opens_no_session_by_the_password_that_was_dropped__C2_4c()
    {
        var owner = new Owner(cluster, await cluster.NewPerson().Prove());
        Granted(await owner.Person.Complete("once"));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.Add();
        var (repeat, proof) = (owner.Person.Completion("once"), owner.Objection(owner.Person.IdentifierKey));
        Assert.True(Granted(await owner.Person.Registration.Prepare(repeat)).AlreadyDone);
        var matched = (await owner.Person.AccountActor.Credential()).PasswordHash; // the gateway checks the password against it, and meanwhile
        Granted(await owner.Objections.Object(proof));
        Refused(RefusalCode.IdempotencyKeyReused, await owner.Person.Registration.Commit(repeat, owner.Person.Credential(hashed: false) with { MatchedHash = matched }));
        Assert.Empty((await owner.State()).Sessions);
    }

    private static string ContactIdOf(Owner owner) => ContactIds.Of(owner.Key, owner.Person.IdentifierKey);

    // The password is gone; a session that the person opens by other means is written behind the actor's back.
    private async Task<SessionProof> SignInAnew(Owner owner)
    {
        var id = NewId();
        await cluster.Forget(owner.Contacts);
        await cluster.Rewrite<AccountState>("account", owner.Key, state => state with
        {
            Sessions = [new StoredSession { Id = id, SecretDigest = ProofOf(id).SecretDigest, Operation = id, AuthenticatedAt = cluster.Now + TimeSpan.FromMinutes(1), ExpiresAt = cluster.Now + TimeSpan.FromDays(1),
                LastSeen = DateOnly.FromDateTime(cluster.Now.UtcDateTime), Client = [], Methods = ["otp"] }],
        });
        return ProofOf(id);
    }
}
