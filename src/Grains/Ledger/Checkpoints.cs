using System.Text;
using System.Text.Json;
using AiCloud.Protection;

namespace AiCloud.Ledger;

/// <summary>How a checkpoint is written down and checked. Pure.</summary>
public static class Checkpoints
{
    /// <summary>The <c>typ</c> of its JWS.</summary>
    public const string Type = "aicloud-ledger-checkpoint";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <summary>The hour that an instant belongs to, counted from 1970.</summary>
    public static long Hour(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    /// <summary>Signs the next one.</summary>
    public static LedgerCheckpoint Make(LedgerCheckpoint? before, DateTimeOffset at, long accounts, byte[] root, EvidenceSigner signer)
    {
        var payload = new Payload((before?.Number ?? 0) + 1, LedgerChain.Instant(at), accounts, Convert.ToHexStringLower(root), Previous(before));
        return new LedgerCheckpoint
        {
            Number = payload.Number,
            At = at,
            Accounts = accounts,
            Root = payload.Root,
            Previous = payload.Previous,
            Jws = signer.Sign(JsonSerializer.SerializeToUtf8Bytes(payload, Json), Type),
        };
    }

    /// <summary>What the next one names: SHA-256 of this one's JWS as ASCII text; zeros for the first.</summary>
    public static string Previous(LedgerCheckpoint? before) => before is null ? LedgerChain.Beginning : LedgerChain.Digest(Encoding.ASCII.GetBytes(before.Jws));

    /// <summary>What is wrong with a checkpoint after the one before; null when nothing is.</summary>
    public static string? Fault(LedgerCheckpoint? before, LedgerCheckpoint checkpoint, IReadOnlyCollection<EvidenceKey> keys)
    {
        if (checkpoint.Number != (before?.Number ?? 0) + 1) return FormattableString.Invariant($"checkpoint {(before?.Number ?? 0) + 1} is missing");
        if (checkpoint.Previous != Previous(before)) return "it does not name the one before";
        if (before is not null && Hour(checkpoint.At) <= Hour(before.At)) return "it is not of a later hour than the one before";
        if (EvidenceSigner.Verify(checkpoint.Jws, Type, keys) is not { } signed) return "no key of ours signed it";
        return JsonSerializer.Deserialize<Payload>(signed, Json) ==
            new Payload(checkpoint.Number, LedgerChain.Instant(checkpoint.At), checkpoint.Accounts, checkpoint.Root, checkpoint.Previous) ? null : "it says something else than what was signed";
    }

    private sealed record Payload(int Number, string At, long Accounts, string Root, string Previous);
}
