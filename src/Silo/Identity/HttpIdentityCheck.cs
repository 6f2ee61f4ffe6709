using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiCloud.Identity;

/// <summary>The identity check behind a signed HTTPS endpoint (docs/identity-check.md).</summary>
internal sealed class HttpIdentityCheck(SignedExchange exchange, IReadOnlyList<IdentityMethod> methods, ExchangeMetrics metrics, ILogger<HttpIdentityCheck> log) : IIdentityCheck
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IReadOnlyList<IdentityMethod> Methods => methods;

    public async Task<IdentityAnswer> Ask(IdentityQuestion question, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(QuestionBody.Of(question), Wire);
        var answer = await exchange.Post(body, question.Request, cancellation);
        var read = answer.Body is { } bytes ? Read(bytes, question.Request) : null;
        metrics.Check(answered: read is not null);
        if (answer.Body is null)
        {
            log.NoAnswer(question.Request, answer.Fault!);
            return IdentityAnswer.Later(answer.RetryAfter);
        }
        if (read is not null) return read;
        log.UnknownAnswer(question.Request);
        return IdentityAnswer.Later();
    }

    private static IdentityAnswer? Read(byte[] bytes, string request)
    {
        try
        {
            var body = JsonSerializer.Deserialize<AnswerBody>(bytes, Wire);
            // An answer to another question, however genuine, says nothing about this person.
            if (body?.RequestId != request || body.Reference?.Length > 128 || body.Subject?.Length > 256) return null;
            IdentityVerdict? verdict = body.Result switch
            {
                "match" => IdentityVerdict.Match,
                "mismatch" => IdentityVerdict.Mismatch,
                "not_found" => IdentityVerdict.NotFound,
                "pending" => IdentityVerdict.Later,
                _ => null,
            };
            return verdict is not { } found ? null : new IdentityAnswer
            {
                Verdict = found,
                Subject = string.IsNullOrEmpty(body.Subject) ? null : body.Subject,
                Reference = body.Reference,
                BirthDateMatches = body.BirthDateMatches,
                RetryAfter = body.RetryAfterSeconds is > 0 and { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string NameOf(CertificateKind kind) => kind switch
    {
        CertificateKind.ResidentIdCard => "resident_id_card",
        CertificateKind.HkMacauPermit => "hk_macau_permit",
        CertificateKind.TaiwanPermit => "taiwan_permit",
        CertificateKind.ResidencePermit => "residence_permit",
        CertificateKind.PermanentResidenceCard => "permanent_residence_card",
        CertificateKind.Passport => "passport",
    };

    private sealed record QuestionBody(string RequestId, string Method, DocumentBody? Document, string? Name, string? Credential, string? BirthDate)
    {
        public static QuestionBody Of(IdentityQuestion question) => new(
            question.Request,
            question.Method switch { IdentityMethod.Certificate => "certificate", IdentityMethod.NetworkId => "network_id" },
            question.Certificate is { } certificate ? new DocumentBody(NameOf(certificate.Kind), certificate.Number, certificate.Issuer) : null,
            question.Name, question.Credential, question.BirthDate?.ToString("O", CultureInfo.InvariantCulture));

        public override string ToString() => nameof(QuestionBody);
    }

    private sealed record DocumentBody(string Kind, string Number, string? Issuer)
    {
        public override string ToString() => nameof(DocumentBody);
    }

    private sealed record AnswerBody(string? RequestId, string? Result, string? Subject, string? Reference, bool? BirthDateMatches, int? RetryAfterSeconds)
    {
        public override string ToString() => nameof(AnswerBody);
    }
}
