using System.Text;

namespace AiCloud.Running;

/// <summary>A span as it was exported (opentelemetry.proto.trace.v1), with the name of the process it comes from.</summary>
internal sealed record ExportedSpan(string Service, string Source, string Trace, string Id, string Parent, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes)
{
    public const int Server = 2, Client = 3;

    // ExportTraceServiceRequest.resource_spans, ResourceSpans.{resource, scope_spans}, ScopeSpans.{scope, spans}.
    public static IEnumerable<ExportedSpan> Of(byte[] request) =>
        from resource in Fields(request).Where(field => field.Number == 1)
        let parts = Fields(resource.Bytes).ToArray()
        let service = AttributesOf(parts.First(field => field.Number == 1).Bytes, 1).GetValueOrDefault("service.name", "")
        from scope in parts.Where(field => field.Number == 2)
        let inner = Fields(scope.Bytes).ToArray()
        let source = Text(Fields(inner.First(field => field.Number == 1).Bytes), 1)
        from span in inner.Where(field => field.Number == 2)
        select Read(service, source, span.Bytes);

    // Span.{trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, kind = 6, attributes = 9}.
    private static ExportedSpan Read(string service, string source, byte[] span)
    {
        var fields = Fields(span).ToArray();
        string Hex(int number) => Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number).Bytes ?? []);
        return new(service, source, Hex(1), Hex(2), Hex(4), Text(fields, 5), (int)fields.FirstOrDefault(field => field.Number == 6).Value, AttributesOf(span, 9));
    }

    // KeyValue.{key = 1, value = 2}, AnyValue.{string_value = 1}; numbers are of no interest.
    private static Dictionary<string, string> AttributesOf(byte[] of, int number) =>
        Fields(of).Where(field => field.Number == number).Select(field => Fields(field.Bytes).ToArray())
            .GroupBy(pair => Text(pair, 1)).ToDictionary(pair => pair.Key, pair => Text(Fields(pair.First().FirstOrDefault(field => field.Number == 2).Bytes ?? []), 1), StringComparer.Ordinal);

    private static string Text(IEnumerable<(int Number, ulong Value, byte[] Bytes)> fields, int number) =>
        Encoding.UTF8.GetString(fields.FirstOrDefault(field => field.Number == number).Bytes ?? []);

    // Protocol buffers' wire format: a key of number and type, then a varint, eight bytes, a length with bytes, or four bytes.
    private static IEnumerable<(int Number, ulong Value, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var (number, value, bytes) = ((int)(key >> 3), 0UL, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0: value = Varint(message, ref at); break;
                case 1: at += 8; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
                default: at += 4; break;
            }
            yield return (number, value, bytes);
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
