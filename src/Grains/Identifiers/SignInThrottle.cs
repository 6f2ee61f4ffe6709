namespace AiCloud.Identifiers;

/// <summary>
/// Failed sign-ins at one contact. Counted per network, so that a stranger's failures do not lock the owner out; and over all networks where the owner is
/// not known, so that many networks together do not get many times the guesses (P-04, O-03).
/// </summary>
public sealed record SignInThrottle
{
    internal const int NetworksMax = 128;
    private const int TrustedMax = 8, TriesWhenFull = 1;

    /// <summary>Marks with failures of their own at a time: who once had the password could have gathered any number of them.</summary>
    internal const int MarksMax = 8;

    /// <summary>Least time between two new networks once as many as are remembered have failed: 120 tries more in half an hour.</summary>
    internal static readonly TimeSpan SpareEvery = TimeSpan.FromSeconds(15);

    /// <summary>Failures in the window, the longest silent first: of known networks and clients, and of strangers by their provider's prefix (IPv4 /24, IPv6 /48).</summary>
    public Failures[] Networks { get; init; } = [];

    /// <summary>Failures of all new networks together since <see cref="SharedSince"/>.</summary>
    public int Shared { get; init; }

    /// <summary>Start of the window that <see cref="Shared"/> counts.</summary>
    public DateTimeOffset SharedSince { get; init; }

    /// <summary>Networks from which the owner signed in.</summary>
    public long[] Trusted { get; init; } = [];

    /// <summary>Failures of one network or, <paramref name="Marked"/>, of one browser or app that carries a mark.</summary>
    public sealed record Failures(long Network, int Count, DateTimeOffset Since, bool Marked = false);

    /// <summary>When the last window ends; null when nothing counts.</summary>
    public DateTimeOffset? EndsAt(IdentifierBudgetOptions limits) =>
        Networks.Length == 0 && Shared == 0 ? null
        : Networks.Select(failures => failures.Since).Append(SharedSince).Max() + limits.SignInWindow;

    /// <summary>Whether a mark counts: of those that failed in the window it is one of the first.</summary>
    public bool Honours(long client, IdentifierBudgetOptions limits, DateTimeOffset now) =>
        Networks.Count(failures => failures.Marked && failures.Network != client && failures.Since > now - limits.SignInWindow) < MarksMax;

    /// <summary>
    /// Takes one try before the password is looked at. A success gives it back. <paramref name="owners"/>: it comes from where the owner is known
    /// (<see cref="IdentifierState.IsOwners"/>), and nothing that strangers do elsewhere takes tries away there.
    /// </summary>
    public (SignInThrottle Next, Refusal? Refusal) Take(SignInFrom from, bool owners, IdentifierBudgetOptions limits, DateTimeOffset now)
    {
        var open = now - limits.SignInWindow;
        var counter = CounterOf(from, owners);
        var mine = Networks.FirstOrDefault(failures => failures.Network == counter && failures.Since > open) ?? new Failures(counter, 0, now, Marked: from.Client != 0);
        var (shared, since) = SharedSince > open ? (Shared, SharedSince) : (0, now);
        var others = Networks.Where(failures => failures.Network != counter && failures.Since > open).ToArray();
        var isFull = others.Length >= NetworksMax;

        var limit = owners ? limits.SignInFailuresPerNetwork
            : isFull ? TriesWhenFull
            : shared >= limits.SignInFailuresShared ? limits.SignInFailuresWhenAttacked : limits.SignInFailuresPerNetwork;
        if (mine.Count >= limit) return (this, new Refusal(RefusalCode.TooManyAttempts, mine.Since + limits.SignInWindow - now));

        // Nobody's failures are forgotten to make room while they count: else a few more networks than the list holds, taking turns, would guess
        // without end. A new network still gets a try, one of them every so often: who fails once from very many shuts nobody out unless they keep on.
        if (isFull && !owners && mine.Count == 0 && others.Max(failures => failures.Since) + SpareEvery is var spare && spare > now)
            return (this, new Refusal(RefusalCode.TooManyAttempts, spare - now));

        return (this with
        {
            Networks = [.. others, mine with { Count = mine.Count + 1 }], // the owner's few may exceed the bound
            Shared = owners ? shared : shared + 1,
            SharedSince = since,
        }, null);
    }

    /// <summary>Nobody looked at the password: the try does not count.</summary>
    public SignInThrottle Undecided(SignInFrom from, bool owners)
    {
        var counter = CounterOf(from, owners);
        return this with
        {
            Networks = [.. Networks.Select(failures => failures.Network == counter ? failures with { Count = Math.Max(0, failures.Count - 1) } : failures).Where(failures => failures.Count > 0)],
            Shared = owners ? Shared : Math.Max(0, Shared - 1),
        };
    }

    /// <summary>The password was right, or a new one was set by code.</summary>
    public SignInThrottle Succeeded(SignInFrom from, bool owners) => this with
    {
        // With a mark, what failed in the same network was somebody else's.
        Networks = [.. Networks.Where(failures => from.Client != 0 ? failures.Network != from.Client : failures.Network != from.Network && failures.Network != from.Site)],
        Shared = owners ? Shared : Math.Max(0, Shared - 1),
        Trusted = from.Network == 0 ? Trusted : [.. Trusted.Where(trusted => trusted != from.Network).TakeLast(TrustedMax - 1), from.Network],
    };

    // Strangers are counted by what one of them can have whole: a customer who is given a /48 has 65,536 networks of the size of a household's.
    private static long CounterOf(SignInFrom from, bool owners) => from.Client != 0 ? from.Client : owners ? from.Network : from.Site;
}
