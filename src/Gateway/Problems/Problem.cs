using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Pages;
using AiCloud.Requests;
using Microsoft.Extensions.Options;

namespace AiCloud.Problems;

/// <summary>One refusal on the wire: <c>application/problem+json</c> (RFC 9457) as API.md shapes it.</summary>
public sealed record Problem : IResult
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    private Problem(ProblemCode code) => Code = code;

    /// <summary>Which problem; fixes status, title and type.</summary>
    public ProblemCode Code { get; }

    /// <summary>When asking again can help; rounded up to whole seconds, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Field errors, each with its own pointer and code.</summary>
    public ImmutableArray<FieldError> Errors { get; init; } = [];

    /// <summary>Extension members of API.md, such as attemptsLeft, reference, documents; names in camelCase, values as the API's JSON writes them.</summary>
    public ImmutableSortedDictionary<string, object> Extensions { get; init; } = ImmutableSortedDictionary<string, object>.Empty;

    /// <summary>A problem of this code.</summary>
    public static Problem Of(ProblemCode code, TimeSpan? retryAfter = null) => new(code) { RetryAfter = retryAfter };

    /// <summary>A problem of this code that names the members at fault.</summary>
    public static Problem Of(ProblemCode code, IEnumerable<FieldError> errors) => new(code) { Errors = [.. errors] };

    /// <summary>A problem of this code whose one cause is the member at <paramref name="pointer"/>.</summary>
    public static Problem At(string pointer, ProblemCode code) => new(code) { Errors = [new(pointer, code)] };

    /// <summary>What an actor refused.</summary>
    public static Problem From(Refusal refusal)
    {
        var problem = Of(refusal.Code.Problem(), refusal.RetryAfter);
        return refusal.AttemptsLeft is { } left ? problem.With("attemptsLeft", left) : problem;
    }

    /// <summary>Adds an extension member.</summary>
    public Problem With(string name, object value) => this with { Extensions = Extensions.SetItem(name, value) };

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var entry = Code.Entry();
        var response = httpContext.Response;
        NoteUndeclared(httpContext);
        if (PageView.IsWanted(httpContext))
        {
            if ((RetryAfter ?? entry.RetryAfter) is { } pause) response.Headers.RetryAfter = WholeSeconds(pause);
            await ProblemPages.Of(this, httpContext).ExecuteAsync(httpContext);
            return;
        }
        var language = LanguageChoice.Speak(httpContext);
        response.StatusCode = entry.Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if ((RetryAfter ?? entry.RetryAfter) is { } wait) response.Headers.RetryAfter = WholeSeconds(wait);
        // RFC 9110 §15.5.2: a 401 carries a challenge, whatever its cause.
        if (entry.Status == 401) response.Headers.WWWAuthenticate = "Bearer";
        if (entry.Status == 415) response.Headers.Accept = RequestBody.MediaType;
        var body = Write(httpContext, entry, language);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>The absolute address of a problem's page.</summary>
    public static string TypeOf(ProblemCode code, HttpContext context) =>
        $"{PublicAddress.Of(context)}/problems/{code.Name()}";

    private static string WholeSeconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private ReadOnlyMemory<byte> Write(HttpContext context, ProblemEntry entry, Language language)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = WireJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("type", TypeOf(Code, context));
        json.WriteString("title", entry.Title.In(language));
        json.WriteNumber("status", entry.Status);
        json.WriteString("code", Code.Name());
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        if (!Errors.IsEmpty)
        {
            json.WriteStartArray("errors");
            foreach (var error in Errors)
            {
                json.WriteStartObject();
                json.WriteString("pointer", error.Pointer);
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message.In(language));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        foreach (var (name, value) in Extensions)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, value.GetType(), WireJson.Options);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    // A refusal that the OpenAPI document does not show is a broken promise to clients; tests look for this line.
    private void NoteUndeclared(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<DeclaredRefusals>() is not null && !DeclaredRefusals.Of(endpoint).Contains(Code))
            Log.UndeclaredRefusal(context.RequestServices.GetRequiredService<ILogger<Problem>>(), Code, endpoint.DisplayName);
    }
}
