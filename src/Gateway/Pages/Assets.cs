using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using AiCloud.Admission;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Pages;

/// <summary>
/// Style sheets, scripts and pictures: embedded in the assembly, served under names that hold their digest, so that a browser keeps them for
/// a year and still sees every release at once. Compressed once, when first asked for.
/// </summary>
internal sealed class Assets
{
    private const string Folder = "wwwroot/", Route = "/assets/";

    private readonly FrozenDictionary<string, Asset> byName;
    private readonly FrozenDictionary<string, Asset> byPath;

    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        var all = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Asset(name[Folder.Length..].Replace('\\', '/'), bytes);
        }).ToArray();
        byName = all.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
        byPath = all.ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);
    }

    /// <summary>The address of a file of wwwroot.</summary>
    public string Url(string name) => Route + byName[name].Path;

    /// <summary>Maps the addresses. Cheap enough to be served when the process is full.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route + "{**path}", (string path, HttpContext context) => byPath.TryGetValue(path, out var asset) ? (IResult)asset.Send(context) : TypedResults.StatusCode(StatusCodes.Status404NotFound))
            .ExcludeFromDescription().WithMetadata(AdmissionExempt.Instance);
        // Browsers ask for it unasked.
        routes.MapGet("/favicon.ico", (HttpContext context) => byName["img/icon.svg"].Send(context)).ExcludeFromDescription().WithMetadata(AdmissionExempt.Instance);
    }

    private sealed class Asset
    {
        private readonly byte[] plain;
        private readonly Lazy<byte[]> brotli, gzip;

        public Asset(string name, byte[] bytes)
        {
            (Name, plain) = (name, bytes);
            var dot = name.LastIndexOf('.');
            Path = $"{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}{name[dot..]}";
            brotli = new(() => Compress(output => new BrotliStream(output, CompressionLevel.SmallestSize)));
            gzip = new(() => Compress(output => new GZipStream(output, CompressionLevel.SmallestSize)));
        }

        public string Name { get; }

        public string Path { get; }

        private string Type => Name[Name.LastIndexOf('.')..] switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };

        public FileContentHttpResult Send(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "public, max-age=31536000, immutable";
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            var (encoding, bytes) = Choose(context.Request.Headers.AcceptEncoding.ToString());
            if (encoding is not null) headers.ContentEncoding = encoding;
            return TypedResults.Bytes(bytes, Type);
        }

        private (string? Encoding, byte[] Bytes) Choose(string accepted) =>
            accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? ("br", brotli.Value)
            : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? ("gzip", gzip.Value)
            : (null, plain);

        private byte[] Compress(Func<Stream, Stream> by)
        {
            using var output = new MemoryStream();
            using (var compressing = by(output)) compressing.Write(plain);
            return output.ToArray();
        }
    }
}
