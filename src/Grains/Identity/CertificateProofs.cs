namespace AiCloud.Identity;

/// <summary>
/// The accounts that one certificate proves, at most so many. Places are held, then owned, as contacts are; a hold's deadline permits a
/// takeover and decides nothing else. Pure.
/// </summary>
public sealed record CertificateProofs
{
    private const int Most = 200; // of a day, known names included: a row has an end
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Accounts that it proves.</summary>
    public Guid[] Owners { get; init; } = [];

    /// <summary>Places held for checks under way, oldest first.</summary>
    public ProofHold[] Holds { get; init; } = [];

    /// <summary>Checks of the last 24 hours.</summary>
    public ProofTry[] Tries { get; init; } = [];

    /// <summary>Keyed digest of the name that the newest proof showed; null once it proves nobody.</summary>
    public string? ProvenName { get; init; }

    /// <summary>When nothing is held or counted any more; null when that is now.</summary>
    public DateTimeOffset? EndsAt => Holds.Select(hold => hold.Until).Concat(Tries.Select(tried => tried.At + Day)).Cast<DateTimeOffset?>().Max();

    /// <summary>Reserves a place.</summary>
    public (CertificateProofs Next, ProofPlaceStatus Status) HoldFor(ProofRequest request, IdentityOptions limits, DateTimeOffset now)
    {
        if (Holds.Any(hold => hold.Operation == request.Operation && hold.Account == request.Account)) return (this, ProofPlaceStatus.Held);
        var (next, tried) = TryFor(request, limits, now);
        if (tried == ProofPlaceStatus.TooOften) return (this, ProofPlaceStatus.TooOften);
        if (Owners.Contains(request.Account)) return (next, ProofPlaceStatus.Owned);
        // A check that outlived its deadline keeps its place as long as nobody else needs it.
        var room = limits.AccountsPerDocument - Owners.Length - 1;
        var standing = next.Holds.Where(hold => hold.Until > now).ToArray();
        if (standing.Length > room) return (next, ProofPlaceStatus.Full);
        var lapsed = next.Holds.Where(hold => hold.Until <= now).TakeLast(room - standing.Length);
        return (next with { Holds = [.. lapsed, .. standing, new ProofHold(request.Operation, request.Account, request.Until) { Name = request.Name }] }, ProofPlaceStatus.Held);
    }

    /// <summary>
    /// Takes a try, and no place. A stranger who knows a number must neither guess at the name without end nor use up its holder's tries: an account's first try
    /// of a day has a larger allowance of its own, further ones share a small one, and the name that was proven before needs neither.
    /// </summary>
    public (CertificateProofs Next, ProofPlaceStatus Status) TryFor(ProofRequest request, IdentityOptions limits, DateTimeOffset now)
    {
        var tries = Tries.Where(tried => tried.At > now - Day).ToArray();
        if (tries.Any(tried => tried.Operation == request.Operation)) return (this, ProofPlaceStatus.Free);
        var mine = tries.Count(tried => tried.Account == request.Account);
        var others = tries.Select(tried => tried.Account).OfType<Guid>().Distinct().Count();
        var known = request.Name is not null && request.Name == ProvenName;
        var spent = mine >= limits.TriesPerDocumentOfAccount || tries.Length >= Most
            || (!known && (mine == 0 ? others >= limits.AccountsTryingDocument : tries.Length - others >= limits.TriesPerDocument));
        return spent ? (this, ProofPlaceStatus.TooOften) : (this with { Tries = [.. tries, new ProofTry(request.Operation, now) { Account = request.Account }] }, ProofPlaceStatus.Free);
    }

    /// <summary>Commits.</summary>
    public (CertificateProofs Next, ProofPlaceStatus Status) OwnFor(string operation, Guid account)
    {
        if (Owners.Contains(account)) return (Without(operation, account), ProofPlaceStatus.Owned);
        return Holds.FirstOrDefault(hold => hold.Operation == operation && hold.Account == account) is { } held
            ? (Without(operation, account) with { Owners = [.. Owners, account], ProvenName = held.Name ?? ProvenName }, ProofPlaceStatus.Owned)
            : (this, ProofPlaceStatus.Free);
    }

    /// <summary>Gives a hold up.</summary>
    public (CertificateProofs Next, ProofPlaceStatus Status) ReleaseFor(string operation, Guid account) =>
        (Without(operation, account), Owners.Contains(account) ? ProofPlaceStatus.Owned : ProofPlaceStatus.Free);

    /// <summary>Proves the account no longer.</summary>
    public CertificateProofs Disowned(Guid account) => !Owners.Contains(account) ? this
        : this with { Owners = [.. Owners.Where(owner => owner != account)], ProvenName = Owners.Length > 1 ? ProvenName : null };

    /// <summary>The account ends: it is proven no longer, and nothing is held for it.</summary>
    public CertificateProofs GivenUp(Guid account) => Disowned(account) is var next && next.Holds.Any(hold => hold.Account == account)
        ? next with { Holds = [.. next.Holds.Where(hold => hold.Account != account)] } : next;

    private CertificateProofs Without(string operation, Guid account) => Holds.Any(hold => hold.Operation == operation && hold.Account == account)
        ? this with { Holds = [.. Holds.Where(hold => hold.Operation != operation || hold.Account != account)] } : this;
}

/// <summary>A place held for one check.</summary>
public sealed record ProofHold(string Operation, Guid Account, DateTimeOffset Until)
{
    /// <summary>Keyed digest of the name that is tried.</summary>
    public string? Name { get; init; }
}

/// <summary>One check that was asked for.</summary>
public sealed record ProofTry(string Operation, DateTimeOffset At)
{
    /// <summary>The account that asked; null in rows of before.</summary>
    public Guid? Account { get; init; }
}
