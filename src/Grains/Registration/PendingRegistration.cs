using AiCloud.Challenges;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Registration;

/// <summary>What is kept of one attempt to register. What identifies the person is sealed under the attempt's own key, which goes with the row.</summary>
public sealed partial record PendingRegistration : IStoredState, IHoldsKeys
{
    /// <summary>Where the attempt stands; null as long as none was started.</summary>
    public RegistrationState? State { get; init; }

    /// <summary>When it lapses: exact by clock on every use, erased by a sweeper soon after.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Digest of the token's secret.</summary>
    public byte[] Proof { get; init; } = [];

    /// <summary>Keyed digest of the request that started it.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The id that the account will have, minted here so that every repeat of the completion names the same one.</summary>
    public Guid Account { get; init; }

    /// <summary>Key of the contact's identifier actor.</summary>
    public string IdentifierKey { get; init; } = "";

    /// <summary>The attempt's own data key.</summary>
    public WrappedKey? Key { get; init; }

    /// <summary>The contact, sealed.</summary>
    public byte[]? Contact { get; init; }

    /// <summary>The stated birth date, sealed; null before it was stated (C2.1a).</summary>
    public byte[]? BirthDate { get; init; }

    /// <summary>Phone or e-mail.</summary>
    public IdentifierKind Kind { get; init; }

    /// <summary>Language of messages and pages.</summary>
    public string Locale { get; init; } = "";

    /// <summary>The type of service that the person came for; null for none in particular.</summary>
    public string? Service { get; init; }

    /// <summary>Consent to the privacy agreement, with its own instant (C0.2).</summary>
    public PrivacyConsent? Consent { get; init; }

    /// <summary>Network prefix that started or last asked for a code, as keyed digest.</summary>
    public long Network { get; init; }

    /// <summary>Messages granted so far: the number of the newest.</summary>
    public int Sends { get; init; }

    /// <summary>When the newest message leaves or left.</summary>
    public DateTimeOffset SendsAt { get; init; }

    /// <summary>Guesses leased with the newest message.</summary>
    public int Guesses { get; init; }

    /// <summary>Digits of the newest code.</summary>
    public int CodeLength { get; init; }

    /// <summary>An open account owned the contact when the newest message was granted.</summary>
    public bool Known { get; init; }

    /// <summary>
    /// What became of the newest message as far as the store knows. <see cref="DeliveryState.Unknown"/> is kept before the message is
    /// handed over, so that a crash at any point leaves a message that is never sent twice.
    /// </summary>
    public DeliveryState Delivery { get; init; }

    /// <summary>The code in force; null while its message waits.</summary>
    public Challenge? Challenge { get; init; }

    /// <summary>Wrong guesses at earlier codes of this attempt.</summary>
    public int EarlierWrongGuesses { get; init; }

    /// <summary>The newest request for another code.</summary>
    public string? LastResend { get; init; }

    /// <summary>The newest answer to a code, with its outcome: a repeat spends no second try.</summary>
    public AnsweredCode? LastAnswer { get; init; }

    /// <summary>A completion may have reached the identifier or the account.</summary>
    public bool SagaStarted { get; init; }

    /// <summary>The id follows from a key of the caller's: when the attempt is erased, its row stays as long as a late repeat of the start may come, and says that it ended.</summary>
    public bool Keyed { get; init; }

    /// <summary>The completion that opened the account.</summary>
    public CompletedBy? CompletedBy { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => State is null ? null : ExpiresAt;

    /// <inheritdoc/>
    public IEnumerable<HeldKey> HeldKeys(string id) => Key is { } key ? [new HeldKey("key", KeyOwner(id), key)] : [];

    /// <inheritdoc/>
    public IHoldsKeys WithKeys(Func<WrappedKey, WrappedKey> by) => this with { Key = Key is { } key ? by(key) : null };

    /// <summary>What the attempt's key is wrapped for.</summary>
    public static string KeyOwner(string id) => $"registration/{id}";

    /// <summary>Wrong guesses at the newest code.</summary>
    public int WrongGuesses => Challenge?.WrongGuesses ?? 0;

    /// <summary>Whether the attempt lapsed.</summary>
    public bool HasExpired(DateTimeOffset now) => State is null or RegistrationState.Expired || now >= ExpiresAt;

    /// <summary>What is left of an erased attempt: that its key is used up. Nothing of the person, not even a digest.</summary>
    public static PendingRegistration Erased(DateTimeOffset until) => new() { State = RegistrationState.Expired, ExpiresAt = until };

    /// <summary>A message was granted. The code itself is drawn when the message leaves.</summary>
    public PendingRegistration Granted(SendGrant grant, long network) => this with
    {
        EarlierWrongGuesses = EarlierWrongGuesses + WrongGuesses,
        Sends = Sends + 1,
        SendsAt = grant.LeavesAt,
        Guesses = grant.Guesses,
        CodeLength = grant.CodeLength,
        Known = grant.Known,
        Network = network,
        Delivery = DeliveryState.Queued,
        Challenge = null,
    };

    /// <summary>The message is about to be handed over: from here on it is never sent again.</summary>
    public PendingRegistration Leaving(string codeDigest, DateTimeOffset now) => this with
    {
        SendsAt = now,
        Delivery = DeliveryState.Unknown,
        Challenge = new Challenge { Digest = codeDigest, Length = CodeLength, SentAt = now, Guesses = Guesses },
    };

    /// <summary>Decides one answer to the code. <paramref name="owned"/>: an open account owns the contact.</summary>
    public (PendingRegistration Next, Refusal? Refusal) Answer(string operation, bool right, bool owned, RegistrationOptions limits, DateTimeOffset now)
    {
        // After the right code nothing is left to guess, so another one under its key is told apart. Before, that would be a free guess.
        if (LastAnswer is { } last && last.Operation == operation)
            return (this, last.Code is null && !right ? new Refusal(RefusalCode.IdempotencyKeyReused) : last.Refusal());
        // The message has not left yet: nothing to guess at, nothing to spend.
        if (Challenge is null) return (this, new Refusal(RefusalCode.CodeWrong, attemptsLeft: Guesses));

        var (challenge, code) = Challenge.Answer(right, limits.CodeLifetime, now);
        var refusal = code switch
        {
            null => null,
            RefusalCode.CodeWrong => new Refusal(RefusalCode.CodeWrong, attemptsLeft: challenge.GuessesLeft),
            RefusalCode.CodeAttemptsExhausted => new Refusal(RefusalCode.CodeAttemptsExhausted, ResendIn(limits, now)),
            _ => new Refusal(code.Value),
        };
        if (ReferenceEquals(challenge, Challenge)) return (this, refusal); // nothing spent: nothing to keep

        var next = this with { Challenge = challenge, LastAnswer = new AnsweredCode(operation, code, challenge.GuessesLeft) };
        return refusal is not null ? (next, refusal) : (next with
        {
            State = owned ? RegistrationState.AccountExists : RegistrationState.Verified,
            ExpiresAt = now + limits.Lifetime,
        }, null);
    }

    /// <summary>How long until another code may be asked for; at least a second.</summary>
    public TimeSpan ResendIn(RegistrationOptions limits, DateTimeOffset now)
    {
        var wait = SendsAt + limits.ResendAfter - now;
        return wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }

    /// <summary>A completion is under way: it outlives the hold that it is going to take.</summary>
    public PendingRegistration WithSaga(DateTimeOffset from, RegistrationOptions limits)
    {
        var until = from + limits.HoldDuration + TimeSpan.FromMinutes(1);
        return SagaStarted && ExpiresAt >= until ? this : this with { SagaStarted = true, ExpiresAt = until > ExpiresAt ? until : ExpiresAt };
    }

    /// <summary>The account is open: what is left until the attempt lapses is what a repeat needs.</summary>
    public PendingRegistration Completed(string operation, string fingerprint) => this with
    {
        State = RegistrationState.Completed,
        CompletedBy = new CompletedBy(operation, fingerprint),
        BirthDate = null,
        Consent = null,
        Challenge = null,
        Guardian = null,
        Service = null,
    };
}

/// <summary>Consent to the privacy agreement (C0.2).</summary>
public sealed record PrivacyConsent(DocumentReference Document, DateTimeOffset GivenAt, string Language, string Channel, long Network);

/// <summary>The outcome of one answer to a code. What was answered leaves no trace, not even a keyed one: a repeat gets the outcome, whatever it says.</summary>
public sealed record AnsweredCode(string Operation, RefusalCode? Code, int GuessesLeft)
{
    internal Refusal? Refusal() => Code is { } code ? new Refusal(code, attemptsLeft: code == RefusalCode.CodeWrong ? GuessesLeft : null) : null;
}

/// <summary>The request that completed a registration, and the keyed digest of its body.</summary>
public sealed record CompletedBy(string Operation, string Fingerprint);
