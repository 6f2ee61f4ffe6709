using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiCloud.Languages;

namespace AiCloud.Services;

/// <summary>
/// Reads a catalogue's file. Every fault is a line that names its place (RFC 6901) and the rule, and repeats nothing of what stands there. What the
/// published schema (<see cref="ServiceCatalogueSchema"/>) cannot say is checked here only: ids and needs stand in their list once, and members in their object.
/// </summary>
internal sealed partial class CatalogueReader
{
    public const int MaxBytes = 1024 * 1024;

    private const int TypesMax = 200, FunctionsMax = 50, NeedsMax = 20, TextMax = 2000;

    private static readonly Dictionary<string, NeededFact> Facts = Enum.GetValues<NeededFact>()
        .ToDictionary(fact => JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.ToString()), StringComparer.Ordinal);

    private readonly List<string> _faults = [];

    /// <summary>The catalogue, or what is wrong with it; never both.</summary>
    public static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Read(byte[] file)
    {
        if (file.Length > MaxBytes) return (null, ["the file is larger than 1 MiB"]);
        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            var reader = new CatalogueReader();
            var types = reader.Catalogue(json.RootElement);
            return reader._faults.Count > 0 ? (null, reader._faults) : (new ServiceCatalogue(types, Convert.ToHexStringLower(SHA256.HashData(file))), []);
        }
        catch (InvalidOperationException)
        {
            return (null, ["a text holds half a character (an unpaired surrogate)"]);
        }
        catch (JsonException unreadable)
        {
            return (null, [unreadable.LineNumber is { } line
                ? FormattableString.Invariant($"line {line + 1}, column {unreadable.BytePositionInLine + 1}: this is no JSON in UTF-8")
                : "an object names a member twice"]);
        }
    }

    private ServiceType[] Catalogue(JsonElement root)
    {
        if (!Members(root, "", ["format", "services"], ["$schema"])) return [];
        if (root.TryGetProperty("format", out var format) && !(format.ValueKind == JsonValueKind.Number && format.TryGetDecimal(out var number) && number == 1)) Fault("/format", "must be 1");
        Word(root, "", "$schema");
        var types = List(root, "", "services", TypesMax, Type);
        Unique(types.Select(type => type.Id), "/services");
        return types;
    }

    private ServiceType Type(JsonElement at, string place)
    {
        if (!Members(at, place, ["id", "name", "publishing", "needs", "functions"], ["description"])) return NoType;
        var type = new ServiceType
        {
            Id = Id(at, place),
            Name = Text(at, place, "name") ?? default,
            Description = at.TryGetProperty("description", out _) ? Text(at, place, "description") : null,
            Publishing = Flag(at, place, "publishing"),
            Needs = Needs(at, place),
            Functions = List(at, place, "functions", FunctionsMax, Function),
        };
        Unique(type.Functions.Select(function => function.Id), $"{place}/functions");
        if (type.Publishing && !type.Needs.Any(need => need.Need.Fact is NeededFact.Phone or NeededFact.Identified or NeededFact.RealName))
            Fault($"{place}/needs", "a publishing type must need phone, identified or real_name");
        return type;
    }

    private ServiceFunction Function(JsonElement at, string place)
    {
        if (!Members(at, place, ["id", "name", "needs"], [])) return new ServiceFunction { Id = "", Name = default, Needs = [] };
        var id = Id(at, place);
        if (ReservedFunctions.Contains(id)) Fault($"{place}/id", "names a function of the account itself");
        return new ServiceFunction { Id = id, Name = Text(at, place, "name") ?? default, Needs = Needs(at, place) };
    }

    private DescribedNeed[] Needs(JsonElement at, string place)
    {
        var needs = List(at, place, "needs", NeedsMax, Need);
        Unique(needs.Select(need => need.Need.Word), $"{place}/needs");
        return needs;
    }

    private DescribedNeed Need(JsonElement at, string place)
    {
        if (!Members(at, place, ["fact", "purpose", "ground"], ["guardian", "function", "fullNumber"])) return NoNeed;
        var fact = Word(at, place, "fact") is { } name && Facts.TryGetValue(name, out var known) ? known : (NeededFact?)null;
        if (fact is null && at.TryGetProperty("fact", out _)) Fault($"{place}/fact", $"must be one of {string.Join(", ", Facts.Keys)}");
        GuardianAssurance? assurance = null;
        if (Only(at, place, "guardian", fact == NeededFact.AdultOrGuardian, required: true))
        {
            assurance = Word(at, place, "guardian") switch { "contact" => GuardianAssurance.Contact, "id" => GuardianAssurance.Id, _ => null };
            if (assurance is null) Fault($"{place}/guardian", "must be contact or id");
        }
        string? function = null;
        if (Only(at, place, "function", fact == NeededFact.Unrestricted, required: true))
        {
            function = Word(at, place, "function");
            if (function is null || !IdForm().IsMatch(function)) Fault($"{place}/function", IdRule);
        }
        Localized? full = null;
        if (Only(at, place, "fullNumber", fact == NeededFact.RealName, required: false) && at.GetProperty("fullNumber") is var number && Members(number, $"{place}/fullNumber", ["ground"], []))
            full = Text(number, $"{place}/fullNumber", "ground");
        return new DescribedNeed
        {
            Need = new ServiceNeed { Fact = fact ?? NeededFact.Contact, Assurance = assurance, Function = function },
            Purpose = Text(at, place, "purpose") ?? default,
            Ground = Text(at, place, "ground") ?? default,
            FullNumberGround = full,
        };
    }

    private const string IdRule = "must be a lower-case letter followed by up to 63 of a-z, 0-9, hyphen, underscore and dot";

    private static ServiceType NoType => new() { Id = "", Name = default, Publishing = false, Needs = [], Functions = [] };

    private static DescribedNeed NoNeed => new() { Need = new ServiceNeed { Fact = NeededFact.Contact }, Purpose = default, Ground = default };

    private string Id(JsonElement at, string place)
    {
        var id = Word(at, place, "id");
        if (id is not null && !IdForm().IsMatch(id)) Fault($"{place}/id", IdRule);
        return id ?? "";
    }

    private string? Word(JsonElement at, string place, string name)
    {
        if (!at.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Fault($"{place}/{name}", "must be a string");
        return null;
    }

    private bool Flag(JsonElement at, string place, string name)
    {
        if (!at.TryGetProperty(name, out var value)) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Fault($"{place}/{name}", "must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    private Localized? Text(JsonElement at, string place, string name)
    {
        if (!at.TryGetProperty(name, out var texts) || !Members(texts, $"{place}/{name}", ["zh-CN", "en"], [])) return null;
        return new Localized(In("zh-CN"), In("en"));

        string In(string tag)
        {
            var text = Word(texts, $"{place}/{name}", tag);
            if (text is not null && (text.All(IsBlank) || text.Any(char.IsControl) || text.EnumerateRunes().Count() > TextMax))
                Fault($"{place}/{name}/{tag}", $"must be 1 to {TextMax} characters on one line");
            return text?.Trim() ?? "";
        }
    }

    // The byte order mark is white space to the patterns of a schema.
    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character == '\ufeff';

    private T[] List<T>(JsonElement at, string place, string name, int max, Func<JsonElement, string, T> read)
    {
        if (!at.TryGetProperty(name, out var list)) return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > max)
        {
            Fault($"{place}/{name}", $"must be a list of at most {max}");
            return [];
        }
        return [.. list.EnumerateArray().Select((item, index) => read(item, FormattableString.Invariant($"{place}/{name}/{index}")))];
    }

    private bool Members(JsonElement at, string place, string[] required, string[] optional)
    {
        if (at.ValueKind != JsonValueKind.Object)
        {
            Fault(place, "must be an object");
            return false;
        }
        foreach (var name in required)
            if (!at.TryGetProperty(name, out _)) Fault($"{place}/{name}", "is missing");
        foreach (var member in at.EnumerateObject())
            if (!required.Contains(member.Name) && !optional.Contains(member.Name)) Fault(place, $"has a member beyond {string.Join(", ", required.Concat(optional))}");
        return true;
    }

    private bool Only(JsonElement at, string place, string name, bool belongs, bool required)
    {
        var given = at.TryGetProperty(name, out _);
        if (given && !belongs) Fault($"{place}/{name}", "does not belong to this fact");
        if (!given && belongs && required) Fault($"{place}/{name}", "is missing");
        return given && belongs;
    }

    private void Unique(IEnumerable<string> names, string place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, name) in names.Index())
            if (name.Length > 0 && !seen.Add(name)) Fault(FormattableString.Invariant($"{place}/{index}"), "stands in the list twice");
    }

    private void Fault(string place, string rule) => _faults.Add($"{(place.Length == 0 ? "the file" : place)} {rule}");

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,63}\\z")]
    private static partial Regex IdForm();
}
