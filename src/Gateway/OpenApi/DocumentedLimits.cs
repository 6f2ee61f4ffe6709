using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AiCloud.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiCloud.OpenApi;

/// <summary>
/// Writes the limits that <see cref="Shape"/> enforces into the schemas, the defaults of unmarked members included. A string of a response that
/// can be longer than the default needs its own MaxLength, or the document is wrong about it.
/// </summary>
public sealed class DocumentedLimits : IOpenApiSchemaTransformer
{
    /// <inheritdoc />
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Its converter hides from the generator what an instant looks like.
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
            (schema.Type, schema.Format) = (JsonSchemaType.String | (IsSentAsNull(context.JsonPropertyInfo) ? JsonSchemaType.Null : (schema.Type ?? 0) & JsonSchemaType.Null), "date-time");
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.String && Allowed(context.JsonPropertyInfo) is { } allowed) schema.Enum = [.. allowed.Select(value => (JsonNode)value)];
        if (type == JsonSchemaType.String && schema.Enum is not { Count: > 0 })
        {
            schema.MaxLength ??= schema.Format is null ? Shape.DefaultMaxLength : 64;
            if (Pattern(context.JsonPropertyInfo) is { } pattern) schema.Pattern = $"^(?:{pattern})$"; // JSON Schema does not anchor, DataAnnotations does
            else if (schema.Format is null && context.JsonPropertyInfo is { } property && IsLine(property)) schema.Pattern ??= Line;
        }
        else if (schema.Enum is { Count: > 0 } && schema.Type is null)
        {
            schema.Type = JsonSchemaType.String; // the generator leaves it out, and some client generators then give up
        }
        else if (type == JsonSchemaType.Integer)
        {
            var whole = context.JsonTypeInfo.Type == typeof(long) || context.JsonTypeInfo.Type == typeof(long?);
            schema.Format = whole ? "int64" : "int32";
            schema.Minimum ??= whole ? "-9007199254740991" : "-2147483648";
            schema.Maximum ??= whole ? "9007199254740991" : "2147483647";
        }
        else if (type == JsonSchemaType.Array)
        {
            schema.MaxItems ??= Shape.DefaultMaxItems;
        }
        else if (type == JsonSchemaType.Object && schema.AdditionalProperties is OpenApiSchema values)
        {
            schema.MaxProperties ??= Shape.DefaultMaxItems;
            if ((values.Type & ~JsonSchemaType.Null) == JsonSchemaType.String)
            {
                values.MaxLength ??= schema.MaxLength ?? Shape.DefaultMaxLength;
                (schema.MaxLength, schema.MinLength) = (null, null);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsSentAsNull(JsonPropertyInfo? property) => property is not null && Nullable.GetUnderlyingType(property.PropertyType) is not null
        && property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];

    private static IEnumerable<string>? Allowed(JsonPropertyInfo? property) =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), true).Cast<AllowedValuesAttribute>().FirstOrDefault()?.Values.OfType<string>();

    // What TextRule.Line refuses; replies keep to it too, but for those marked otherwise.
    private const string Line = @"^[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]*$";

    private static bool IsLine(JsonPropertyInfo property) =>
        (property.AttributeProvider?.GetCustomAttributes(typeof(TextAttribute), true).Cast<TextAttribute>().FirstOrDefault()?.Rule ?? TextRule.Line) == TextRule.Line;

    private static string? Pattern(JsonPropertyInfo? property) =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(RegularExpressionAttribute), true).Cast<RegularExpressionAttribute>().FirstOrDefault()?.Pattern;
}
