using AiCloud.Facts;

namespace AiCloud.Delivery;

/// <summary>What contacts of an account are told beside notices that can be objected to.</summary>
public enum OwedKind
{
    /// <summary>A number of the account went to somebody else (C2.1g).</summary>
    NumberLost = 1,
    /// <summary>Somebody else proved a number of the account, which goes unless it is used (C2.1g).</summary>
    NumberClaimed = 2,
    /// <summary>A fact was marked (C2.1g).</summary>
    FactMarked = 3,
    /// <summary>What needs a marked fact stopped.</summary>
    FactRestricted = 4,
    /// <summary>A mark ended.</summary>
    FactLifted = 5,
    /// <summary>An objection to a mark was not accepted.</summary>
    FactUpheld = 6,
    /// <summary>The name to show is refused by the rules (L-12).</summary>
    NameRefused = 7,
}

/// <summary>
/// A message to contacts, kept with what it tells of and until every one of them was told. It is handed over again should a crash hide whether it was, while staff
/// have stopped messages, and for a day while the channel fails: not hearing of it is worse than hearing twice.
/// </summary>
public sealed record OwedMessage
{
    private const int Most = 20;

    /// <summary>Its id within the account.</summary>
    public required string Id { get; init; }
    /// <summary>What it tells.</summary>
    public required OwedKind Kind { get; init; }
    /// <summary>When that happened.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The deadline that it names; null without one.</summary>
    public DateTimeOffset? Deadline { get; init; }
    /// <summary>The fact that it is about; null for none.</summary>
    public AccountFact? Fact { get; init; }
    /// <summary>Keys of the contacts that are still to be told.</summary>
    public required string[] To { get; init; }
    /// <summary>When it is handed over again, should this activation not live to see it done, or to whoever could not be told.</summary>
    public required DateTimeOffset SendAt { get; init; }
    /// <summary>Whether it was tried.</summary>
    public bool Tried { get; init; }

    /// <summary>Whether it is handed over now.</summary>
    internal bool IsToBeSent(DateTimeOffset now) => !Tried || SendAt <= now;

    /// <summary>With one more. Bounded: the oldest goes when nothing could be sent for long.</summary>
    internal static OwedMessage[] With(OwedMessage[] owed, OwedMessage added) => added.To.Length == 0 ? owed : [.. owed.TakeLast(Most - 1), added];

    /// <summary>Without those that all were told of.</summary>
    internal static OwedMessage[] After(OwedMessage[] owed, IReadOnlyDictionary<string, string[]> untold, DateTimeOffset again) =>
    [
        .. owed.Select(message => untold.TryGetValue(message.Id, out var keys) ? message with { To = keys, Tried = true, SendAt = again } : message).Where(message => message.To.Length > 0),
    ];
}
