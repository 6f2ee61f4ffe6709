using System.Security.Cryptography;
using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Registration;

[GrainType("registration")]
internal sealed partial class RegistrationGrain(
    [PersistentState("registration", StorageNames.State)] IPersistentState<PendingRegistration> stored,
    IOptions<RegistrationOptions> options, DocumentCatalog documents, ICodeDelivery delivery, SwitchBoard switches, Envelope envelope, CodeDigest codes,
    IRandomness randomness, DerivedIds ids, IOptions<GuardianOptions> guardians, GuardianMessages messages, ICompletionSteps steps, RegistrationMetrics metrics, TimeProvider clock, ILogger<RegistrationGrain> log) : Grain, IRegistrationGrain
{
    private const string Purpose = "registration";

    // The grant's instant is another actor's "now": a moment later, or on another silo whose clock is a little ahead.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    private readonly TypedLast _typed = new();
    private DeliveryState? _handedOver; // what the channel said, kept with the next write: losing it costs an "unknown"
    private IGrainTimer? _leaving;
    private bool _unread; // what the store holds for the row is found out by writing it

    private string Id => this.GetPrimaryKeyString();
    private PendingRegistration State => stored.State;
    private RegistrationOptions Limits => options.Value;
    private IIdentifierGrain Identifier => GrainFactory.GetGrain<IIdentifierGrain>(State.IdentifierKey);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A message still queued was never handed over. While its instant lies ahead it may leave on time; one whose instant passed
        // with nobody here stays unsent, and the person asks again.
        if (WaitsToLeave()) LeaveLater();
        return Task.CompletedTask;
    }

    private bool WaitsToLeave() => State is { State: RegistrationState.CodeSent, Delivery: DeliveryState.Queued } && State.SendsAt > clock.GetUtcNow();

    public async Task<Outcome<RegistrationView>> View(byte[] proof, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(proof, now) is { } refusal) return refusal;
        await AskGuardian(cancellation);
        return Refuse(proof, now) is { } ended ? ended : View(now);
    }

    public async Task<Outcome<RegistrationView>> Resend(ResendCode request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        if (State.State != RegistrationState.CodeSent || State.LastResend == request.Operation) return View(now);
        if (now < State.SendsAt + Limits.ResendAfter) return new Refusal(RefusalCode.ResendTooSoon, State.ResendIn(Limits, now));

        if (switches.SendsPaused(Contact(), SendPurposes.Registration) is { } stopped) return metrics.Refused(new Refusal(RefusalCode.SendsPaused, stopped));
        var granted = await Repeatable.Call(() => Identifier.GrantSend(
            new SendRequest { Session = AccountKeys.Of(State.Account), Number = State.Sends + 1, Network = request.Network, GuessesSpent = State.WrongGuesses }, cancellation));
        if (granted.Refusal is { } limit) return metrics.Refused(limit);
        await Send(State.Granted(granted.Value!, request.Network) with { LastResend = request.Operation }, Contact(), now, cancellation);
        return View(now);
    }

    public async Task<Outcome<RegistrationView>> Verify(VerifyCode request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        // Nothing to answer any more: an account that is open says so whatever the code.
        if (State.State == RegistrationState.Completed) return View(now);
        if (_typed.IsAnother(request.Operation, request.Code)) return metrics.Refused(new Refusal(RefusalCode.IdempotencyKeyReused));
        var right = State.Challenge is { } challenge && codes.Matches(challenge.Digest, Id, State.IdentifierKey, Purpose, request.Code);
        // Asked again only for a contact that had an owner when the message was granted, and only after the right code.
        var owned = right && State.Known && (await Identifier.Standing(cancellation)).Owner is not null;
        var (next, wrong) = State.Answer(request.Operation, right, owned, Limits, now);
        var proves = State.State == RegistrationState.CodeSent && next.State != RegistrationState.CodeSent;
        await Keep(next);
        _typed.Was(request.Operation, request.Code);
        if (proves) metrics.Verified();
        return wrong is null ? View(now) : metrics.Refused(wrong);
    }

    public async Task<Outcome<Done>> Erase(byte[] proof, CancellationToken cancellation)
    {
        if (State.State is null or RegistrationState.Expired) return Done.It; // erased before: the answer may have been lost
        if (!CryptographicOperations.FixedTimeEquals(State.Proof, proof)) return RefusalCode.NotFound;
        // A completion that crashed half-way is settled first, so that nothing of it stays behind.
        if (State.SagaStarted && State.State != RegistrationState.Completed && await Account.Settle(cancellation)) return RefusalCode.AlreadyCompleted;
        if (State.Guardian is { } guardian) await Invitation(guardian.Invitation).Void(cancellation);
        await End();
        return Done.It;
    }

    /// <summary>Erases the attempt at once. A start that comes late, or twice, must not bring it back.</summary>
    private async Task End()
    {
        if (State.Keyed) await this.Keep(stored, PendingRegistration.Erased(clock.GetUtcNow() + Limits.Lifetime));
        else await this.Erase(stored);
        DeactivateOnIdle();
    }

    private Refusal? Refuse(byte[] proof, DateTimeOffset now)
    {
        // A row that is gone and a token that is authentic (the gateway checked its mac): it lapsed or was erased.
        if (State.State is null or RegistrationState.Expired) return new Refusal(RefusalCode.RegistrationExpired);
        if (!CryptographicOperations.FixedTimeEquals(State.Proof, proof)) return new Refusal(RefusalCode.NotFound);
        return State.HasExpired(now) ? new Refusal(RefusalCode.RegistrationExpired) : null;
    }

    private async Task Send(PendingRegistration next, Identifier to, DateTimeOffset now, CancellationToken cancellation)
    {
        _handedOver = null;
        if (next.SendsAt > now + Slack)
        {
            await Keep(next);
            LeaveLater();
            return;
        }
        var code = CodeDigits.Draw(next.CodeLength, randomness);
        // Kept first: a crash here costs one message. Handed over first, it would send codes that nobody can answer and dodge the limits.
        await Keep(next.Leaving(codes.Of(Id, next.IdentifierKey, Purpose, code), now));
        await HandOver(code, to, cancellation);
    }

    private async Task HandOver(string code, Identifier to, CancellationToken cancellation)
    {
        var number = State.Sends;
        _handedOver = DeliveryState.Queued;
        var handing = Channel();
        try { await handing.WaitAsync(Limits.DeliveryWait, clock, cancellation); }
        catch (TimeoutException) { } // a slow channel goes on by itself; the answer says "queued"

        async Task Channel()
        {
            var result = DeliveryState.Unknown;
            try
            {
                result = await delivery.HandOver(new CodeMessage
                {
                    To = to,
                    IdentifierKey = State.IdentifierKey,
                    Purpose = State.Known ? MessagePurpose.RegistrationOfKnown : MessagePurpose.Registration,
                    Code = code,
                    Lifetime = Limits.CodeLifetime,
                    Locale = State.Locale,
                }, CancellationToken.None);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.DeliveryFailed(Id, failure.GetType().Name);
            }
            metrics.Sent(result);
            if (State.Sends == number) _handedOver = result;
        }
    }

    private void LeaveLater()
    {
        var wait = State.SendsAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) DelayDeactivation(wait + TimeSpan.FromSeconds(30)); // a timer alone keeps no idle actor in memory
        _leaving?.Dispose();
        _leaving = this.RegisterGrainTimer(async cancellation =>
        {
            var now = clock.GetUtcNow();
            if (State.State != RegistrationState.CodeSent || State.Delivery != DeliveryState.Queued || State.HasExpired(now)) return;
            if (State.SendsAt > now + Slack)
            {
                LeaveLater(); // the clock was put back meanwhile, and the instant lies ahead again
                return;
            }
            if (switches.SendsPaused(Contact(), SendPurposes.Registration) is not null) return; // unsent, as if nobody had been here at its instant
            await Send(State, Contact(), now, cancellation);
        }, new GrainTimerCreationOptions(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    private Task Keep(PendingRegistration next)
    {
        if (ReferenceEquals(next, State)) return Task.CompletedTask;
        var delivery = next.Delivery == DeliveryState.Unknown && next.Challenge?.Digest == State.Challenge?.Digest ? _handedOver : null;
        var kept = delivery is null or DeliveryState.Queued ? next : next with { Delivery = delivery.Value };
        return _unread ? KeepFirst(kept) : this.Keep(stored, kept);
    }

    // That somebody else's row is there already is no failure that this activation must go with: whoever began the attempt reads it then.
    private async Task KeepFirst(PendingRegistration next)
    {
        stored.State = next;
        await stored.WriteStateAsync();
        _unread = false;
    }

    private string Owner => PendingRegistration.KeyOwner(Id);
    private string Context(string fact) => $"registration/{Id}/{fact}";

    private Identifier Contact()
    {
        using var key = envelope.Unwrap(State.Key!, Owner);
        return key.UnprotectJson<Identifier>(State.Contact, Context("contact"))!;
    }

    private RegistrationView View(DateTimeOffset now) => new()
    {
        State = State.State!.Value,
        Destination = Contact().Masked,
        CodeLength = State.CodeLength,
        SendsAt = State.SendsAt,
        CodeExpiresAt = State.SendsAt + Limits.CodeLifetime,
        ResendAllowedAt = State.SendsAt + Limits.ResendAfter,
        AttemptsLeft = State.Challenge?.GuessesLeft ?? State.Guesses,
        ExpiresAt = State.ExpiresAt,
        Delivery = _handedOver ?? (State.Delivery == DeliveryState.Queued && State.SendsAt <= now ? DeliveryState.Unknown : State.Delivery),
        Locale = State.Locale,
        Kind = State.Kind,
        Account = State.State == RegistrationState.Completed ? State.Account : null,
        Guardian = Progress(now),
        Service = State.Service,
    };
}
