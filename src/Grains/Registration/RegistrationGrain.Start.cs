using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Storage;
using AiCloud.Switches;
using Orleans.Storage;

namespace AiCloud.Registration;

/// <summary>
/// Beginning an attempt, once for each key: who repeats a start finds what it began, whoever remembers it, and one that was erased is not begun anew.
/// A first call costs no read: that a row is there already shows when it is written.
/// </summary>
internal sealed partial class RegistrationGrain
{
    public async Task<Outcome<RegistrationView>> Start(StartRegistration request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.State is not null) return Repeated(request, now);
        var unread = _unread = Minted.Is(Id);
        Minted.Clear(); // from here on a read is a read
        // Also the name under which this attempt has its messages granted: a crash before the attempt is kept costs the contact one message,
        // and an attempt that was erased and started again gets no grant repeated.
        var account = Guid.CreateVersion7(now);
        try
        {
            var begun = await Begin(request, account, now, cancellation);
            // What wrote nothing proved nothing about the row. Under an id that was just drawn there is none.
            if (begun.Refusal is null || !unread || !request.Keyed || !await Exists(cancellation)) return begun;
        }
        catch (InconsistentStateException) when (unread)
        {
            // An earlier call began the attempt, and nobody here remembered it. Nothing was handed over: the message is given back.
            try
            {
                if (!await Exists(cancellation)) throw;
                await Repeatable.Call(async () => { await GrainFactory.GetGrain<IIdentifierGrain>(request.IdentifierKey).WithdrawSend(AccountKeys.Of(account), 1, cancellation); return true; });
            }
            catch
            {
                DeactivateOnIdle(); // until the row is read, what it holds is an attempt that was never stored
                throw;
            }
        }
        catch when (unread)
        {
            DeactivateOnIdle(); // what it holds for the row was never read, and nobody else may be answered by it
            throw;
        }
        finally
        {
            _unread = false;
        }
        if (WaitsToLeave()) LeaveLater(); // as whoever wakes up to a row does
        return Repeated(request, now);
    }

    private async Task<bool> Exists(CancellationToken cancellation)
    {
        await stored.ReadStateAsync(cancellation);
        return State.State is not null;
    }

    private Outcome<RegistrationView> Repeated(StartRegistration request, DateTimeOffset now)
    {
        if (State.State == RegistrationState.Expired) return RefusalCode.RegistrationExpired;
        if (State.Fingerprint != request.Fingerprint) return RefusalCode.IdempotencyKeyReused;
        return State.HasExpired(now) ? RefusalCode.RegistrationExpired : View(now);
    }

    private async Task<Outcome<RegistrationView>> Begin(StartRegistration request, Guid account, DateTimeOffset now, CancellationToken cancellation)
    {
        var published = await documents.Get(cancellation);
        if (published.InForce(DocumentCatalog.PrivacyKind, now)?.Reference != request.PrivacyConsent) return RefusalCode.DocumentNotInForce;

        // Before anything is granted: a stop costs nobody a message of their budget.
        if (switches.SendsPaused(request.Contact, SendPurposes.Registration) is { } stopped) return metrics.Refused(new Refusal(RefusalCode.SendsPaused, stopped));
        var granted = await Repeatable.Call(() => GrainFactory.GetGrain<IIdentifierGrain>(request.IdentifierKey)
            .GrantSend(new SendRequest { Session = AccountKeys.Of(account), Number = 1, Network = request.Network }, cancellation));
        if (granted.Refusal is { } refusal) return metrics.Refused(refusal);

        using var made = await envelope.Make(Owner, cancellation);
        var started = new PendingRegistration
        {
            State = RegistrationState.CodeSent,
            ExpiresAt = now + Limits.Lifetime,
            Proof = request.Proof,
            Fingerprint = request.Fingerprint,
            Account = account,
            IdentifierKey = request.IdentifierKey,
            Key = made.Wrapped,
            Contact = made.Key.ProtectJson(request.Contact, Context("contact")),
            Kind = request.Contact.Kind,
            Locale = request.Locale,
            Service = request.Service,
            Keyed = request.Keyed,
            Consent = new PrivacyConsent(request.PrivacyConsent, now, request.Locale, request.Channel, request.Network),
        };
        await Send(started.Granted(granted.Value!, request.Network), request.Contact, now, cancellation);
        metrics.Started();
        return View(now);
    }
}
