using System.ComponentModel.DataAnnotations;
using AiCloud.Requests;

namespace AiCloud.Ledger;

/// <summary>One signed root over the ends of all chains.</summary>
public sealed record CheckpointBody
{
    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many accounts' chains it covers.</summary>
    public required long Accounts { get; init; }

    /// <summary>Root of the Merkle tree (RFC 6962), lower-case hex.</summary>
    public required string Root { get; init; }

    /// <summary>SHA-256 of the JWS of the checkpoint before, lower-case hex; zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>All of this as a JWS in compact form, ES256; its <c>typ</c> is <c>aicloud-ledger-checkpoint</c>.</summary>
    [MaxLength(4096)] public required string Jws { get; init; }

    internal static CheckpointBody Of(LedgerCheckpoint checkpoint) => new()
    {
        Number = checkpoint.Number,
        At = checkpoint.At,
        Accounts = checkpoint.Accounts,
        Root = checkpoint.Root,
        Previous = checkpoint.Previous,
        Jws = checkpoint.Jws,
    };
}

/// <summary>One entry of one's own chain.</summary>
public sealed record LedgerEntryBody
{
    /// <summary>Its place, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What is hashed, exactly: UTF-8, lines ended by one line feed.</summary>
    [MaxLength(16384), Text(TextRule.Multiline)] public required string Canonical { get; init; }

    /// <summary>SHA-256 of that, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    internal static LedgerEntryBody Of(LedgerLine line) => new() { Number = line.Number, Canonical = line.Canonical, Sha256 = line.Hash };
}

/// <summary>That the end of one's own chain is under a checkpoint's root.</summary>
public sealed record LedgerProofBody
{
    /// <summary>Number of the chain's last entry that the checkpoint covers.</summary>
    public required int Number { get; init; }

    /// <summary>Hash of that entry.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the leaf is, exactly: account, number and hash, a line each.</summary>
    public required string Leaf { get; init; }

    /// <summary>From the leaf upwards. The sides of the last sixteen spell the first sixteen bits of SHA-256 over the account's key, lowest first, left for one.</summary>
    public required LedgerStepBody[] Path { get; init; }

    /// <summary>Under whose root it stands.</summary>
    public required CheckpointBody Checkpoint { get; init; }

    internal static LedgerProofBody Of(LedgerProof proof) => new()
    {
        Number = proof.Number,
        Sha256 = proof.Hash,
        Leaf = proof.Leaf,
        Path = [.. proof.Path.Select(step => new LedgerStepBody { Side = step.IsLeft ? "left" : "right", Sha256 = step.Sha256 })],
        Checkpoint = CheckpointBody.Of(proof.Checkpoint),
    };
}

/// <summary>One step of a proof.</summary>
public sealed record LedgerStepBody
{
    /// <summary>On which side the hash beside stands: <c>left</c> or <c>right</c>.</summary>
    public required string Side { get; init; }

    /// <summary>The hash beside, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}
