using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;

namespace AiCloud.Challenges;

/// <summary>What is kept of one challenge. The contact is sealed under a key of the challenge's own, which goes with the row.</summary>
public sealed record PendingChallenge : IStoredState, IHoldsKeys
{
    /// <summary>What the code is for; null as long as none was started.</summary>
    public ChallengePurpose? Purpose { get; init; }

    /// <summary>Who alone may go on with it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Keyed digest of what was asked.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>When it lapses: exact by clock on every use, erased by a sweeper soon after.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Name under which messages are granted: minted with the challenge and never again, since its id may follow from a client's key.</summary>
    public string Attempt { get; init; } = "";

    /// <summary>Key of the contact's identifier actor.</summary>
    public string IdentifierKey { get; init; } = "";

    /// <summary>The challenge's own data key.</summary>
    public WrappedKey? Key { get; init; }

    /// <summary>The contact, sealed.</summary>
    public byte[]? Contact { get; init; }

    /// <summary>Language of the message.</summary>
    public string Locale { get; init; } = "";

    /// <summary>The code is told only to a contact that has an account.</summary>
    public bool KnownOnly { get; init; }

    /// <summary>Messages granted so far: the number of the newest.</summary>
    public int Sends { get; init; }

    /// <summary>When the newest message leaves or left.</summary>
    public DateTimeOffset SendsAt { get; init; }

    /// <summary>Guesses leased with the newest message.</summary>
    public int Guesses { get; init; }

    /// <summary>Digits of the newest code.</summary>
    public int CodeLength { get; init; }

    /// <summary>An account owned the contact when the newest message was granted.</summary>
    public bool Known { get; init; }

    /// <summary>What became of the newest message. <see cref="DeliveryState.Unknown"/> is kept before it is handed over, so that none is sent twice.</summary>
    public DeliveryState Delivery { get; init; }

    /// <summary>The code in force; null while its message waits.</summary>
    public Challenge? Code { get; init; }

    /// <summary>The newest request for another code.</summary>
    public string? LastResend { get; init; }

    /// <summary>The newest answer with its outcome: a repeat spends no second try.</summary>
    public AnsweredCode? LastAnswer { get; init; }

    /// <summary>When the right code came, and from which network.</summary>
    public ProvenBy? Proven { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => Purpose is null ? null : ExpiresAt;

    /// <inheritdoc/>
    public IEnumerable<HeldKey> HeldKeys(string id) => Key is { } key ? [new HeldKey("key", KeyOwner(id), key)] : [];

    /// <inheritdoc/>
    public IHoldsKeys WithKeys(Func<WrappedKey, WrappedKey> by) => this with { Key = Key is { } key ? by(key) : null };

    /// <summary>What the challenge's key is wrapped for.</summary>
    public static string KeyOwner(string id) => $"challenge/{id}";

    /// <summary>Whether it lapsed.</summary>
    public bool HasExpired(DateTimeOffset now) => Purpose is null || now >= ExpiresAt;

    /// <summary>Wrong guesses at the newest code.</summary>
    public int WrongGuesses => Code?.WrongGuesses ?? 0;

    /// <summary>A message was granted. The code itself is drawn when the message leaves.</summary>
    public PendingChallenge Granted(SendGrant grant) => this with
    {
        Sends = Sends + 1,
        SendsAt = grant.LeavesAt,
        Guesses = grant.Guesses,
        CodeLength = grant.CodeLength,
        Known = grant.Known,
        Delivery = DeliveryState.Queued,
        Code = null,
    };

    /// <summary>The message is about to be handed over: from here on it is never sent again.</summary>
    public PendingChallenge Leaving(string codeDigest, DateTimeOffset now) => this with
    {
        SendsAt = now,
        Delivery = DeliveryState.Unknown,
        Code = new Challenge { Digest = codeDigest, Length = CodeLength, SentAt = now, Guesses = Guesses },
    };

    /// <summary>Decides one answer.</summary>
    /// <param name="operation">The request that answers.</param>
    /// <param name="right">Whether the code matches.</param>
    /// <param name="network">From where.</param>
    /// <param name="limits">How codes behave.</param>
    /// <param name="now">The instant.</param>
    public (PendingChallenge Next, Refusal? Refusal) Answer(string operation, bool right, long network, ChallengeOptions limits, DateTimeOffset now)
    {
        // After the right code nothing is left to guess, so another one under its key is told apart. Before, that would be a free guess.
        if (LastAnswer is { } last && last.Operation == operation)
            return (this, last.Code is null && !right ? new Refusal(RefusalCode.IdempotencyKeyReused) : last.Refusal());
        // The message has not left yet: nothing to guess at, nothing to spend.
        if (Code is null) return (this, new Refusal(RefusalCode.CodeWrong, attemptsLeft: Guesses));

        var (code, refused) = Code.Answer(right, limits.CodeLifetime, now);
        var refusal = refused switch
        {
            null => null,
            RefusalCode.CodeWrong => new Refusal(RefusalCode.CodeWrong, attemptsLeft: code.GuessesLeft),
            RefusalCode.CodeAttemptsExhausted => new Refusal(RefusalCode.CodeAttemptsExhausted, ResendIn(limits, now)),
            _ => new Refusal(refused.Value),
        };
        if (ReferenceEquals(code, Code)) return (this, refusal); // nothing spent: nothing to keep
        var next = this with { Code = code, LastAnswer = new AnsweredCode(operation, refused, code.GuessesLeft) };
        return refusal is not null ? (next, refusal) : (next with { Proven = new ProvenBy(now, network), ExpiresAt = now + limits.Lifetime }, null);
    }

    /// <summary>How long until another code may be asked for; at least a second.</summary>
    public TimeSpan ResendIn(ChallengeOptions limits, DateTimeOffset now)
    {
        var wait = SendsAt + limits.ResendAfter - now;
        return wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }
}

/// <summary>The right answer: when, and from which network.</summary>
public sealed record ProvenBy(DateTimeOffset At, long Network);
