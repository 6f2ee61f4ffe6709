using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>
/// One act with legal weight, in one account's chain (DESIGN §5). Everything but <see cref="Evidence"/> stands in clear and goes into the
/// hash as <see cref="LedgerChain.Canonical"/> writes it; the sealed evidence goes in by its digest, so that the chain can be checked
/// after the evidence key, and the ciphertext itself, are gone.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary>Key of the account: its UUID without dashes.</summary>
    public required string Account { get; init; }
    /// <summary>Place in the account's chain, from 1 without gaps.</summary>
    public required int Number { get; init; }
    /// <summary>One of <see cref="LedgerKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>The instant of the act, UTC.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary><c>explicit</c> or <c>deemed</c>; null where nothing was accepted.</summary>
    public string? Manner { get; init; }
    /// <summary>The act, such as <c>registration_completion</c>.</summary>
    public required string Act { get; init; }
    /// <summary>The text that the act is about.</summary>
    public DocumentReference? Document { get; init; }
    /// <summary>Rules and policies accepted along with it (C0.1).</summary>
    public DocumentReference[] Incorporated { get; init; } = [];
    /// <summary>For a consent: the purpose of processing.</summary>
    public string? Purpose { get; init; }
    /// <summary>For a consent: given or refused.</summary>
    public bool? Given { get; init; }
    /// <summary>What describes the person, sealed under the evidence key; null when there is none, or when it was shredded.</summary>
    public byte[]? Evidence { get; init; }
    /// <summary>SHA-256 of the sealed evidence, lower-case hex; null when there never was any.</summary>
    public string? EvidenceSha256 { get; init; }
    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }
    /// <summary>SHA-256 of the canonical form, lower-case hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>The kinds of entry. A kind goes into the hash: never renamed.</summary>
public static class LedgerKinds
{
    /// <summary>A document was accepted, by an act meant to or by continued use (C0.1, C2.5c).</summary>
    public const string Acceptance = "acceptance";
    /// <summary>A purpose of processing personal data was consented to, or refused.</summary>
    public const string Consent = "consent";
    /// <summary>A consent was taken back.</summary>
    public const string ConsentWithdrawn = "consent-withdrawn";
    /// <summary>A change that is to come was shown to the person.</summary>
    public const string Notice = "notice";
    /// <summary>A guardian accepted a document in their own name and took the responsibility (C2.1b).</summary>
    public const string GuardianAcceptance = "guardian-acceptance";
    /// <summary>A guardianship changed: withdrawn, frozen, lost, ended at the 18th birthday.</summary>
    public const string Guardianship = "guardianship";
    /// <summary>A number went to somebody else and left the account (C2.1g).</summary>
    public const string ContactLost = "contact-lost";
    /// <summary>The account ended; its act says by which ground (C2.5e). The last entry but for what is done under the evidence key.</summary>
    public const string Ended = "account-ended";
    /// <summary>Something was said, or done, about a fact of the account (C2.1g); its name stands as the purpose.</summary>
    public const string Fact = "fact";
}

/// <summary>The end of an account's chain.</summary>
public sealed record LedgerHead(int Number, string Hash);

/// <summary>An entry before it has its place in the chain.</summary>
public sealed record LedgerDraft
{
    /// <inheritdoc cref="LedgerEntry.Account"/>
    public required string Account { get; init; }
    /// <inheritdoc cref="LedgerEntry.Kind"/>
    public required string Kind { get; init; }
    /// <inheritdoc cref="LedgerEntry.At"/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc cref="LedgerEntry.Manner"/>
    public string? Manner { get; init; }
    /// <inheritdoc cref="LedgerEntry.Act"/>
    public required string Act { get; init; }
    /// <inheritdoc cref="LedgerEntry.Document"/>
    public DocumentReference? Document { get; init; }
    /// <inheritdoc cref="LedgerEntry.Incorporated"/>
    public DocumentReference[] Incorporated { get; init; } = [];
    /// <inheritdoc cref="LedgerEntry.Purpose"/>
    public string? Purpose { get; init; }
    /// <inheritdoc cref="LedgerEntry.Given"/>
    public bool? Given { get; init; }
    /// <summary>Sealed under the account's evidence key.</summary>
    public byte[]? Evidence { get; init; }
}
