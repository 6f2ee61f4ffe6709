using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace AiCloud.PersonalData;

/// <summary>The JSON schema of a copy, made from the types that write it (JSON Schema 2020-12).</summary>
internal static class PersonalDataSchema
{
    public const string Path = "/schemas/personal-data/1.json";

    public static byte[] Json { get; } = Encoding.UTF8.GetBytes(Make().ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");

    private static JsonObject Make()
    {
        var made = JsonSchemaExporter.GetJsonSchemaAsNode(PersonalDataDocument.Json, typeof(PersonalDataDocument), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (node is JsonObject schema && (context.TypeInfo.Type == typeof(DateTimeOffset) || context.TypeInfo.Type == typeof(DateTimeOffset?))) schema["format"] = "date-time";
                return node;
            },
        }).AsObject();
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = Path, ["title"] = PersonalDataDocument.Current };
        foreach (var (name, value) in made) schema[name] = value?.DeepClone();
        return schema;
    }
}
