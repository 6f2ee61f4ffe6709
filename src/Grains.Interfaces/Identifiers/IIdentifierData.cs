namespace AiCloud.Identifiers;

/// <summary>What is counted of a contact, for its owner's own copy. Implemented by the identifier's actor; asked by the account that owns it alone.</summary>
[Alias("aicloud.grain.identifier-data")]
public interface IIdentifierData : IGrainWithStringKey
{
    /// <summary>Everything that is kept beside the owner. Changes nothing.</summary>
    [Alias("counted")] Task<IdentifierCounted> Counted(CancellationToken cancellation = default);
}

/// <summary>The budgets of a contact.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.identifier-counted")]
public sealed record IdentifierCounted
{
    /// <summary>Messages of the last 24 hours.</summary>
    [Id(0)] public required CountedMessage[] Messages { get; init; }
    /// <summary>Networks that asked for one.</summary>
    [Id(1)] public required CountedNetwork[] Askers { get; init; }
    /// <summary>Networks from which a code was answered rightly.</summary>
    [Id(2)] public required long[] ProvenFrom { get; init; }
    /// <summary>Networks whose sign-ins failed, and how often.</summary>
    [Id(3)] public required CountedNetwork[] Failures { get; init; }
    /// <summary>Failures of all networks that never signed in.</summary>
    [Id(4)] public required int SharedFailures { get; init; }
    /// <summary>Start of the window that they are counted in.</summary>
    [Id(5)] public required DateTimeOffset SharedSince { get; init; }
    /// <summary>Networks from which the owner signed in.</summary>
    [Id(6)] public required long[] Trusted { get; init; }
    /// <summary>When the last window ends; null when nothing counts.</summary>
    [Id(7)] public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>One message.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.counted-message")]
public sealed record CountedMessage
{
    /// <summary>When it leaves or left.</summary>
    [Id(0)] public required DateTimeOffset LeavesAt { get; init; }
    /// <summary>Guesses leased with it.</summary>
    [Id(1)] public required int Guesses { get; init; }
    /// <summary>Digits of its code.</summary>
    [Id(2)] public required int CodeLength { get; init; }
}

/// <summary>One network by its digest.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.counted-network")]
public sealed record CountedNetwork
{
    /// <summary>Keyed digest of the network prefix.</summary>
    [Id(0)] public required long Network { get; init; }
    /// <summary>How often.</summary>
    [Id(1)] public required int Count { get; init; }
    /// <summary>Since when, or when last.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
}
