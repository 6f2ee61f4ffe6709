using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using AiCloud.Languages;
using AiCloud.Requests;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AiCloud.Problems;

/// <summary>
/// What is no request by HTTP's grammar, or too long to be read, is refused by Kestrel itself, before any middleware: a status, no body, the
/// connection closed. Here, where bytes leave for the connection, that answer gets the body that every other refusal has.
/// </summary>
internal static class BareRefusals
{
    /// <summary>For every endpoint. Of one that speaks TLS only ciphertext passes here, and its bare answers stay bare.</summary>
    public static void GiveBodies(KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(endpoint =>
    {
        var address = endpoint.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicBaseUrl?.GetLeftPart(UriPartial.Path).TrimEnd('/');
        endpoint.Use(next => async connection =>
        {
            var plain = connection.Transport;
            connection.Transport = new Transport(plain.Input, new Output(plain.Output, address ?? (connection.LocalEndPoint is IPEndPoint here ? $"http://{here}" : "http://localhost"), connection.ConnectionId));
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = plain;
            }
        });
    });

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Hands everything on, and looks only at what begins like the head of an error.</summary>
    private sealed class Output(PipeWriter inner, string address, string connection) : PipeWriter
    {
        private const int LongestHead = 1024;
        private Memory<byte> _given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes is > 0 and <= LongestHead && bytes <= _given.Length && IsBare(_given.Span[..bytes])) bytes = Write(_given.Span[..bytes].ToArray());
            _given = default;
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) => inner.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        // Our own refusals have a body, so a whole head that announces none and closes the connection is Kestrel's.
        private static bool IsBare(ReadOnlySpan<byte> head) =>
            (head.StartsWith("HTTP/1.1 4"u8) || head.StartsWith("HTTP/1.1 5"u8)) && head.EndsWith("\r\n\r\n"u8) && head.IndexOf("\r\n\r\n"u8) == head.Length - 4
            && head.IndexOf("\r\nContent-Length: 0\r\n"u8) > 0 && head.IndexOf("\r\nConnection: close\r\n"u8) > 0;

        private int Write(byte[] bare)
        {
            var status = int.Parse(bare.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            var body = Body(status);
            var head = Encoding.ASCII.GetString(bare).Replace("\r\nContent-Length: 0\r\n", string.Create(CultureInfo.InvariantCulture,
                $"\r\nContent-Type: {Problem.MediaType}\r\nContent-Language: {Language.ZhCn.Tag()}\r\nCache-Control: no-store\r\nVary: Accept-Language\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {body.WrittenCount}\r\n"), StringComparison.Ordinal);
            var whole = inner.GetSpan(head.Length + body.WrittenCount);
            body.WrittenSpan.CopyTo(whole[Encoding.ASCII.GetBytes(head, whole)..]);
            return head.Length + body.WrittenCount;
        }

        // The status stays Kestrel's, which says more than the code's own: 414, 431, 505.
        private ArrayBufferWriter<byte> Body(int status)
        {
            var code = ProblemCatalogue.Of(status);
            var buffer = new ArrayBufferWriter<byte>(512);
            using var json = new Utf8JsonWriter(buffer, new() { Encoder = WireJson.Options.Encoder });
            json.WriteStartObject();
            json.WriteString("type", $"{address}/problems/{code.Name()}");
            json.WriteString("title", code.Entry().Title.In(Language.ZhCn));
            json.WriteNumber("status", status);
            json.WriteString("code", code.Name());
            json.WriteString("traceId", connection);
            json.WriteEndObject();
            json.Flush();
            return buffer;
        }
    }
}
