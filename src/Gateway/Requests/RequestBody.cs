using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace AiCloud.Requests;

/// <summary>Reads a JSON body by API.md's rules. <see cref="Body{T}"/> does so as an endpoint's parameter.</summary>
public static class RequestBody
{
    /// <summary>What a body must be.</summary>
    public const string MediaType = "application/json";

    /// <summary>RFC 7396; taken on PATCH.</summary>
    public const string MergePatchMediaType = "application/merge-patch+json";

    /// <summary>Bytes that a body may have.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int DrainedBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Lets the server read and drop a body that is refused, up to a bound. Beyond its own limit it closes the connection instead, and a client
    /// that is still sending then sees a broken pipe where the 413 or 401 would have told it what is wrong.
    /// </summary>
    public static void LetTooMuchDrain(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = DrainedBytes;
    }

    /// <summary>The value, or why it is refused.</summary>
    public static async ValueTask<(T? Value, Problem? Problem)> Read<T>(HttpContext context, int maxBytes = MaxBytes) where T : class
    {
        var request = context.Request;
        if (!IsJson(request)) return (null, Problem.Of(ProblemCode.UnsupportedMediaType));
        if (request.ContentLength > maxBytes) return (null, Problem.Of(ProblemCode.PayloadTooLarge));
        // Rented for the body's size where it is told; a chunked body may grow to the limit and one byte, which says that it is too long.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? maxBytes) + 1);
        try
        {
            var length = 0;
            int read;
            while (length <= maxBytes && (read = await request.Body.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, maxBytes + 1) - length), context.RequestAborted)) > 0)
                length += read;
            return length > maxBytes ? (null, Problem.Of(ProblemCode.PayloadTooLarge)) : Parse<T>(buffer.AsSpan(0, length));
        }
        finally
        {
            // Passwords and codes pass through here.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The value of these bytes, or why they are refused. Pure, and never throws.</summary>
    public static (T? Value, Problem? Problem) Parse<T>(ReadOnlySpan<byte> utf8) where T : class
    {
        if (StrictReader.Check(utf8, ShapeOf<T>.Shape) is { } problem) return (null, problem);
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, WireJson.Options) is { } value
                ? (value, null)
                : (null, Problem.Of(ProblemCode.Invalid, [new("", FieldFault.Required)]));
        }
        catch (JsonException)
        {
            // Should the deserialiser be stricter than the reader, its text stays inside: it quotes the body.
            return (null, Problem.Of(ProblemCode.Invalid, [new("", FieldFault.Refused)]));
        }
    }

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity") return false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        var known = string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase)
            || (HttpMethods.IsPatch(request.Method) && string.Equals(type.MediaType, MergePatchMediaType, StringComparison.OrdinalIgnoreCase));
        return known && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static class ShapeOf<T>
    {
        public static readonly Shape Shape = Requests.Shape.Of<T>();
    }
}
