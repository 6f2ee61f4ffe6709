using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Identifiers;
using AiCloud.Objections;
using AiCloud.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>Adding, replacing and removing contacts: named, held, owned, kept (C2.1f).</summary>
internal sealed partial class AccountGrain : IAccountContacts
{
    private AccountSecurityOptions SecurityLimits => ServiceProvider.GetRequiredService<IOptions<AccountSecurityOptions>>().Value;
    private IContactSteps ContactSteps => ServiceProvider.GetRequiredService<IContactSteps>();

    public Task<Outcome<ContactBegun>> BeginContact(SessionProof proof, BeginContact request, CancellationToken cancellation) =>
        SignedRecently<ContactBegun>(proof, async (session, next) =>
        {
            var now = clock.GetUtcNow();
            var (begun, refusal) = ContactChanges.Begin(Id, next.With(next.Security.Forgotten(now)), request, session.Id, SecurityLimits, now);
            await Keep(stored, begun);
            return refusal is { } no ? no : new ContactBegun { Locale = State.Locale };
        }, cancellation, AccountLimits.Contacts);

    public Task<Outcome<AccountView>> AddContact(SessionProof proof, ChallengeProven proven, SiteCall call, CancellationToken cancellation) =>
        Signed<AccountView>(proof, async (_, next) =>
        {
            var now = clock.GetUtcNow();
            await Keep(stored, next);
            if (SpentChallenges.Refuse(proven, ChallengePurpose.NewContact, SubjectOf(Id, proof), now) is { } refusal) return refusal;
            if (!State.Spent.Has(proven))
            {
                // One at a time: what another call left half-way is decided first.
                if (State.Security.Arriving is { } other && other.Operation != proven.Challenge) await DecideArriving(other, cancellation);
                if (State.Security.Wishes.FirstOrDefault(wish => wish.Challenge == proven.Challenge && wish.IdentifierKey == proven.IdentifierKey) is not { } wish) return RefusalCode.NotFound;
                if (State.Security.IsProtected(now)) return RefusalCode.AccountProtected;
                var replaces = State.Contacts.Any(contact => contact.IdentifierKey == wish.Replaces) ? wish.Replaces : null;
                if (replaces is null && State.Contacts.Length >= SecurityLimits.ContactsMax) return RefusalCode.TooManyContacts;
                if (AlarmBudget.RefuseChange(State.Security, SecurityLimits, now) is { } spent) return spent;
                var contact = new StoredContact(proven.Contact.Kind, proven.IdentifierKey, vault.SealContact(Id, State, proven.Contact), proven.ProvenAt);
                if (await Arrive(new ArrivingContact(proven.Challenge, contact, replaces, proven.Network, call.Site, now + ArrivingFor), cancellation) is { } taken) return taken;
            }
            await FinishContacts(cancellation); // also what an earlier call's crash left
            return ViewNow(await documents.Get(cancellation), clock.GetUtcNow());
        }, cancellation, AccountLimits.Contacts);

    public Task<Outcome<AccountView>> RemoveContact(SessionProof proof, string contact, SiteCall call, CancellationToken cancellation) =>
        SignedRecently<AccountView>(proof, async (_, next) =>
        {
            var now = clock.GetUtcNow();
            await Keep(stored, next);
            if (State.Security.Leaving.All(left => left.Operation != call.Operation))
            {
                if (State.Security.Arriving is { } arriving) await DecideArriving(arriving, cancellation);
                if (State.Security.IsProtected(now)) return RefusalCode.AccountProtected;
                if (State.Contacts.FirstOrDefault(each => ContactIds.Of(Id, each) == contact) is not { } leaving)
                {
                    if (State.Security.Leaving.All(left => ContactIds.Of(Id, left.Contact) != contact)) return RefusalCode.NotFound;
                    // Removed before, and the answer was lost: removing what has left is no error.
                    await FinishContacts(cancellation);
                    return ViewNow(await documents.Get(cancellation), clock.GetUtcNow());
                }
                if (State.Contacts.Length < 2) return RefusalCode.LastContact;
                if (AlarmBudget.RefuseChange(State.Security, SecurityLimits, now) is { } spent) return spent;
                var left = ContactChanges.Left(State, leaving.IdentifierKey, call.Operation, SecurityLimits.ContactReservedFor, now);
                await Keep(stored, WithAlarm(left, AlarmKind.ContactRemoved, call.Operation, call.Site, now, State.Contacts));
                await ContactSteps.Reached(ContactStep.Kept);
            }
            await FinishContacts(cancellation);
            return ViewNow(await documents.Get(cancellation), clock.GetUtcNow());
        }, cancellation, AccountLimits.Contacts);

    public Task<Outcome<FactsView>> Facts(SessionProof proof, CancellationToken cancellation) => SignedRecently<FactsView>(proof, async (_, next) =>
    {
        await Keep(stored, next);
        return vault.FactsOf(Id, State);
    }, cancellation);

    private Guid Account => Guid.ParseExact(Id, "N");
    private TimeSpan ArrivingFor => ServiceProvider.GetRequiredService<IOptions<RegistrationOptions>>().Value.HoldDuration + TimeSpan.FromSeconds(10);

    /// <summary>
    /// Named → held → owned → kept. The account names the contact before anybody is asked, so that at every instant an owned contact is named by its
    /// account; a crash in between is settled by whoever comes next, at the latest by the due-sweeper.
    /// </summary>
    private async Task<RefusalCode?> Arrive(ArrivingContact arriving, CancellationToken cancellation)
    {
        await Keep(stored, State.With(State.Security with { Arriving = arriving }));
        await ContactSteps.Reached(ContactStep.Named);
        var identifier = GrainFactory.GetGrain<IIdentifierGrain>(arriving.Contact.IdentifierKey);
        var hold = new HoldRequest { Operation = arriving.Operation, Account = Account, Network = arriving.Network };
        var status = (await Repeatable.Call(() => identifier.Hold(hold, cancellation))).Status;
        if (status == HoldStatus.Held)
        {
            await ContactSteps.Reached(ContactStep.Held);
            status = (await Repeatable.Call(() => identifier.Own(arriving.Operation, Account, cancellation))).Status; // the only commit point
        }
        if (status == HoldStatus.OwnedByYou)
        {
            await ContactSteps.Reached(ContactStep.Owned);
            await Land(arriving);
            return null;
        }
        await Keep(stored, ContactChanges.GivenUp(State, arriving));
        return status switch
        {
            HoldStatus.OwnedByOther => RefusalCode.ContactTaken,
            HoldStatus.ReservedForOther => RefusalCode.ContactReserved,
            _ => RefusalCode.ContactBusy,
        };
    }

    private async Task Land(ArrivingContact arriving)
    {
        var now = clock.GetUtcNow();
        var next = ContactChanges.Arrived(State, arriving, SecurityLimits, now);
        var kind = arriving.Replaces is null ? AlarmKind.ContactAdded : AlarmKind.ContactReplaced;
        // Told are those that stood before: the new one is whoever asked.
        await Keep(stored, arriving.Undo ? next : WithAlarm(next, kind, arriving.Operation, arriving.Site, now, State.Contacts));
        await ContactSteps.Reached(ContactStep.Kept);
    }

    /// <summary>Decides a contact half-way, as the due-sweeper would: owned, it lands; else its hold is given up, after which it can be owned no more.</summary>
    private async Task DecideArriving(ArrivingContact arriving, CancellationToken cancellation)
    {
        if (arriving.Undo)
        {
            await Arrive(arriving, cancellation); // what an objection brings back is not given up
            return;
        }
        var identifier = GrainFactory.GetGrain<IIdentifierGrain>(arriving.Contact.IdentifierKey);
        var released = await Repeatable.Call(() => identifier.Release(arriving.Operation, Account, cancellation));
        if (released.Status == HoldStatus.OwnedByYou) await Land(arriving);
        else await Keep(stored, ContactChanges.GivenUp(State, arriving));
    }

    /// <summary>What follows once a change is kept: actors of contacts that left learn it, contacts are told, and the account keeps that both is done.</summary>
    private async Task FinishContacts(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (leaving, alarms) = (State.Security.Leaving.Where(left => !left.Released).ToArray(), State.Security.Alarms.Where(alarm => alarm.IsToBeSent(now)).ToArray());
        if (leaving.Length == 0 && alarms.Length == 0) return;
        foreach (var left in leaving)
        {
            var identifier = GrainFactory.GetGrain<IIdentifierGrain>(left.Contact.IdentifierKey);
            await Repeatable.Call(() => identifier.Relinquish(Account, left.ReservedUntil, cancellation));
        }
        if (leaving.Length > 0) await ContactSteps.Reached(ContactStep.Relinquished);
        var untold = await Send(alarms);
        await ContactSteps.Reached(ContactStep.Told);
        await Keep(stored, State.With(State.Security with
        {
            Leaving = [.. State.Security.Leaving.Select(left => leaving.Contains(left) ? left with { Released = true } : left)],
            Alarms = [.. State.Security.Alarms.Select(alarm => untold.TryGetValue(alarm.Id, out var keys) ? alarm.Tried(keys, clock.GetUtcNow() + TryAgainAfter) : alarm)],
        }));
        await ContactSteps.Reached(ContactStep.Recorded);
        await TellGuardian(cancellation);
    }

    private async Task DoContactsDue(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.Security.Arriving is { } arriving && arriving.Until <= now) await DecideArriving(arriving, cancellation);
        if (State.Security.Undoing is not null) await Undo(cancellation);
        await FinishContacts(cancellation);
        var forgotten = State.Security.Forgotten(now);
        if (!ReferenceEquals(forgotten, State.Security)) await Keep(stored, State.With(forgotten));
    }
}
