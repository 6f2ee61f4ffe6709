using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using AiCloud.Protection;

namespace AiCloud.Identity;

/// <summary>
/// One signed request, one signed answer (docs/identity-check.md). Whatever is not a fresh, rightly signed 200 to this very request is no answer: the
/// signature is checked over the bytes as they came, before anything is read from them.
/// </summary>
internal sealed class SignedExchange : IDisposable
{
    /// <summary>Headers of both directions.</summary>
    public const string KeyHeader = "AiCloud-Key", TimeHeader = "AiCloud-Timestamp", NonceHeader = "AiCloud-Nonce", SignatureHeader = "AiCloud-Signature";

    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private readonly SignedExchangeOptions _options;
    private readonly byte[] _key;
    private readonly HttpClient _client;
    private readonly IRandomness _randomness;
    private readonly TimeProvider _clock;

    public SignedExchange(SignedExchangeOptions options, byte[] key, IRandomness randomness, TimeProvider clock)
    {
        (_options, _key, _randomness, _clock) = (options, key, randomness, clock);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // an answer from elsewhere is nobody's we know (W-03)
            UseCookies = false,
            UseProxy = !options.Endpoint!.IsLoopback,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(), // our traces are none of theirs
        }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }

    public void Dispose()
    {
        _client.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }

    /// <summary>Posts a body. Throws nothing but for cancellation by the caller.</summary>
    public async Task<SignedAnswer> Post(byte[] body, string idempotencyKey, CancellationToken cancellation)
    {
        var nonce = DerivedIds.New(_randomness);
        var time = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add(KeyHeader, _options.KeyId);
        request.Headers.Add(TimeHeader, time);
        request.Headers.Add(NonceHeader, nonce);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Headers.Add(SignatureHeader, Signature(_key, $"aicloud-request-1\nPOST\n{_options.Endpoint!.PathAndQuery}\n{time}\n{nonce}\n", body));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, deadline.Token);
            if (response.StatusCode != HttpStatusCode.OK) return SignedAnswer.None($"status {(int)response.StatusCode}", RetryAfter(response));
            var answer = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return Genuine(response, nonce, answer) is { } fault ? SignedAnswer.None(fault) : new SignedAnswer(answer, null, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SignedAnswer.None("no answer in time");
        }
        catch (HttpRequestException failure)
        {
            return SignedAnswer.None(failure.HttpRequestError.ToString());
        }
    }

    /// <summary>HMAC-SHA-256 over the head's lines and then the body as it is, in lower-case hex behind the scheme's version.</summary>
    internal static string Signature(byte[] key, string head, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        hash.AppendData(body);
        return $"v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private string? Genuine(HttpResponseMessage response, string nonce, byte[] body)
    {
        if (One(response, TimeHeader) is not { } time || One(response, SignatureHeader) is not { } signature) return "answer without a signature";
        var expected = Signature(_key, $"aicloud-answer-1\n200\n{time}\n{nonce}\n", body);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature))) return "answer with a wrong signature";
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800
            && (_clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= ClockSkew ? null : "answer of another time";
    }

    private static string? One(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && values.ToArray() is [var only] ? only : null;

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta is { } wait && wait > TimeSpan.Zero ? wait : null;
}

/// <summary>A genuine answer's bytes; else why there is none, in a word that names nobody.</summary>
internal sealed record SignedAnswer(byte[]? Body, string? Fault, TimeSpan? RetryAfter)
{
    public static SignedAnswer None(string fault, TimeSpan? retryAfter = null) => new(null, fault, retryAfter);

    public override string ToString() => nameof(SignedAnswer);
}
