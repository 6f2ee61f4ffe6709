using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Identity;

/// <summary>
/// The account's real name (C2.1e): proven by a check whose answer is a result, never a document (L-11). Key: as <see cref="IAccountGrain"/>.
/// </summary>
[Alias("aicloud.grain.account-identity")]
public interface IAccountIdentity : IGrainWithStringKey
{
    /// <summary>How the account stands to real-name proof.</summary>
    [Alias("view")] Task<Outcome<IdentityView>> View(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>
    /// Asks for a check. Needs full re-authentication, and consent of its own to the purpose <see cref="IdentityView.Purpose"/> (L-09). A repeat of the same operation answers as the
    /// proof stands by then and asks nobody a second time.
    /// </summary>
    /// <returns>
    /// How it stands: verified or refused where the answer came at once, pending where it did not. <see cref="RefusalCode.IdentityUnavailable"/>,
    /// <see cref="RefusalCode.IdentityConsentMissing"/>, <see cref="RefusalCode.IdentityPending"/>, <see cref="RefusalCode.BirthDateMismatch"/>,
    /// <see cref="RefusalCode.TooManyAttempts"/>.
    /// </returns>
    [Alias("submit"), ResponseTimeout("00:00:08")]
    Task<Outcome<IdentityView>> Submit(SessionProof proof, SubmitIdentity submission, CancellationToken cancellation = default);

    /// <summary>An answer that came after the submission was answered. Harmless at any time: one that nobody waits for is dropped.</summary>
    [Alias("answered")] Task Answered(string request, IdentityAnswer answer, CancellationToken cancellation = default);
}

/// <summary>How a person proves who they are.</summary>
public enum IdentityMethod
{
    /// <summary>Name and number of a certificate, looked up together.</summary>
    Certificate = 1,
    /// <summary>The state network ID: a token of the state's platform, which answers with a result and a subject (L-11).</summary>
    NetworkId = 2,
}

/// <summary>Where the proof stands.</summary>
public enum IdentityState
{
    /// <summary>Nothing was asked for.</summary>
    None = 1,
    /// <summary>Asked, and not answered yet: tried again by itself, never guessed.</summary>
    Pending = 2,
    /// <summary>Proven.</summary>
    Verified = 3,
    /// <summary>The newest check did not prove it.</summary>
    Refused = 4,
}

/// <summary>Why a check did not prove the person.</summary>
public enum IdentityReason
{
    /// <summary>Name and number do not belong together.</summary>
    Mismatch = 1,
    /// <summary>There is no such certificate, or the token is not a valid one.</summary>
    NotFound = 2,
    /// <summary>The certificate proves as many accounts as it may.</summary>
    DocumentLimit = 3,
    /// <summary>The certificate was tried too often today.</summary>
    DocumentTries = 4,
    /// <summary>The check did not confirm the birth date that was to be corrected.</summary>
    BirthDateUnconfirmed = 5,
    /// <summary>No answer came in time; trying again costs nothing that was held.</summary>
    Unanswered = 6,
}

/// <summary>Asks for a check.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.submit-identity")]
public sealed record SubmitIdentity
{
    /// <summary>Operation id, from the Idempotency-Key or minted for the HTTP request.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the body: a repeat must carry the same.</summary>
    [Id(1)] public required string Fingerprint { get; init; }
    /// <summary>The way.</summary>
    [Id(2)] public required IdentityMethod Method { get; init; }
    /// <summary>By certificate: the certificate.</summary>
    [Id(3)] public Certificate? Certificate { get; init; }
    /// <summary>By certificate: the name on it.</summary>
    [Id(4)] public string? Name { get; init; }
    /// <summary>By network ID: the platform's token.</summary>
    [Id(5)] public string? Credential { get; init; }
    /// <summary>A birth date to be proven in place of the stated one; null where that is right.</summary>
    [Id(6)] public DateOnly? BirthDate { get; init; }
    /// <summary>The type of service that the proof is for.</summary>
    [Id(7)] public string? Service { get; init; }
    /// <summary>The legal ground on which that type keeps the full number, as the catalogue states it; null where it does not, and then the number goes.</summary>
    [Id(8)] public string? NumberGround { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SubmitIdentity);
}

/// <summary>What an identity check found.</summary>
public enum IdentityVerdict
{
    /// <summary>The person is who they say.</summary>
    Match = 1,
    /// <summary>Name and number do not belong together.</summary>
    Mismatch = 2,
    /// <summary>No such certificate, or no valid token.</summary>
    NotFound = 3,
    /// <summary>No answer: a time-out, an outage, or one that is still being worked on. To be asked again under the same request.</summary>
    Later = 4,
}

/// <summary>A result, and nothing of any document.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.identity-answer")]
public sealed record IdentityAnswer
{
    /// <summary>What was found.</summary>
    [Id(0)] public required IdentityVerdict Verdict { get; init; }
    /// <summary>By network ID: the platform's name of the person for this service. Kept as a keyed digest only.</summary>
    [Id(1)] public string? Subject { get; init; }
    /// <summary>The checker's own reference, to be named in a dispute.</summary>
    [Id(2)] public string? Reference { get; init; }
    /// <summary>Whether the birth date that was asked about is the person's; null when the checker does not say.</summary>
    [Id(3)] public bool? BirthDateMatches { get; init; }
    /// <summary>With <see cref="IdentityVerdict.Later"/>: when the checker wants to be asked again; null when it does not say.</summary>
    [Id(4)] public TimeSpan? RetryAfter { get; init; }

    /// <summary>No answer.</summary>
    public static IdentityAnswer Later(TimeSpan? retryAfter = null) => new() { Verdict = IdentityVerdict.Later, RetryAfter = retryAfter };

    /// <summary>The verdict only.</summary>
    public override string ToString() => $"IdentityAnswer({Verdict})";
}

/// <summary>How the account stands to real-name proof, as the person may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.identity-view")]
public sealed record IdentityView
{
    /// <summary>The purpose of processing that must be consented to by its own box.</summary>
    public const string Purpose = "identity-check";

    /// <summary>Where it stands. A running check stands before an older proof, an older proof before a refusal.</summary>
    [Id(0)] public required IdentityState State { get; init; }
    /// <summary>Ways that can be used here; empty when none is configured.</summary>
    [Id(1)] public required IdentityMethod[] Methods { get; init; }
    /// <summary>Whether the consent is given.</summary>
    [Id(2)] public required bool Consented { get; init; }
    /// <summary>The text in force whose table has the purpose; null when it has none, so that nothing can be asked.</summary>
    [Id(3)] public DocumentReference? ConsentDocument { get; init; }
    /// <summary>The proof that stands; also while a newer check is running.</summary>
    [Id(4)] public ProvenIdentity? Proof { get; init; }
    /// <summary>The check that is running.</summary>
    [Id(5)] public RunningIdentityCheck? Running { get; init; }
    /// <summary>Why the newest check proved nothing, also beside an older proof that stands; null unless it was refused.</summary>
    [Id(6)] public IdentityReason? Reason { get; init; }
    /// <summary>When the newest check was refused.</summary>
    [Id(7)] public DateTimeOffset? RefusedAt { get; init; }
    /// <summary>Checks that may be asked for today.</summary>
    [Id(8)] public required int TriesLeft { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IdentityView);
}

/// <summary>What is kept of a proof: result, way, instant, and of the certificate its end.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.proven-identity")]
public sealed record ProvenIdentity
{
    /// <summary>The way.</summary>
    [Id(0)] public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    [Id(1)] public CertificateKind? Kind { get; init; }
    /// <summary>When.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary>The name, masked; null by network ID.</summary>
    [Id(3)] public string? Name { get; init; }
    /// <summary>The end of the number; null by network ID.</summary>
    [Id(4)] public string? Last { get; init; }
    /// <summary>Whether the birth date is proven with it.</summary>
    [Id(5)] public required bool BirthDateProven { get; init; }
    /// <summary>The legal ground on which the full number is kept; null when it is not.</summary>
    [Id(6)] public string? NumberKeptFor { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ProvenIdentity);
}

/// <summary>A check that is not answered yet.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.running-identity-check")]
public sealed record RunningIdentityCheck
{
    /// <summary>The way.</summary>
    [Id(0)] public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    [Id(1)] public CertificateKind? Kind { get; init; }
    /// <summary>When it was asked for.</summary>
    [Id(2)] public required DateTimeOffset AskedAt { get; init; }
    /// <summary>When it is tried again.</summary>
    [Id(3)] public required DateTimeOffset NextTryAt { get; init; }
    /// <summary>When it is given up.</summary>
    [Id(4)] public required DateTimeOffset EndsAt { get; init; }
}
