namespace AiCloud.Identifiers;

/// <summary>
/// One phone number or e-mail address: who owns it, and the send, guess and sign-in budgets that outlive any one session.
/// Key: <c>{kind}.{lookup key id}.{keyed digest}</c>, which carries no personal data.
/// Every method may be repeated with the same arguments and answers the same.
/// </summary>
[Alias("aicloud.grain.identifier")]
public interface IIdentifierGrain : IGrainWithStringKey
{
    /// <summary>Asks for one message to this contact. The grant is keyed by attempt and send number (C2.2b).</summary>
    /// <returns>When the message may leave, or <see cref="RefusalCode.SendLimit"/>.</returns>
    [Alias("grant-send")] Task<Outcome<SendGrant>> GrantSend(SendRequest request, CancellationToken cancellation = default);

    /// <summary>A message that was granted will never leave, because the attempt exists already: it counts no more.</summary>
    [Alias("withdraw-send")] Task WithdrawSend(string session, int number, CancellationToken cancellation = default);

    /// <summary>
    /// A challenge ended with the right code: the guesses that it leased and did not use return to the budget, and its network counts as the owner's.
    /// </summary>
    /// <param name="session">The name under which its messages were granted.</param>
    /// <param name="guessesSpent">Wrong guesses at its newest code.</param>
    /// <param name="network">Keyed digest of the network prefix; 0 when unknown.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Alias("code-proven")] Task CodeProven(string session, int guessesSpent, long network, CancellationToken cancellation = default);

    /// <summary>Whether an open account owns this contact.</summary>
    [Alias("standing")] Task<IdentifierStanding> Standing(CancellationToken cancellation = default);

    /// <summary>Reserves this contact for one completion. The deadline permits a takeover by another and decides nothing else.</summary>
    [Alias("hold")] Task<HoldResult> Hold(HoldRequest request, CancellationToken cancellation = default);

    /// <summary>The only commit point of a sign-up: the contact becomes the account's if the hold is still this operation's.</summary>
    [Alias("own")] Task<HoldResult> Own(string operation, Guid account, CancellationToken cancellation = default);

    /// <summary>
    /// Gives up this operation's hold. After an answer other than <see cref="HoldStatus.OwnedByYou"/>, no earlier
    /// <see cref="Own"/> of the operation can succeed any more.
    /// </summary>
    [Alias("release")] Task<HoldResult> Release(string operation, Guid account, CancellationToken cancellation = default);

    /// <summary>
    /// The account gives this contact up; until <paramref name="reservedUntil"/> nobody but this account can hold it. Answers
    /// <see cref="HoldStatus.Free"/>, or <see cref="HoldStatus.OwnedByOther"/> when it is another's already.
    /// </summary>
    [Alias("relinquish")] Task<HoldResult> Relinquish(Guid account, DateTimeOffset reservedUntil, CancellationToken cancellation = default);

    /// <summary>
    /// Takes one try at a sign-in. It is spent before the password is looked at, so that parallel guesses cannot share one.
    /// </summary>
    /// <returns>The account to ask, null for a contact without one, or <see cref="RefusalCode.TooManyAttempts"/>. Same limits for both.</returns>
    [Alias("begin-sign-in-from")] Task<Outcome<SignInTry>> BeginSignIn(SignInFrom from, CancellationToken cancellation = default);

    /// <summary>The password could not be looked at, for instance because the service was busy: the try is given back.</summary>
    [Alias("sign-in-undecided-from")] Task SignInUndecided(SignInFrom from, CancellationToken cancellation = default);

    /// <summary>
    /// The password was right, or a new one was set by code: the failures counted where it came from are forgotten, and its network counts as the owner's own.
    /// </summary>
    [Alias("sign-in-succeeded-from")] Task SignInSucceeded(SignInFrom from, CancellationToken cancellation = default);

    /// <summary>As asked by gateways of release 0.1.0, which know one prefix only.</summary>
    [Alias("begin-sign-in")] Task<Outcome<SignInTry>> BeginSignIn(long network, CancellationToken cancellation = default);

    /// <summary>As asked by gateways of release 0.1.0.</summary>
    [Alias("sign-in-undecided")] Task SignInUndecided(long network, CancellationToken cancellation = default);

    /// <summary>As asked by gateways of release 0.1.0.</summary>
    [Alias("sign-in-succeeded")] Task SignInSucceeded(long network, CancellationToken cancellation = default);
}

/// <summary>Where a try at a sign-in comes from.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in-from")]
public sealed record SignInFrom
{
    /// <summary>Keyed digest of the network prefix (IPv4 /24, IPv6 /64); 0 when unknown.</summary>
    [Id(0)] public required long Network { get; init; }
    /// <summary>Keyed digest of the prefix that one customer of a provider can have whole: IPv6 /48; of IPv4 the same as <see cref="Network"/>.</summary>
    [Id(1)] public required long Site { get; init; }
    /// <summary>Number of the browser or app, by a mark that the gateway signed when somebody had signed in there; 0 without one.</summary>
    [Id(2)] public long Client { get; init; }
    /// <summary>The account that the mark was signed for: it counts only while that account owns the contact.</summary>
    [Id(3)] public Guid ClientOf { get; init; }
}

/// <summary>A request for one message.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.send-request")]
public sealed record SendRequest
{
    /// <summary>
    /// The attempt that asks. Minted with the attempt and never again: were it the registration's id, which follows from the Idempotency-Key, then
    /// whoever erases an attempt and starts it again with the same key would have the old grant repeated, and with it message after message.
    /// </summary>
    [Id(0)] public required string Session { get; init; }
    /// <summary>1 for the session's first message; with <see cref="Session"/> the key of the grant.</summary>
    [Id(1)] public required int Number { get; init; }
    /// <summary>Keyed digest of the network prefix that asks; 0 when unknown.</summary>
    [Id(2)] public required long Network { get; init; }
    /// <summary>Wrong guesses made at the session's code before this one; what it leased beyond them returns to the budget.</summary>
    [Id(3)] public int GuessesSpent { get; init; }
}

/// <summary>Leave to send one message.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.send-grant")]
public sealed record SendGrant
{
    /// <summary>The message leaves at this instant, not before.</summary>
    [Id(0)] public required DateTimeOffset LeavesAt { get; init; }
    /// <summary>Wrong guesses that the session may make at this code.</summary>
    [Id(1)] public required int Guesses { get; init; }
    /// <summary>Digits of the code: longer once the day's shared guess budget is spent.</summary>
    [Id(2)] public required int CodeLength { get; init; }
    /// <summary>An open account owns the contact: its owner gets another message, the caller no other answer.</summary>
    [Id(3)] public required bool Known { get; init; }
}

/// <summary>Whether a contact has an owner.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.identifier-standing")]
public sealed record IdentifierStanding
{
    /// <summary>The account that owns the contact; null when free or merely held.</summary>
    [Id(0)] public Guid? Owner { get; init; }
}

/// <summary>A request to reserve a contact for one completion.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.hold-request")]
public sealed record HoldRequest
{
    /// <summary>The completion: the registration's id, or that of the challenge by which an account gets a further contact.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The account that the completion will open; in "N" form the name under which the attempt asked for its messages.</summary>
    [Id(1)] public required Guid Account { get; init; }
    /// <summary>Wrong guesses that the registration made; the rest of its lease returns to the budget.</summary>
    [Id(2)] public int GuessesSpent { get; init; }
    /// <summary>Network prefix from which the contact was proven, as keyed digest; 0 when unknown.</summary>
    [Id(3)] public long Network { get; init; }
}

/// <summary>How a contact stands towards one operation.</summary>
public enum HoldStatus
{
    /// <summary>Held for this operation.</summary>
    Held = 1,
    /// <summary>Owned by this operation's account: the sign-up is committed.</summary>
    OwnedByYou = 2,
    /// <summary>Owned by another account, which is open.</summary>
    OwnedByOther = 3,
    /// <summary>Held by another operation whose deadline has not passed.</summary>
    HeldByOther = 4,
    /// <summary>Not held by this operation (any more).</summary>
    Free = 5,
    /// <summary>Given up by another account a short while ago and kept for it (C2.1f).</summary>
    ReservedForOther = 6,
}

/// <summary>Answer to hold, own and release.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.hold-result")]
public sealed record HoldResult
{
    /// <summary>How the contact stands now.</summary>
    [Id(0)] public required HoldStatus Status { get; init; }
    /// <summary>Deadline of the hold in force, whoever holds it.</summary>
    [Id(1)] public DateTimeOffset? Until { get; init; }
}

/// <summary>One try at a sign-in.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in-try")]
public sealed record SignInTry
{
    /// <summary>The account to ask; null when the contact has none, which the caller must not show.</summary>
    [Id(0)] public Guid? Account { get; init; }
}
