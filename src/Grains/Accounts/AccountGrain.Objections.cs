using System.Security.Cryptography;
using AiCloud.Contacts;
using AiCloud.Delivery;
using AiCloud.Guardians;
using AiCloud.Objections;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Accounts;

/// <summary>Notices about the account, and "this was not me" (C2.1f, C2.4c).</summary>
internal sealed partial class AccountGrain : IAccountObjections
{
    // A turn that crashed is over by then; earlier it may still be under way on this very activation.
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(10);

    private Tokens AlarmTokens => ServiceProvider.GetRequiredService<Tokens>();

    public async Task<Outcome<AlarmView>> Alarm(AlarmProof proof, CancellationToken cancellation) =>
        await IsOpen(owned: false, cancellation) && Find(proof) is { } alarm ? View(alarm) : RefusalCode.NotFound;

    public async Task<Outcome<AlarmView>> Object(AlarmProof proof, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation) || Find(proof) is not { } alarm) return RefusalCode.NotFound;
        if (alarm.ObjectedAt is null)
        {
            if (State.Security.Arriving is { } arriving) await DecideArriving(arriving, cancellation);
            await Keep(stored, Objection.Decide(State, alarm, SecurityLimits, clock.GetUtcNow()));
            log.Objected(Id, alarm.Kind);
        }
        await Undo(cancellation);
        await FinishContacts(cancellation);
        return View(Find(proof)!);
    }

    /// <summary>Brings contacts back one by one, then drops those that came since. What is kept says how far it came, so that a crash ends nothing.</summary>
    private async Task Undo(CancellationToken cancellation)
    {
        while (ContactChanges.ComesBack(State) is { } left)
        {
            var operation = $"{State.Security.Undoing!.By}.{ContactIds.Of(Id, left.Contact)}";
            await Arrive(new ArrivingContact(operation, left.Contact, null, 0, null, clock.GetUtcNow() + ArrivingFor, Undo: true), cancellation);
        }
        if (State.Security.Undoing is not null) await Keep(stored, ContactChanges.Undone(State, clock.GetUtcNow()));
    }

    /// <summary>Adds a notice, to be sent once the state is kept. It is sent again should a crash hide whether it was: not hearing of it is worse.</summary>
    private AccountState WithAlarm(AccountState state, AlarmKind kind, string operation, string? site, DateTimeOffset now, IEnumerable<StoredContact>? to = null)
    {
        var id = DerivedIds.New(ServiceProvider.GetRequiredService<IRandomness>());
        var told = (to ?? state.Contacts).Select(contact => contact.IdentifierKey).ToArray();
        var alarm = new Alarm(id, kind, now, now + SecurityLimits.ObjectionFor, AlarmTokens.IssueDerived(Tokens.Objection, TokenId(id)).SecretDigest, told, operation, site, now + ResendAfter);
        var security = state.Security.Forgotten(now);
        var next = state.With(security with
        {
            Alarms = AlarmBudget.With(security.Alarms, alarm),
            ChangedAt = kind is AlarmKind.SignedIn or AlarmKind.ResetAnnounced ? security.ChangedAt : now,
        });
        // The guardian hears that contacts changed, not by which link that is objected to (C2.1b).
        return kind is AlarmKind.ContactAdded or AlarmKind.ContactReplaced or AlarmKind.ContactRemoved ? next.WithNews(GuardianNews.ContactsChanged, now) : next;
    }

    /// <summary>A sign-in is remembered by network and client; one that is new is told to every contact, so often a day (C2.4c).</summary>
    private AccountState SeenAt(AccountState state, SignIn request, DateTimeOffset now)
    {
        var places = vault.Places(Id, state);
        var seen = places.With(request.Network, request.Session.Client);
        if (ReferenceEquals(seen, places)) return state;
        var next = state.With(state.Security with { Places = vault.SealPlaces(Id, state, seen) });
        return SecurityLimits.SignInNotices && places.IsNew(request.Network, request.Session.Client) && AlarmBudget.TellsSignIn(state.Security, SecurityLimits, now)
            ? WithAlarm(next, AlarmKind.SignedIn, request.Operation, request.Site, now) : next;
    }

    /// <summary>Hands notices over. Answers by id whom each could not be told.</summary>
    private async Task<Dictionary<string, string[]>> Send(IReadOnlyCollection<Alarm> alarms)
    {
        return await HandOver([.. alarms.Select(alarm =>
        {
            var token = AlarmTokens.RepeatDerived(Tokens.Objection, TokenId(alarm.Id), alarm.Proof);
            var link = alarm.Site is { } site && token is not null ? $"{site}/not-me?token={token.Text}" : null;
            return new Outgoing(alarm.Id, MessageTexts.OfAlarm(alarm.Kind, alarm.At, link, State.Locale), alarm.Untold ?? alarm.To, alarm.At);
        })]);
    }

    private string TokenId(string alarm) => $"{Id}~{alarm}";

    private Alarm? Find(AlarmProof proof) => State.Security.Alarms.FirstOrDefault(alarm => alarm.Id == proof.Alarm) is { } found
        && CryptographicOperations.FixedTimeEquals(found.Proof, proof.SecretDigest) && clock.GetUtcNow() < found.ExpiresAt ? found : null;

    private AlarmView View(Alarm alarm) => new()
    {
        Kind = alarm.Kind,
        At = alarm.At,
        ExpiresAt = alarm.ExpiresAt,
        ObjectedAt = alarm.ObjectedAt,
        ProtectedUntil = alarm.ObjectedAt is null ? null : State.Security.Protection?.Until,
        PasswordDropped = alarm.PasswordDropped,
        Locale = State.Locale,
    };
}
