using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using AiCloud.Admission;
using AiCloud.Requests;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Protection;

/// <summary>The public keys with which anybody can check receipts and checkpoints (RFC 7517).</summary>
internal static class EvidenceKeyEndpoints
{
    public const string Path = "/.well-known/jwks.json";
    private const string MediaType = "application/jwk-set+json";

    public static void MapEvidenceKeys(this IEndpointRouteBuilder routes) => routes.MapGet(Path, All).ExcludeFromDescription().WithMetadata(AnsweredFromMemory.Instance);

    private static async Task<IResult> All(EvidenceKeys keys, HttpContext context, CancellationToken cancellation)
    {
        var set = JsonSerializer.SerializeToUtf8Bytes(new KeySetBody([.. (await keys.Get(cancellation)).Select(KeyBody.Of)]), WireJson.Options);
        // Keys are only ever added, and one is served long before it signs.
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(set, MediaType, entityTag: new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(set))}\""));
    }

    private sealed record KeySetBody(KeyBody[] Keys);

    private sealed record KeyBody(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg)
    {
        public static KeyBody Of(EvidenceKey key) => new("EC", "P-256", key.X, key.Y, key.Kid, "sig", "ES256");
    }
}
