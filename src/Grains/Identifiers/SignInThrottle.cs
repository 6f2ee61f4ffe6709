namespace AiCloud.Identifiers;

/// <summary>
/// Failed sign-ins at one contact. Counted per network, so that a stranger's failures do not lock the owner out; and over all networks
/// that never signed in, so that many networks together do not get many times the guesses (P-04, O-03).
/// </summary>
public sealed record SignInThrottle
{
    internal const int NetworksMax = 128;
    private const int TrustedMax = 8;

    /// <summary>Failures of single networks in the window, the longest silent first.</summary>
    public Failures[] Networks { get; init; } = [];

    /// <summary>Failures of all new networks together since <see cref="SharedSince"/>.</summary>
    public int Shared { get; init; }

    /// <summary>Start of the window that <see cref="Shared"/> counts.</summary>
    public DateTimeOffset SharedSince { get; init; }

    /// <summary>Networks from which the owner signed in: exempt from the shared limit.</summary>
    public long[] Trusted { get; init; } = [];

    /// <summary>One network's failures.</summary>
    public sealed record Failures(long Network, int Count, DateTimeOffset Since);

    /// <summary>When the last window ends; null when nothing counts.</summary>
    public DateTimeOffset? EndsAt(IdentifierBudgetOptions limits) =>
        Networks.Length == 0 && Shared == 0 ? null
        : Networks.Select(failures => failures.Since).Append(SharedSince).Max() + limits.SignInWindow;

    /// <summary>Takes one try before the password is looked at. A success gives it back.</summary>
    public (SignInThrottle Next, Refusal? Refusal) Take(long network, IdentifierBudgetOptions limits, DateTimeOffset now)
    {
        var open = now - limits.SignInWindow;
        var mine = Networks.FirstOrDefault(failures => failures.Network == network && failures.Since > open) ?? new Failures(network, 0, now);
        var (shared, since) = SharedSince > open ? (Shared, SharedSince) : (0, now);
        var trusted = Trusted.Contains(network);

        var limit = !trusted && shared >= limits.SignInFailuresShared ? limits.SignInFailuresWhenAttacked : limits.SignInFailuresPerNetwork;
        if (mine.Count >= limit) return (this, new Refusal(RefusalCode.TooManyAttempts, mine.Since + limits.SignInWindow - now));

        var others = Networks.Where(failures => failures.Network != network && failures.Since > open).ToArray();
        // Nobody's failures are forgotten to make room while they count: else a few more networks than the list holds, taking turns, would
        // guess without end. What remains for the owner then are the networks known as theirs, and a reset by code.
        if (others.Length >= NetworksMax && mine.Count == 0 && !trusted)
            return (this, new Refusal(RefusalCode.TooManyAttempts, others.Min(failures => failures.Since) + limits.SignInWindow - now));

        return (this with
        {
            Networks = [.. others, mine with { Count = mine.Count + 1 }], // the owner's few networks may exceed the bound
            Shared = trusted ? shared : shared + 1,
            SharedSince = since,
        }, null);
    }

    /// <summary>Nobody looked at the password: the try does not count.</summary>
    public SignInThrottle Undecided(long network) => this with
    {
        Networks = [.. Networks.Select(failures => failures.Network == network ? failures with { Count = Math.Max(0, failures.Count - 1) } : failures).Where(failures => failures.Count > 0)],
        Shared = Trusted.Contains(network) ? Shared : Math.Max(0, Shared - 1),
    };

    /// <summary>The password was right.</summary>
    public SignInThrottle Succeeded(long network) => this with
    {
        Networks = [.. Networks.Where(failures => failures.Network != network)],
        Shared = Trusted.Contains(network) ? Shared : Math.Max(0, Shared - 1),
        Trusted = network == 0 ? Trusted : [.. Trusted.Where(trusted => trusted != network).TakeLast(TrustedMax - 1), network],
    };
}
