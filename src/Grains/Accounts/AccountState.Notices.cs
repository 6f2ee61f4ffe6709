using AiCloud.Documents;

namespace AiCloud.Accounts;

/// <summary>What the person was told by message.</summary>
public sealed partial record AccountState
{
    /// <summary>Announced versions that a message told of, oldest first.</summary>
    public ToldChange[] Told { get; init; } = [];

    /// <summary>Whether a message about a version has a use: nobody was told, and nothing binds the account to it yet.</summary>
    public bool CanBeTold(DocumentReference document) =>
        Phase == AccountPhase.Open && Told.All(told => told.Document != document) && Acceptances.All(acceptance => acceptance.Document != document);
}

/// <summary>A version and the instant of the message about it.</summary>
public sealed record ToldChange(DocumentReference Document, DateTimeOffset At);

/// <summary>The sealed part of a notice's entry: over which kinds of contact it went.</summary>
public sealed record NoticeEvidence(string[] Channels, string Language);
