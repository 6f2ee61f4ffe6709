using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace AiCloud.Requests;

/// <summary>What a JSON value of a request must look like; read once from the request type's properties and their attributes.</summary>
public abstract record Shape
{
    /// <summary>Code points that a string may have whose property does not say otherwise.</summary>
    public const int DefaultMaxLength = 256;

    /// <summary>Items that an array, and members that a map, may have whose property does not say otherwise.</summary>
    public const int DefaultMaxItems = 64;

    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    private Shape() { }

    /// <summary>A string. Lengths count Unicode code points, as JSON Schema does.</summary>
    public sealed record Text(int MinLength, int MaxLength, TextRule Rule, Regex? Pattern, FrozenSet<string>? Values, Func<string, bool>? Parses) : Shape;

    /// <summary>A whole number.</summary>
    public sealed record Whole(long Min, long Max) : Shape;

    /// <summary>Any number.</summary>
    public sealed record Number(double Min, double Max) : Shape;

    /// <summary>True or false.</summary>
    public sealed record Flag : Shape;

    /// <summary>A list.</summary>
    public sealed record Items(Shape Item, int Min, int Max) : Shape;

    /// <summary>Free names, one kind of value.</summary>
    public sealed record Map(Shape Value, int Max) : Shape;

    /// <summary>An object with known members. Filled after creation: a type may contain itself.</summary>
    public sealed record Members : Shape
    {
        /// <summary>By JSON name.</summary>
        public FrozenDictionary<string, Member> ByName { get; internal set; } = FrozenDictionary<string, Member>.Empty;
    }

    /// <summary>A member of an object.</summary>
    public sealed record Member(string Name, Shape Shape, bool Required, bool Nullable);

    /// <summary>The shape of <typeparamref name="T"/>.</summary>
    public static Shape Of<T>() => Of(typeof(T), null, []);

    private static Shape Of(Type type, ICustomAttributeProvider? attributes, Dictionary<Type, Members> open)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return TextOf(attributes, null, null);
        if (type == typeof(bool)) return new Flag();
        if (type == typeof(DateOnly)) return TextOf(attributes, null, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _));
        if (type == typeof(DateTimeOffset)) return TextOf(attributes, null, Parses<DateTimeOffset>);
        if (type == typeof(Guid)) return TextOf(attributes, null, Parses<Guid>);
        if (type.IsEnum) return TextOf(attributes, EnumNames(type), null);
        var range = Find<RangeAttribute>(attributes);
        if (type == typeof(int)) return new Whole(Least(range, int.MinValue), Most(range, int.MaxValue));
        if (type == typeof(long)) return new Whole(Least(range, long.MinValue), Most(range, long.MaxValue));
        if (type == typeof(double)) return new Number(range is null ? double.MinValue : Convert.ToDouble(range.Minimum, null), range is null ? double.MaxValue : Convert.ToDouble(range.Maximum, null));
        var info = WireJson.Options.GetTypeInfo(type);
        return info.Kind switch
        {
            // A list's attributes speak of its length, a map's of its values.
            JsonTypeInfoKind.Enumerable => new Items(Of(info.ElementType!, null, open), Find<MinLengthAttribute>(attributes)?.Length ?? 0, Find<MaxLengthAttribute>(attributes)?.Length ?? DefaultMaxItems),
            JsonTypeInfoKind.Dictionary when info.KeyType == typeof(string) => new Map(Of(info.ElementType!, attributes, open), DefaultMaxItems),
            JsonTypeInfoKind.Object => MembersOf(info, open),
            _ => throw new NotSupportedException($"{type} cannot be a member of a request: the reader has no rule for it."),
        };
    }

    private static Shape MembersOf(JsonTypeInfo info, Dictionary<Type, Members> open)
    {
        if (Known.TryGetValue(info.Type, out var known)) return known;
        if (open.TryGetValue(info.Type, out var opened)) return opened;
        var members = open[info.Type] = new Members();
        var context = new NullabilityInfoContext();
        members.ByName = info.Properties
            .Where(property => property.Set is not null || property.AssociatedParameter is not null)
            .Select(property => new Member(property.Name, Of(property.PropertyType, property.AttributeProvider, open), IsRequired(property), property.IsSetNullable && Admits(property, context)))
            .ToFrozenDictionary(member => member.Name, StringComparer.Ordinal);
        return open.Count == 1 ? Known.GetOrAdd(info.Type, members) : members;
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };

    // System.Text.Json reports a value type's IsSetNullable by its annotations only; int is never nullable, int? always.
    private static bool Admits(JsonPropertyInfo property, NullabilityInfoContext context) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : property.AttributeProvider is not PropertyInfo info || context.Create(info).WriteState != NullabilityState.NotNull;

    private static Text TextOf(ICustomAttributeProvider? attributes, FrozenSet<string>? values, Func<string, bool>? parses)
    {
        var length = Find<StringLengthAttribute>(attributes);
        var min = length?.MinimumLength ?? Find<MinLengthAttribute>(attributes)?.Length ?? 0;
        var max = length?.MaximumLength ?? Find<MaxLengthAttribute>(attributes)?.Length ?? (parses is null ? DefaultMaxLength : 64);
        var pattern = Find<RegularExpressionAttribute>(attributes)?.Pattern;
        values ??= Find<AllowedValuesAttribute>(attributes)?.Values.OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        return new(min, max, Find<TextAttribute>(attributes)?.Rule ?? TextRule.Line,
            // Not backtracking: a pattern must not be a way to spend our processor.
            pattern is null ? null : new Regex($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), values, parses);
    }

    private static FrozenSet<string> EnumNames(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name))
        .ToFrozenSet(StringComparer.Ordinal);

    private static bool Parses<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(text), WireJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static long Least(RangeAttribute? range, long natural) => range is null ? natural : Convert.ToInt64(range.Minimum, null);

    private static long Most(RangeAttribute? range, long natural) => range is null ? natural : Convert.ToInt64(range.Maximum, null);

    private static T? Find<T>(ICustomAttributeProvider? attributes) where T : Attribute =>
        attributes?.GetCustomAttributes(typeof(T), true).Cast<T>().FirstOrDefault();
}
