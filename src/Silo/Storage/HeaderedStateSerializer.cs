using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>
/// How a state looks in its row: <c>A1</c>, two hexadecimal digits of flags (bit 0: entries are pending), the due instant in 15 digits of
/// Unix milliseconds (zero: none), a line feed, then JSON. Twenty ASCII bytes at fixed places, so that SQL on both databases can read them.
/// </summary>
public sealed class HeaderedStateSerializer : IGrainStorageSerializer
{
    private const int HeaderLength = 20;
    private const long LastInstant = 999_999_999_999_999;

    // Additions must read in the previous release and gaps in the next one: unknown members are passed over, nulls are not written.
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        IgnoreReadOnlyProperties = true, // what is computed from the state is not part of it
        // The row is not HTML: a Chinese name must not cost six bytes a letter.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc />
    public BinaryData Serialize<T>(T? input)
    {
        var row = input as IStoredState;
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteHeader(buffer, row?.DueAt, row?.HasPendingEntries ?? false);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(writer, input, Json);
        }

        return new BinaryData(buffer.WrittenMemory);
    }

    /// <inheritdoc />
    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory().Span;
        if (bytes.Length < HeaderLength || !bytes.StartsWith("A1"u8) || bytes[HeaderLength - 1] != '\n')
            throw new UnknownStateFormatException($"A stored {typeof(T).Name} has a format that this release does not know; was it written by a newer one?");
        try
        {
            var state = JsonSerializer.Deserialize<T>(bytes[HeaderLength..], Json)
                ?? throw new UnknownStateFormatException($"A stored {typeof(T).Name} is empty.");
            // The statement that reads takes the flag away where the mark in dirty is gone: what was pending then is in the ledger since.
            return state is IStoredState { HasPendingEntries: true } row && !IsPending(bytes) ? (T)row.AllFlushed() : state;
        }
        catch (JsonException broken)
        {
            // Its text can quote the payload, so only the place goes on.
            throw new UnknownStateFormatException($"A stored {typeof(T).Name} cannot be read at byte {broken.BytePositionInLine ?? 0} of its JSON.");
        }
    }

    private static bool IsPending(ReadOnlySpan<byte> payload) => "13579bdf"u8.Contains(payload[3]);

    private static void WriteHeader(ArrayBufferWriter<byte> buffer, DateTimeOffset? dueAt, bool pending)
    {
        var due = dueAt?.ToUnixTimeMilliseconds() ?? 0;
        if (dueAt is not null && due is <= 0 or > LastInstant)
            throw new ArgumentOutOfRangeException(nameof(dueAt), "A due instant lies after 1970 and before the year 33658.");
        var header = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A1{(pending ? 1 : 0):x2}{due:D15}\n");
        Encoding.ASCII.GetBytes(header, buffer);
    }
}

/// <summary>A row that this release cannot read. Its text says the type, never the content.</summary>
public sealed class UnknownStateFormatException : Exception
{
    /// <summary>Creates one.</summary>
    public UnknownStateFormatException(string message) : base(message) { }

    /// <summary>Creates one.</summary>
    public UnknownStateFormatException() { }

    /// <summary>Creates one.</summary>
    public UnknownStateFormatException(string message, Exception innerException) : base(message, innerException) { }
}
