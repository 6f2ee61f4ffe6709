namespace AiCloud.Identity;

/// <summary>Kinds of certificate by which a person proves who they are (C2.1e, A5). Numbers are stored: never renumbered.</summary>
public enum CertificateKind
{
    /// <summary>Resident identity card of a Chinese citizen (GB 11643).</summary>
    ResidentIdCard = 1,
    /// <summary>Mainland travel permit of residents of Hong Kong and Macau, non-Chinese permanent residents included.</summary>
    HkMacauPermit = 2,
    /// <summary>Mainland travel permit of residents of Taiwan.</summary>
    TaiwanPermit = 3,
    /// <summary>Residence permit of residents of Hong Kong, Macau and Taiwan: a number that begins 810000, 820000 or 830000.</summary>
    ResidencePermit = 4,
    /// <summary>A foreigner's permanent-residence card, of both series.</summary>
    PermanentResidenceCard = 5,
    /// <summary>Passport of any state.</summary>
    Passport = 6,
}

/// <summary>
/// A certificate as its number tells it. That a number is sound proves nothing about the person. Personal data: <see cref="ToString"/> tells the
/// kind only. Nothing is derived from the digit that tells the holder's sex.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.certificate")]
public sealed record Certificate
{
    /// <summary>Takes a number that <see cref="CertificateParsing"/> has read, now or before it was stored.</summary>
    public Certificate(CertificateKind kind, string number, string? issuer = null)
    {
        Kind = kind;
        Number = number;
        Issuer = issuer;
    }

    /// <summary>Which certificate it is.</summary>
    [Id(0)] public CertificateKind Kind { get; init; }

    /// <summary>The number, normalised: ASCII, upper case, without separators or a permit's count of renewals.</summary>
    [Id(1)] public string Number { get; init; }

    /// <summary>For a passport: the issuing state by its three letters (ISO 3166-1). Null for every other kind.</summary>
    [Id(2)] public string? Issuer { get; init; }

    /// <summary>
    /// What decides whether two certificates are the same one. All 18-digit numbers are of one series, whichever kind they were called; passports of two
    /// states may share a number.
    /// </summary>
    public string Compared => Number.Length == CertificateParsing.CitizenLength && Kind != CertificateKind.Passport
        ? $"cn18:{Number}"
        : $"{(int)Kind}:{Issuer}:{Number}";

    /// <summary>The birth date that the number itself holds; null for numbers without one.</summary>
    public DateOnly? BirthDate => Kind is CertificateKind.ResidentIdCard or CertificateKind.ResidencePermit or CertificateKind.PermanentResidenceCard
        ? CertificateParsing.DateIn(Number) : null;

    /// <summary>The last characters: four, of short numbers two, so that most of it stays hidden.</summary>
    public string Last => Number[^(Number.Length >= 8 ? 4 : 2)..];

    /// <summary>The kind only.</summary>
    public override string ToString() => $"Certificate({Kind})";
}
