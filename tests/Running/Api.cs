using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AiCloud.Running;

/// <summary>An answer; status 0 when none came.</summary>
internal sealed record Reply(int Status, JsonNode? Body, HttpResponseMessage? Message)
{
    public string? Code => (Body as JsonObject)?["code"]?.GetValue<string>();

    public string Text(string member) => Body![member]!.GetValue<string>();

    public override string ToString() => $"{Status} {Body?.ToJsonString()}";
}

/// <summary>One request and what came of it: begun and ended on the machine's monotonic clock.</summary>
internal readonly record struct Exchange(long Begun, long Ended, HttpMethod Method, Uri Address, Reply Reply)
{
    public TimeSpan Took => Stopwatch.GetElapsedTime(Begun, Ended);
}

/// <summary>HTTP as a client app speaks it, to one gateway or to whichever door leads to one; <paramref name="heard"/> is told of every exchange.</summary>
internal sealed class Api(Func<Uri> door, Action<Exchange>? heard = null)
{
    // Longer than the product's own time-outs: what it answers is of interest, not when we give up.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public Api(Uri address) : this(() => address)
    {
    }

    public Api(Deployment deployment) : this(deployment.Address)
    {
    }

    public Uri Address => door();

    public async Task<Reply> Send(HttpMethod method, string path, object? body = null, string? token = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(door(), path));
        if (body is not null) request.Content = JsonContent.Create(body);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Send(request);
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        var begun = Stopwatch.GetTimestamp();
        var reply = await Answer(request);
        heard?.Invoke(new Exchange(begun, Stopwatch.GetTimestamp(), request.Method, request.RequestUri!, reply));
        return reply;
    }

    private static async Task<Reply> Answer(HttpRequestMessage request)
    {
        try
        {
            var response = await Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0;
            return new Reply((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, response);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException)
        {
            return new Reply(0, null, null);
        }
    }

    /// <summary>Tries until the answer is what is waited for; says the last one when it never is.</summary>
    public static async Task<Reply> Until(Func<Task<Reply>> ask, Func<Reply, bool> done, string what, int seconds = 90)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var reply = await ask();
            if (done(reply)) return reply;
            if (since.Elapsed > TimeSpan.FromSeconds(seconds)) throw new InvalidOperationException($"Waited in vain for: {what}. Last answer: {reply}");
            // A busy server is left alone for as long as it asks; the rest is polled.
            await Task.Delay(reply is { Status: 503, Code: "busy", Message.Headers.RetryAfter.Delta: { } wait } ? wait : TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>What a well-made client repeats with the same key: no answer, an overloaded or failing server, an act still under way.</summary>
    public static bool IsFinal(Reply reply) =>
        reply.Status is not (0 or (int)HttpStatusCode.TooManyRequests or >= 500) && reply.Code is not ("completion_in_progress" or "idempotency_in_progress");
}
