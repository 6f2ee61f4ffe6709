using System.ComponentModel.DataAnnotations;
using AiCloud.Documents;
using AiCloud.Requests;

namespace AiCloud.Identity;

/// <summary>Asks for an identity check (C2.1e, L-10, L-11).</summary>
public sealed record IdentityRequestBody
{
    /// <summary><c>certificate</c>: name and number. <c>network_id</c>: the state network ID, which has equal standing and needs neither.</summary>
    [AllowedValues("certificate", "network_id")] public required string Method { get; init; }

    /// <summary>With <c>certificate</c>: its kind.</summary>
    [AllowedValues("resident_id_card", "hk_macau_permit", "taiwan_permit", "residence_permit", "permanent_residence_card", "passport")]
    public string? Kind { get; init; }

    /// <summary>With <c>certificate</c>: its number, however it is written.</summary>
    [MaxLength(54), Text(TextRule.Pasted)] public string? Number { get; init; }

    /// <summary>For a passport: the issuing state by three letters, such as <c>CHN</c>.</summary>
    [MaxLength(12)] public string? Issuer { get; init; }

    /// <summary>With <c>certificate</c>: the name on it.</summary>
    [MaxLength(120)] public string? Name { get; init; }

    /// <summary>With <c>network_id</c>: the token of the state's platform.</summary>
    [MaxLength(4096)] public string? Credential { get; init; }

    /// <summary>A birth date to be proven in place of the stated one; absent where that is right.</summary>
    [RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}")] public string? BirthDate { get; init; }

    /// <summary>The type of service that the proof is for. Only where the catalogue states a legal ground for it is the full number kept.</summary>
    [RegularExpression("[a-z0-9][a-z0-9._-]{0,63}")] public string? Service { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IdentityRequestBody);
}

/// <summary>How the account stands to real-name proof.</summary>
public sealed record IdentityBody
{
    /// <summary>Where it stands. A pending check is asked again by itself until it is answered or given up. A proof that stands is <c>verified</c>, whatever became of a newer check.</summary>
    [AllowedValues("none", "pending", "verified", "refused")] public required string State { get; init; }

    /// <summary>Why the newest check was refused, also beside an older proof that stands; absent otherwise.</summary>
    [AllowedValues("mismatch", "not_found", "document_limit", "document_tries", "birth_date_unconfirmed", "unanswered")] public string? Reason { get; init; }

    /// <summary>Ways that can be used here; empty when there is none.</summary>
    public required string[] Methods { get; init; }

    /// <summary>The separate consent that comes first (L-09).</summary>
    public required IdentityConsentBody Consent { get; init; }

    /// <summary>The proof that stands, also while a newer check is running.</summary>
    public IdentityProofBody? Proof { get; init; }

    /// <summary>The check that is running.</summary>
    public IdentityRunningBody? Running { get; init; }

    /// <summary>Checks that may still be asked for within 24 hours.</summary>
    public required int TriesLeft { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IdentityBody);

    internal static IdentityBody Of(IdentityView view) => new()
    {
        State = view.State switch
        {
            IdentityState.None => "none",
            IdentityState.Pending => "pending",
            IdentityState.Verified => "verified",
            IdentityState.Refused => "refused",
        },
        Reason = view.Reason switch
        {
            IdentityReason.Mismatch => "mismatch",
            IdentityReason.NotFound => "not_found",
            IdentityReason.DocumentLimit => "document_limit",
            IdentityReason.DocumentTries => "document_tries",
            IdentityReason.BirthDateUnconfirmed => "birth_date_unconfirmed",
            IdentityReason.Unanswered => "unanswered",
            null => null,
        },
        Methods = [.. view.Methods.Select(MethodOf)],
        Consent = new IdentityConsentBody { Given = view.Consented, Document = view.ConsentDocument is { } text ? DocumentReferenceBody.Of(text) : null },
        TriesLeft = view.TriesLeft,
        Proof = view.Proof is not { } proof ? null : new IdentityProofBody
        {
            Method = MethodOf(proof.Method),
            Kind = proof.Kind is { } kind ? IdentityWords.NameOf(kind) : null,
            VerifiedAt = proof.At,
            Name = proof.Name,
            NumberEnd = proof.Last,
            BirthDateProven = proof.BirthDateProven,
            NumberKeptFor = proof.NumberKeptFor,
        },
        Running = view.Running is not { } running ? null : new IdentityRunningBody
        {
            Method = MethodOf(running.Method),
            Kind = running.Kind is { } askedKind ? IdentityWords.NameOf(askedKind) : null,
            AskedAt = running.AskedAt,
            NextTryAt = running.NextTryAt,
            EndsAt = running.EndsAt,
        },
    };

    internal static string MethodOf(IdentityMethod method) => method switch { IdentityMethod.Certificate => "certificate", IdentityMethod.NetworkId => "network_id" };
}

/// <summary>The separate consent to the check: given, refused and withdrawn like any purpose, at <c>/v1/account/consents/identity-check</c>.</summary>
public sealed record IdentityConsentBody
{
    /// <summary>The purpose.</summary>
    public string Purpose { get; init; } = IdentityView.Purpose;

    /// <summary>Whether it is given.</summary>
    public required bool Given { get; init; }

    /// <summary>The text in force that has the purpose: what a decision names. Absent when it has none, and then nothing can be asked.</summary>
    public DocumentReferenceBody? Document { get; init; }
}

/// <summary>What is kept of a proof.</summary>
public sealed record IdentityProofBody
{
    /// <summary>The way.</summary>
    [AllowedValues("certificate", "network_id")] public required string Method { get; init; }

    /// <summary>The kind of certificate.</summary>
    public string? Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The name, masked; absent by network ID.</summary>
    public string? Name { get; init; }

    /// <summary>The end of the number; absent by network ID.</summary>
    public string? NumberEnd { get; init; }

    /// <summary>Whether the birth date is proven with it.</summary>
    public required bool BirthDateProven { get; init; }

    /// <summary>The legal ground on which the full number is kept; absent when it is not.</summary>
    public string? NumberKeptFor { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IdentityProofBody);
}

/// <summary>A check that is not answered yet.</summary>
public sealed record IdentityRunningBody
{
    /// <summary>The way.</summary>
    [AllowedValues("certificate", "network_id")] public required string Method { get; init; }

    /// <summary>The kind of certificate.</summary>
    public string? Kind { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it is tried again.</summary>
    public required DateTimeOffset NextTryAt { get; init; }

    /// <summary>When it is given up.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>Names on the wire.</summary>
internal static class IdentityWords
{
    private static readonly Dictionary<string, CertificateKind> Kinds = Enum.GetValues<CertificateKind>().ToDictionary(NameOf, StringComparer.Ordinal);

    public static string NameOf(CertificateKind kind) => kind switch
    {
        CertificateKind.ResidentIdCard => "resident_id_card",
        CertificateKind.HkMacauPermit => "hk_macau_permit",
        CertificateKind.TaiwanPermit => "taiwan_permit",
        CertificateKind.ResidencePermit => "residence_permit",
        CertificateKind.PermanentResidenceCard => "permanent_residence_card",
        CertificateKind.Passport => "passport",
    };

    public static CertificateKind? KindOf(string? name) => name is not null && Kinds.TryGetValue(name, out var kind) ? kind : null;
}
