using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>How far an account has come.</summary>
public enum AccountPhase
{
    /// <summary>Kept, but not owned by its identifier yet as far as it knows: answers nothing.</summary>
    Prepared = 1,
    /// <summary>Open.</summary>
    Open = 2,
    /// <summary>Being ended for good: answers nothing any more.</summary>
    Ending = 3,
    /// <summary>Ended: its account key is gone (C2.5e).</summary>
    Ended = 4,
}

/// <summary>What is kept of one account. Facts are sealed under the account key, evidence under the evidence key (DESIGN §6).</summary>
public sealed partial record AccountState : IStoredState
{
    /// <summary>Null as long as there is no account.</summary>
    public AccountPhase? Phase { get; init; }

    /// <summary>The registration that made it: the operation of the hold on its identifier.</summary>
    public string Registration { get; init; } = "";

    /// <summary>The completion request whose content this is, and the keyed digest of its body.</summary>
    public string Operation { get; init; } = "";

    /// <inheritdoc cref="Operation"/>
    public string Fingerprint { get; init; } = "";

    /// <summary>Deadline of the hold while prepared.</summary>
    public DateTimeOffset HoldUntil { get; init; }

    /// <summary>When the completion that opened it was decided.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Key of facts, contacts and sessions: destroyed when the account ends.</summary>
    public WrappedKey? AccountKey { get; init; }

    /// <summary>Key of what must outlive the account.</summary>
    public WrappedKey? EvidenceKey { get; init; }

    /// <summary>Proven contacts.</summary>
    public StoredContact[] Contacts { get; init; } = [];

    /// <summary>PHC string of the password, sealed; null without one.</summary>
    public byte[]? PasswordHash { get; init; }

    /// <summary>Stated birth date, sealed.</summary>
    public byte[]? BirthDate { get; init; }

    /// <summary>Name to show, sealed; null without one.</summary>
    public byte[]? DisplayName { get; init; }

    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    public string Locale { get; init; } = "";

    /// <summary>Declarations made when registering (C2.1c-e).</summary>
    public string[] Declarations { get; init; } = [];

    /// <summary>Acceptances, oldest first.</summary>
    public StoredAcceptance[] Acceptances { get; init; } = [];

    /// <summary>Newest decision on each purpose of processing that was ever decided on its own box.</summary>
    public StoredConsent[] Consents { get; init; } = [];

    /// <summary>Versions not accepted yet that an answer to the person carried, and when first: part of the proof of notice.</summary>
    public ShownNotice[] NoticesShown { get; init; } = [];

    /// <summary>Sessions, oldest first.</summary>
    public StoredSession[] Sessions { get; init; } = [];

    /// <summary>Tries at the current password since <see cref="PasswordTriesSince"/>.</summary>
    public int PasswordTries { get; init; }

    /// <summary>Start of the hour that <see cref="PasswordTries"/> counts.</summary>
    public DateTimeOffset PasswordTriesSince { get; init; }

    /// <summary>The newest request that changed the password: a repeat finds it done. Absent in rows of release 0.1.0.</summary>
    public PasswordChanged? LastPasswordChange { get; init; }

    /// <summary>The open session that a proof names; null when there is none.</summary>
    public StoredSession? Find(SessionProof proof, SessionOptions limits, DateTimeOffset now) =>
        Sessions.FirstOrDefault(session => session.Id == proof.Session) is { } found && found.IsProvenBy(proof) && !found.HasEnded(limits, now) ? found : null;

    /// <summary>Adds a session. Ended ones go; above the bound the one unused for longest goes too.</summary>
    public AccountState With(StoredSession session, SessionOptions limits, DateTimeOffset now)
    {
        var open = Sessions.Where(other => other.Id != session.Id && !other.HasEnded(limits, now))
            .OrderBy(other => other.LastSeen).ThenBy(other => other.AuthenticatedAt).TakeLast(limits.PerAccount - 1);
        return this with { Sessions = [.. open.OrderBy(other => other.AuthenticatedAt), session] };
    }

    /// <summary>Takes one try at the current password.</summary>
    public (AccountState Next, Refusal? Refusal) TakePasswordTry(SessionOptions limits, DateTimeOffset now)
    {
        var window = TimeSpan.FromHours(1);
        var (tries, since) = PasswordTriesSince > now - window ? (PasswordTries, PasswordTriesSince) : (0, now);
        return tries >= limits.PasswordTriesPerHour
            ? (this, new Refusal(RefusalCode.TooManyAttempts, since + window - now))
            : (this with { PasswordTries = tries + 1, PasswordTriesSince = since }, null);
    }
}

/// <summary>A contact: its address is sealed under the account key.</summary>
public sealed record StoredContact(IdentifierKind Kind, string IdentifierKey, byte[] Address, DateTimeOffset ProvenAt)
{
    /// <summary>When it became the account's, whatever was proven of it since; null in rows of earlier releases.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>What decides whether it came with something in dispute. Proving it anew changes nothing about that.</summary>
    public DateTimeOffset CameAt => AddedAt ?? ProvenAt;

    /// <summary>When the person last signed in with it or answered a code to it; null since it was proven.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The newest proof that it is in use.</summary>
    public DateTimeOffset LastUsedAt => UsedAt > ProvenAt ? UsedAt.Value : ProvenAt;

    /// <summary>The same contact, proven anew.</summary>
    internal StoredContact ProvenAnew(DateTimeOffset now) => this with { ProvenAt = now, AddedAt = CameAt };
}

/// <summary>An acceptance: what proves the text stands in clear, what describes the person is sealed under the evidence key.</summary>
public sealed record StoredAcceptance(
    string Id, DocumentReference Document, DocumentReference[] Incorporated, DateTimeOffset AcceptedAt, AcceptanceManner Manner, string Act, byte[] Evidence)
{
    /// <summary>How far the version's announcement had reached; null for what was accepted by an act meant to.</summary>
    public AcceptanceNotice? Notice { get; init; }
}

/// <summary>The sealed part of an acceptance.</summary>
public sealed record AcceptanceEvidence(string Language, string Channel, string Session, long Network)
{
    /// <summary>When the change was first shown to the person; null when it never was.</summary>
    public DateTimeOffset? NoticeShownAt { get; init; }
}

/// <summary>A decision on one purpose of processing (L-02): what describes the person is sealed under the evidence key.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Given">Given, or refused or withdrawn.</param>
/// <param name="Withdrawn">Taken back after it was given.</param>
/// <param name="At">When.</param>
/// <param name="Document">The text whose table was shown.</param>
/// <param name="Evidence">Sealed <see cref="AcceptanceEvidence"/>.</param>
public sealed record StoredConsent(string Purpose, bool Given, bool Withdrawn, DateTimeOffset At, DocumentReference Document, byte[] Evidence);

/// <summary>A version shown to the person before it was accepted.</summary>
public sealed record ShownNotice(string Kind, string Version, DateTimeOffset At);

/// <summary>A change of the password: its operation, and what of the request's body is no password.</summary>
public sealed record PasswordChanged(string Operation, bool EndedOtherSessions);

/// <summary>A session: the token's secret is kept as a digest, the client's name sealed under the account key.</summary>
public sealed record StoredSession
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    public required byte[] SecretDigest { get; init; }
    /// <summary>The request that opened it: a repeat replaces the secret.</summary>
    public required string Operation { get; init; }
    /// <summary>When the person last authenticated in it: by opening it, or anew before something sensitive.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }
    /// <summary>When it was opened; null as long as it was not renewed, and then the same as <see cref="AuthenticatedAt"/>.</summary>
    public DateTimeOffset? OpenedAt { get; init; }
    /// <summary>The newest operation that renewed its authentication: a repeat finds it done.</summary>
    public string? RenewedBy { get; init; }
    /// <summary>Key of the contact that it was opened with; null in rows of earlier releases.</summary>
    public string? Through { get; init; }
    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Day (UTC) of the last use.</summary>
    public required DateOnly LastSeen { get; init; }
    /// <summary>What opened it, sealed.</summary>
    public required byte[] Client { get; init; }
    /// <summary>How the person authenticated.</summary>
    public required string[] Methods { get; init; }
    /// <summary>What it may do.</summary>
    public SessionScope Scope { get; init; } = SessionScope.Full;
    /// <summary>For a limited session: the functions it may use.</summary>
    public string[] Allowed { get; init; } = [];

    internal bool IsProvenBy(SessionProof proof) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(SecretDigest, proof.SecretDigest);

    internal bool HasEnded(SessionOptions limits, DateTimeOffset now) =>
        now >= ExpiresAt || DateOnly.FromDateTime(now.UtcDateTime).DayNumber - LastSeen.DayNumber > limits.IdleDays;
}
