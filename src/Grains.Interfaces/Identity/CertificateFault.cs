namespace AiCloud.Identity;

/// <summary>Why a text is no number of the certificate it was called. The snake_case form of <c>Certificate</c> and a name is the error code.</summary>
public enum CertificateFault
{
    /// <summary>Not the length or the characters that numbers of the kind have.</summary>
    Malformed = 1,
    /// <summary>A number of 15 digits: void since 2013.</summary>
    FifteenDigits = 2,
    /// <summary>No number of the kind begins so.</summary>
    FirstDigit = 3,
    /// <summary>A sound beginning of another kind of certificate.</summary>
    OtherKind = 4,
    /// <summary>The date in it is in no calendar, or nobody alive was born then.</summary>
    ImpossibleDate = 5,
    /// <summary>The date in it is still to come.</summary>
    FutureDate = 6,
    /// <summary>The order number is 000, which is never given out.</summary>
    Order = 7,
    /// <summary>The last character does not fit the others: most likely a slip of the pen.</summary>
    Checksum = 8,
    /// <summary>A passport needs its issuing state by three letters; no other kind has one.</summary>
    Issuer = 9,
}

/// <summary>The outcome of reading a number: a <see cref="Certificate"/> or the one <see cref="CertificateFault"/>.</summary>
public sealed record ParsedCertificate
{
    private ParsedCertificate() { }

    /// <summary>The certificate; null exactly when <see cref="Fault"/> is set.</summary>
    public Certificate? Value { get; private init; }

    /// <summary>What is wrong; null exactly when <see cref="Value"/> is set.</summary>
    public CertificateFault? Fault { get; private init; }

    /// <summary>Accepts.</summary>
    public static implicit operator ParsedCertificate(Certificate value) => new() { Value = value };

    /// <summary>Refuses.</summary>
    public static implicit operator ParsedCertificate(CertificateFault fault) => new() { Fault = fault };

    /// <summary>Chooses by what was found.</summary>
    public TOut Match<TOut>(Func<Certificate, TOut> parsed, Func<CertificateFault, TOut> refused) =>
        Value is null ? refused(Fault!.Value) : parsed(Value);
}
