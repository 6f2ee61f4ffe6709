using AiCloud.Ledger;

namespace AiCloud.Accounts;

/// <summary>How an account ends (C2.5e).</summary>
public sealed partial record AccountState
{
    /// <summary>When its ending began; null while it has not.</summary>
    public DateTimeOffset? EndingSince { get; init; }

    /// <summary>The account begins to end: nothing answers for it any more, and its chain says so.</summary>
    public AccountState BeginEnding(string account, string ground, DateTimeOffset now) => WithEntry(LedgerDrafts.Ended(account, ground, now)) with
    {
        Phase = AccountPhase.Ending,
        EndingSince = now,
        Sessions = [],
        Responsibilities = [.. Responsibilities.Select(each => each.Until is null ? each with { Until = now } : each)], // nobody is responsible for what is no more
    };

    /// <summary>Keys of every identifier at which the account has something: contacts, those that arrive and that left, certificates, places of guardians.</summary>
    public IReadOnlyCollection<string> HeldIdentifiers() => new string?[]
        {
            Security.Arriving?.Contact.IdentifierKey, Identity?.Proof?.DocumentKey, Identity?.Request?.DocumentKey, Ward?.Guardian?.IdentifierKey,
        }
        .Concat(Contacts.Select(contact => contact.IdentifierKey))
        .Concat(Security.Leaving.Select(left => left.Contact.IdentifierKey))
        .Concat((Identity?.Releases ?? []).Select(release => release.Key))
        .Concat((Numbers?.Leaving ?? []).Select(lost => lost.IdentifierKey))
        .Concat(LeavingPlaces.Select(place => place.IdentifierKey))
        .OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// What remains of an account without its key. It names what is kept and not what goes, so that a new member goes unless somebody decides that it must
    /// stay and that it holds nothing personal in clear.
    /// </summary>
    public AccountState Shredded() => new()
    {
        Phase = AccountPhase.Ended,
        CreatedAt = CreatedAt,
        EndingSince = EndingSince,
        Declarations = Declarations,
        EvidenceKey = EvidenceKey,
        Acceptances = Acceptances,
        Consents = Consents,
        Responsibilities = Responsibilities,
        Head = Head,
        Pending = Pending,
    };
}
