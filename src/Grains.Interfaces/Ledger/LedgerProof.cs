namespace AiCloud.Ledger;

/// <summary>One entry in the form that is hashed.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.ledger-line")]
public sealed record LedgerLine
{
    /// <summary>Its place in the chain, from 1.</summary>
    [Id(0)] public required int Number { get; init; }
    /// <summary>The canonical form.</summary>
    [Id(1)] public required string Canonical { get; init; }
    /// <summary>Its SHA-256, lower-case hex.</summary>
    [Id(2)] public required string Hash { get; init; }
}

/// <summary>That the end of one chain is under a checkpoint's root.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.ledger-proof")]
public sealed record LedgerProof
{
    /// <summary>Key of the account.</summary>
    [Id(0)] public required string Account { get; init; }
    /// <summary>Number of the chain's last entry.</summary>
    [Id(1)] public required int Number { get; init; }
    /// <summary>Its hash, lower-case hex.</summary>
    [Id(2)] public required string Hash { get; init; }
    /// <summary>What is hashed, behind a zero byte, to make the leaf.</summary>
    [Id(5)] public required string Leaf { get; init; }
    /// <summary>From the leaf upwards.</summary>
    [Id(3)] public required LedgerProofStep[] Path { get; init; }
    /// <summary>Under whose root it stands.</summary>
    [Id(4)] public required LedgerCheckpoint Checkpoint { get; init; }
}

/// <summary>One step of a proof.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.ledger-proof-step")]
public sealed record LedgerProofStep
{
    /// <summary>True when the hash beside stands to the left.</summary>
    [Id(0)] public required bool IsLeft { get; init; }
    /// <summary>The hash beside, lower-case hex.</summary>
    [Id(1)] public required string Sha256 { get; init; }
}
