using System.Security.Cryptography;
using System.Text;
using AiCloud.Delivery;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Challenges;

[GrainType("challenge")]
internal sealed partial class ChallengeGrain(
    [PersistentState("challenge", StorageNames.State)] IPersistentState<PendingChallenge> stored,
    IOptions<ChallengeOptions> options, ICodeDelivery delivery, SwitchBoard switches, Envelope envelope, CodeDigest codes,
    IRandomness randomness, TimeProvider clock, ILogger<ChallengeGrain> log) : Grain, IChallengeGrain
{
    private readonly TypedLast _typed = new();

    private string Id => this.GetPrimaryKeyString();
    private PendingChallenge State => stored.State;
    private ChallengeOptions Limits => options.Value;
    private IIdentifierGrain Identifier => GrainFactory.GetGrain<IIdentifierGrain>(State.IdentifierKey);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A message still queued was never handed over. While its instant lies ahead it may leave on time; later it stays unsent, and the person asks again.
        if (State is { Purpose: not null, Proven: null, Delivery: DeliveryState.Queued } && State.SendsAt > clock.GetUtcNow()) LeaveLater();
        return Task.CompletedTask;
    }

    public async Task<Outcome<ChallengeView>> Start(StartChallenge request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.Purpose is not null)
        {
            if (State.Fingerprint != request.Fingerprint || !IsFor(request.Subject)) return RefusalCode.IdempotencyKeyReused;
            return State.HasExpired(now) ? RefusalCode.NotFound : View(now);
        }
        // Before anything is granted: a stop costs nobody a message of their budget.
        if (switches.SendsPaused(request.Contact, SendPurposes.Of(request.Purpose)) is { } stopped) return new Refusal(RefusalCode.SendsPaused, stopped);
        var attempt = DerivedIds.New(randomness);
        var granted = await Repeatable.Call(() => GrainFactory.GetGrain<IIdentifierGrain>(request.IdentifierKey)
            .GrantSend(new SendRequest { Session = attempt, Number = 1, Network = request.Network }, cancellation));
        if (granted.Refusal is { } refusal) return refusal;

        using var made = await envelope.Make(Owner, cancellation);
        var started = new PendingChallenge
        {
            Purpose = request.Purpose,
            Subject = request.Subject,
            Fingerprint = request.Fingerprint,
            ExpiresAt = now + Limits.Lifetime,
            Attempt = attempt,
            IdentifierKey = request.IdentifierKey,
            Key = made.Wrapped,
            Contact = made.Key.ProtectJson(request.Contact, Context),
            Locale = request.Locale,
            KnownOnly = request.KnownOnly,
        };
        await Send(started.Granted(granted.Value!), request.Contact, now, cancellation);
        return View(now);
    }

    public Task<Outcome<ChallengeView>> View(string subject, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<Outcome<ChallengeView>>(IsHere(subject, now) ? View(now) : RefusalCode.NotFound);
    }

    public async Task<Outcome<ChallengeView>> Resend(ResendChallenge request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!IsHere(request.Subject, now)) return RefusalCode.NotFound;
        if (State.Proven is not null || State.LastResend == request.Operation) return View(now);
        if (now < State.SendsAt + Limits.ResendAfter) return new Refusal(RefusalCode.ResendTooSoon, State.ResendIn(Limits, now));

        if (switches.SendsPaused(Contact(), SendPurposes.Of(State.Purpose!.Value)) is { } stopped) return new Refusal(RefusalCode.SendsPaused, stopped);
        var granted = await Repeatable.Call(() => Identifier.GrantSend(
            new SendRequest { Session = State.Attempt, Number = State.Sends + 1, Network = request.Network, GuessesSpent = State.WrongGuesses }, cancellation));
        if (granted.Refusal is { } limit) return limit;
        await Send(State.Granted(granted.Value!) with { LastResend = request.Operation }, Contact(), now, cancellation);
        return View(now);
    }

    public async Task<Outcome<ChallengeProven>> Answer(AnswerChallenge request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!IsHere(request.Subject, now) || State.Purpose != request.Purpose) return RefusalCode.NotFound;
        if (_typed.IsAnother(request.Operation, request.Code)) return RefusalCode.IdempotencyKeyReused;
        var (fresh, told) = (State.Proven is null, State.Known || !State.KnownOnly);
        var right = State.Code is { } code && codes.Matches(code.Digest, Id, State.IdentifierKey, CodePurpose, request.Code) && told;
        var (next, wrong) = State.Answer(request.Operation, right, request.Network, Limits, now);
        await Keep(next); // the try before its answer
        _typed.Was(request.Operation, request.Code);
        if (wrong is not null) return wrong;
        // A crash before it costs the contact some of the day's guesses, no more.
        if (fresh) await Repeatable.Call(async () => { await Identifier.CodeProven(State.Attempt, State.WrongGuesses, request.Network, cancellation); return true; });
        return Authorisation();
    }

    public Task<Outcome<ChallengeProven>> Proven(string subject, ChallengePurpose purpose, CancellationToken cancellation) =>
        Task.FromResult<Outcome<ChallengeProven>>(!IsHere(subject, clock.GetUtcNow()) || State.Purpose != purpose ? RefusalCode.NotFound
            : State.Proven is null ? RefusalCode.NotVerified : Authorisation());

    public async Task<Outcome<Done>> Erase(string subject, CancellationToken cancellation)
    {
        if (State.Purpose is null) return Done.It; // erased before: the answer may have been lost
        if (!IsFor(subject)) return RefusalCode.NotFound;
        await this.Erase(stored);
        DeactivateOnIdle();
        return Done.It;
    }

    private ChallengeProven Authorisation() => new()
    {
        Challenge = Id,
        Purpose = State.Purpose!.Value,
        Subject = State.Subject,
        Contact = Contact(),
        IdentifierKey = State.IdentifierKey,
        ProvenAt = State.Proven!.At,
        ExpiresAt = State.ExpiresAt,
        Network = State.Proven.Network,
    };

    private bool IsHere(string subject, DateTimeOffset now) => !State.HasExpired(now) && IsFor(subject);

    // The subject may be a digest of a secret.
    private bool IsFor(string subject) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(State.Subject), Encoding.UTF8.GetBytes(subject));

    private string Owner => PendingChallenge.KeyOwner(Id);
    private string Context => $"challenge/{Id}/contact";
    private string CodePurpose => $"{State.Purpose}/{State.Subject}";

    private Identifier Contact()
    {
        using var key = envelope.Unwrap(State.Key!, Owner);
        return key.UnprotectJson<Identifier>(State.Contact, Context)!;
    }

    private ChallengeView View(DateTimeOffset now)
    {
        var contact = Contact();
        return new ChallengeView
        {
            Purpose = State.Purpose!.Value,
            Destination = contact.Masked,
            Kind = contact.Kind,
            CodeLength = State.CodeLength,
            SendsAt = State.SendsAt,
            CodeExpiresAt = State.SendsAt + Limits.CodeLifetime,
            ResendAllowedAt = State.SendsAt + Limits.ResendAfter,
            AttemptsLeft = State.Code?.GuessesLeft ?? State.Guesses,
            ExpiresAt = State.ExpiresAt,
            Delivery = _handedOver ?? (State.Delivery == DeliveryState.Queued && State.SendsAt <= now ? DeliveryState.Unknown : State.Delivery),
            Proven = State.Proven is not null,
        };
    }
}
