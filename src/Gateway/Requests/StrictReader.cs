using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using AiCloud.Problems;

namespace AiCloud.Requests;

/// <summary>
/// Holds a JSON text against a <see cref="Shape"/> in one pass and names every fault, not only the first. Never throws, whatever the bytes are:
/// what it lets through is well-formed, in strict UTF-8, without duplicates, unknown members, wrong types or lone surrogates.
/// </summary>
public static class StrictReader
{
    /// <summary>How many faults one reply names; a request with more is not a slip.</summary>
    public const int MaxErrors = 32;

    private const int MaxEchoedName = 64; // code units of an unknown member's name that a pointer repeats

    /// <summary>Null when <paramref name="utf8"/> fits; else the problem to answer.</summary>
    public static Problem? Check(ReadOnlySpan<byte> utf8, Shape shape)
    {
        if (!Utf8.IsValid(utf8)) return Problem.Of(ProblemCode.MalformedJson);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var reader = new Utf8JsonReader(utf8, new() { MaxDepth = WireJson.MaxDepth });
        try
        {
            reader.Read();
            Value(ref reader, shape, "", nullable: false, errors);
            // Trailing content shows on the next read, which throws.
            if (reader.Read()) return Problem.Of(ProblemCode.MalformedJson);
        }
        catch (JsonException)
        {
            return Problem.Of(ProblemCode.MalformedJson);
        }

        if (errors.Count == 0) return null;
        var unknown = new FieldError("", FieldFault.UnknownMember).Code;
        return Problem.Of(errors.Any(error => error.Code == unknown) ? ProblemCode.UnknownMember : ProblemCode.Invalid, errors);
    }

    private static void Value(ref Utf8JsonReader reader, Shape shape, string at, bool nullable, ImmutableArray<FieldError>.Builder errors)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            if (!nullable) Add(errors, at, FieldFault.Required);
            return;
        }

        switch (shape, reader.TokenType)
        {
            case (Shape.Members members, JsonTokenType.StartObject): Object(ref reader, members, at, errors); break;
            case (Shape.Map map, JsonTokenType.StartObject): Map(ref reader, map, at, errors); break;
            case (Shape.Items items, JsonTokenType.StartArray): Array(ref reader, items, at, errors); break;
            case (Shape.Text text, JsonTokenType.String): Text(ref reader, text, at, errors); break;
            case (Shape.Whole whole, JsonTokenType.Number): Whole(ref reader, whole, at, errors); break;
            case (Shape.Number number, JsonTokenType.Number):
                if (!reader.TryGetDouble(out var real) || !double.IsFinite(real) || real < number.Min || real > number.Max) Add(errors, at, FieldFault.OutOfRange);
                break;
            case (Shape.Flag, JsonTokenType.True or JsonTokenType.False): break;
            default:
                Add(errors, at, FieldFault.WrongType);
                reader.Skip();
                break;
        }
    }

    private static void Object(ref Utf8JsonReader reader, Shape.Members shape, string at, ImmutableArray<FieldError>.Builder errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Name(ref reader, at, seen, errors, out var name, out var below)) continue;
            if (shape.ByName.TryGetValue(name, out var member))
            {
                // An explicit null counts as absent: the required check below names it once.
                if (reader.TokenType == JsonTokenType.Null && member.Required && !member.Nullable) seen.Remove(name);
                else Value(ref reader, member.Shape, below, member.Nullable, errors);
            }
            else
            {
                Add(errors, below, FieldFault.UnknownMember);
                reader.Skip();
            }
        }

        foreach (var member in shape.ByName.Values)
            if (member.Required && !seen.Contains(member.Name)) Add(errors, Below(at, member.Name), FieldFault.Required);
    }

    private static void Map(ref Utf8JsonReader reader, Shape.Map shape, string at, ImmutableArray<FieldError>.Builder errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            if (Name(ref reader, at, seen, errors, out var name, out var below))
            {
                if (name.Length > MaxEchoedName) Add(errors, below, FieldFault.TooLong);
                else if (Breaks(TextRule.Line, name)) Add(errors, below, FieldFault.ControlCharacter);
                Value(ref reader, shape.Value, below, nullable: false, errors);
            }
        if (seen.Count > shape.Max) Add(errors, at, FieldFault.TooManyItems);
    }

    // Reads a member's name and steps to its value; false (with the value skipped) when the name itself is refused.
    private static bool Name(ref Utf8JsonReader reader, string at, HashSet<string> seen, ImmutableArray<FieldError>.Builder errors, out string name, out string below)
    {
        (name, below) = ("", at);
        var lone = HasLoneSurrogate(ref reader);
        if (!lone)
        {
            name = reader.GetString()!;
            below = Below(at, name);
        }

        reader.Read();
        if (!lone && seen.Add(name)) return true;
        Add(errors, below, lone ? FieldFault.LoneSurrogate : FieldFault.DuplicateMember);
        reader.Skip();
        return false;
    }

    private static void Array(ref Utf8JsonReader reader, Shape.Items shape, string at, ImmutableArray<FieldError>.Builder errors)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count < shape.Max) Value(ref reader, shape.Item, $"{at}/{count}", nullable: false, errors);
            else reader.Skip();
            count++;
        }

        if (count > shape.Max) Add(errors, at, FieldFault.TooManyItems);
        if (count < shape.Min) Add(errors, at, FieldFault.TooFewItems);
    }

    private static void Text(ref Utf8JsonReader reader, Shape.Text shape, string at, ImmutableArray<FieldError>.Builder errors)
    {
        if (HasLoneSurrogate(ref reader))
        {
            Add(errors, at, FieldFault.LoneSurrogate);
            return;
        }

        var text = reader.GetString()!;
        var length = 0;
        foreach (var _ in text.EnumerateRunes()) length++;
        FieldFault? fault = shape switch
        {
            { Values: { } values } => values.Contains(text) ? null : FieldFault.UnknownValue,
            _ when length > shape.MaxLength => FieldFault.TooLong,
            _ when length < shape.MinLength => FieldFault.TooShort,
            _ when Breaks(shape.Rule, text) => FieldFault.ControlCharacter,
            _ when shape.Pattern?.IsMatch(text) == false || shape.Parses?.Invoke(text) == false => FieldFault.WrongFormat,
            _ => null,
        };
        if (fault is { } found) Add(errors, at, found);
    }

    private static void Whole(ref Utf8JsonReader reader, Shape.Whole shape, string at, ImmutableArray<FieldError>.Builder errors)
    {
        // 1.0 and 1e2 are whole to a mathematician but not to the deserialiser: nothing is coerced.
        if (reader.ValueSpan.IndexOfAny(".eE"u8) >= 0) Add(errors, at, FieldFault.WrongType);
        else if (!reader.TryGetInt64(out var value) || value < shape.Min || value > shape.Max) Add(errors, at, FieldFault.OutOfRange);
    }

    private static bool Breaks(TextRule rule, string text) => rule switch
    {
        TextRule.Verbatim => false,
        TextRule.Multiline => text.Any(c => c is not ('\t' or '\n' or '\r') && Controls(c)),
        TextRule.Pasted => text.Any(c => c is not ('\t' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069') && Controls(c)),
        TextRule.Line => text.Any(Controls),
    };

    private static bool Controls(char c) => char.IsControl(c) || c is >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    // UTF-8 itself is checked beforehand, so only an escape (\ud83d without its other half) can smuggle in half a character.
    private static bool HasLoneSurrogate(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return false;
        var raw = reader.ValueSpan;
        var high = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                if (high) return true;
                continue;
            }

            i++;
            if (raw[i] != 'u')
            {
                if (high) return true;
                continue;
            }

            var unit = (char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            i += 4;
            if (char.IsLowSurrogate(unit) != high) return true;
            high = char.IsHighSurrogate(unit);
        }

        return high;
    }

    private static string Below(string at, string name)
    {
        var echoed = name.Length <= MaxEchoedName ? name : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[MaxEchoedName - 1]) ? MaxEchoedName - 1 : MaxEchoedName), "…");
        return $"{at}/{echoed.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    private static void Add(ImmutableArray<FieldError>.Builder errors, string at, FieldFault fault)
    {
        if (errors.Count < MaxErrors) errors.Add(new(at, fault));
    }
}
