using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiCloud.Requests;

/// <summary>Instants on the wire: RFC 3339 in UTC with "Z" (API.md, General). "+00:00" means the same, but not to every client's parser.</summary>
internal sealed class UtcInstants : JsonConverter<DateTimeOffset>
{
    private const int Longest = 28; // seven digits of a second

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant) ? instant : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Longest];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
