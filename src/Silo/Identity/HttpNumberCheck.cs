using System.Globalization;
using System.Text.Json;

namespace AiCloud.Identity;

/// <summary>The authority on numbers behind a signed HTTPS endpoint (docs/identity-check.md).</summary>
internal sealed class HttpNumberCheck(SignedExchange exchange, ExchangeMetrics metrics, ILogger<HttpNumberCheck> log) : IRecycledNumberCheck
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    public async Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new QuestionBody(question.Request, question.Number.Address, question.Since.ToString("O", CultureInfo.InvariantCulture)), Wire);
        var answer = await exchange.Post(body, question.Request, cancellation);
        var read = answer.Body is { } bytes ? Read(bytes, question.Request) : null;
        metrics.Numbers(answered: read is not null);
        if (answer.Body is null)
        {
            log.NoAnswer(question.Request, answer.Fault!);
            return NumberStanding.Later;
        }
        if (read is { } standing) return standing;
        log.UnknownAnswer(question.Request);
        return NumberStanding.Later;
    }

    private static NumberStanding? Read(byte[] bytes, string request)
    {
        try
        {
            var body = JsonSerializer.Deserialize<AnswerBody>(bytes, Wire);
            return body?.RequestId != request ? null : body.Result switch
            {
                "changed" => NumberStanding.Changed,
                "unchanged" => NumberStanding.Unchanged,
                "unknown" => NumberStanding.Unknown,
                "pending" => NumberStanding.Later,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record QuestionBody(string RequestId, string Phone, string Since)
    {
        public override string ToString() => nameof(QuestionBody);
    }

    private sealed record AnswerBody(string? RequestId, string? Result);
}
