using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Languages;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Requests;
using AiCloud.Services;

namespace AiCloud.Identity;

/// <summary>Real-name proof, for API and pages alike: reads the certificate, asks the account.</summary>
internal sealed class IdentityDesk(IGrainFactory grains, Fingerprint fingerprints, DerivedIds derivedIds, CatalogueFile catalogue, TimeProvider clock)
{
    public async Task<Answer<IdentityView>> View(SignedIn who, CancellationToken cancellation) =>
        Answer<IdentityView>.From(await Repeatable.Call(() => Grain(who).View(who.Proof, cancellation)));

    /// <summary>Asks for a check. Where it is for a type of service that states a legal ground, the full number is kept on it, in the words of the person's language.</summary>
    public async Task<Answer<IdentityView>> Submit(SignedIn who, IdentityRequestBody request, Language language, OperationId operation, CancellationToken cancellation)
    {
        var (submission, fault) = Read(request, operation);
        if (fault is not null) return fault;
        if (request.Service is { } service)
        {
            if (catalogue.Current.Find(service) is not { } type) return Problem.Of(ProblemCode.Invalid, [new FieldError("/service", FieldFault.UnknownValue)]);
            submission = submission! with { NumberGround = GroundOf(type)?.In(language) };
        }
        return Answer<IdentityView>.From(await Repeatable.Call(() => Grain(who).Submit(who.Proof, submission!, cancellation)));
    }

    /// <summary>The type of service of that id; null for none.</summary>
    public ServiceType? Service(string? id) => id is null ? null : catalogue.Current.Find(id);

    /// <summary>The legal ground on which a type of service keeps the full number of a certificate; null where it does not.</summary>
    public static Localized? GroundOf(ServiceType type) =>
        type.Needs.Concat(type.Functions.SelectMany(function => function.Needs)).Select(need => need.FullNumberGround).FirstOrDefault(ground => ground is not null);

    /// <summary>What was sent, with the certificate read; or what is wrong with it.</summary>
    public (SubmitIdentity? Submission, Problem? Fault) Read(IdentityRequestBody request, OperationId operation)
    {
        DateOnly? birth = null;
        if (request.BirthDate is { } text)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return (null, Problem.At("/birthDate", ProblemCode.BirthDateInvalid));
            birth = date;
        }
        var (certificate, name, fault) = request.Method == "certificate" ? Certificate(request) : (null, null, NetworkId(request));
        if (fault is not null) return (null, fault);
        return (new SubmitIdentity
        {
            // With a session any text may be a key, a name or a number included: what is kept is derived from it.
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "identity"),
            Fingerprint = fingerprints.Of("identity", request.Method, request.Kind, certificate?.Compared, name, request.Credential, request.BirthDate, request.Service),
            Method = request.Method == "certificate" ? IdentityMethod.Certificate : IdentityMethod.NetworkId,
            Certificate = certificate,
            Name = name,
            Credential = request.Credential,
            BirthDate = birth,
            Service = request.Service,
        }, null);
    }

    private (Certificate? Certificate, string? Name, Problem? Fault) Certificate(IdentityRequestBody request)
    {
        FieldError[] missing =
        [
            .. new[] { ("/kind", request.Kind), ("/number", request.Number), ("/name", request.Name) }
                .Where(member => string.IsNullOrWhiteSpace(member.Item2)).Select(member => new FieldError(member.Item1, FieldFault.Required)),
            .. request.Credential is null ? Array.Empty<FieldError>() : [new FieldError("/credential", FieldFault.Refused)],
        ];
        if (missing.Length > 0) return (null, null, Problem.Of(ProblemCode.Invalid, missing));
        if (RealName.Read(request.Name) is not { } name) return (null, null, Problem.At("/name", ProblemCode.RealNameInvalid));
        return CertificateParsing.Read(IdentityWords.KindOf(request.Kind)!.Value, request.Number, request.Issuer, Age.ShanghaiDay(clock.GetUtcNow()))
            .Match<(Certificate?, string?, Problem?)>(certificate => (certificate, name, null), fault => (null, null, Problem.At(fault == CertificateFault.Issuer ? "/issuer" : "/number", CodeOf(fault))));
    }

    // Who proves identity by the state's network ID must not be asked for anything in plain, so it is not taken either (L-11).
    private static Problem? NetworkId(IdentityRequestBody request)
    {
        FieldError[] faults =
        [
            .. string.IsNullOrWhiteSpace(request.Credential) ? [new FieldError("/credential", FieldFault.Required)] : Array.Empty<FieldError>(),
            .. new[] { ("/kind", request.Kind), ("/number", request.Number), ("/issuer", request.Issuer), ("/name", request.Name) }
                .Where(member => member.Item2 is not null).Select(member => new FieldError(member.Item1, FieldFault.Refused)),
        ];
        return faults.Length > 0 ? Problem.Of(ProblemCode.Invalid, faults) : null;
    }

    internal static ProblemCode CodeOf(CertificateFault fault) => fault switch
    {
        CertificateFault.Malformed => ProblemCode.CertificateMalformed,
        CertificateFault.FifteenDigits => ProblemCode.CertificateFifteenDigits,
        CertificateFault.FirstDigit => ProblemCode.CertificateFirstDigit,
        CertificateFault.OtherKind => ProblemCode.CertificateOtherKind,
        CertificateFault.ImpossibleDate => ProblemCode.CertificateImpossibleDate,
        CertificateFault.FutureDate => ProblemCode.CertificateFutureDate,
        CertificateFault.Order => ProblemCode.CertificateOrder,
        CertificateFault.Checksum => ProblemCode.CertificateChecksum,
        CertificateFault.Issuer => ProblemCode.CertificateIssuer,
    };

    private IAccountIdentity Grain(SignedIn who) => grains.GetGrain<IAccountIdentity>(who.AccountKey);
}
