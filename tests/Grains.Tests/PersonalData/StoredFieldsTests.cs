using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AiCloud.Documents;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.PersonalData;

/// <summary>
/// docs/personal-data.md names every stored field, why it is kept and for how long (L-17: PIPL 17, 45), and of every field about a person where it stands in
/// their copy, or why it does not. A field that somebody adds breaks this until they have said so there.
/// </summary>
public sealed partial class StoredFieldsTests
{
    private const string AboutPeople = "## About a person", NotAboutPeople = "## About nobody";

    // Of one shape wherever they stand: documents, and keys that open nothing by themselves.
    private static readonly HashSet<Type> Whole = [typeof(DocumentReference), typeof(WrappedKey)];

    private static readonly string Doc = File.ReadAllText(Repository.At("docs", "personal-data.md"));

    [Fact]
    public async Task L_17_every_stored_field_is_in_the_table_with_purpose_ground_key_and_time()
    {
        var (people, nobody) = (Names(AboutPeople), Names(NotAboutPeople));
        var stored = (await Stored()).ToArray();
        var missing = stored.Where(field => !people.Contains(field) && !Covered(field, nobody)).ToArray();
        Assert.True(missing.Length == 0, $"""
            Stored, and not in docs/personal-data.md:
            {string.Join('\n', missing)}
            For each, if it is about a person, add a row under "{AboutPeople}": what it is, purpose, ground, where it stands and under which key, how long. In the last column name its place in
            the person's copy: add a member to PersonalDataDocument, fill it in AccountVault.PersonalData.cs or DataCollection, name it in DataTexts.Labels (zh-CN and en), and run ExportTests with
            AICLOUD_WRITE_DOCS=1 for the schema. Where it cannot be in the copy, write "—" and the reason. If it is about nobody, it belongs under "{NotAboutPeople}".
            """);
        var gone = people.Concat(nobody).Where(name => !stored.Any(field => field == name || Covered(field, [name]))).ToArray();
        Assert.True(gone.Length == 0, $"In docs/personal-data.md, and not stored any more: {string.Join(", ", gone)}");
    }

    [Fact]
    public void L_17_no_field_about_a_person_is_missing_from_their_copy_without_a_reason()
    {
        var members = Members(typeof(PersonalDataDocument), "").ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var row in Rows(AboutPeople))
        {
            var last = row[^1];
            var places = Quoted(last).ToArray();
            if (places.Length == 0 && !(last.StartsWith('—') && last.Length > 12)) faults.Add($"{row[0]}: neither a place in the copy nor \"—\" with a reason");
            faults.AddRange(places.Where(place => !members.Contains(place)).Select(place => $"{row[0]}: the copy has no {place}"));
            if (row.Length != 7 || row.Any(cell => cell.Length == 0)) faults.Add($"{row[0]}: a cell is empty");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Everything_in_the_copy_is_in_the_table()
    {
        var named = Rows(AboutPeople).SelectMany(row => Quoted(row[^1])).ToHashSet(StringComparer.Ordinal);
        var unnamed = Members(typeof(PersonalDataDocument), "").Where(member => !named.Contains(member) && member is not ("format" or "collectedAt")).ToArray();
        Assert.True(unnamed.Length == 0, $"In the copy, and in no row's last column: {string.Join(", ", unnamed)}");
    }

    /// <summary>Every leaf of every state's JSON by its path, and every column of every table.</summary>
    private static async Task<IReadOnlyCollection<string>> Stored()
    {
        var fields = new SortedSet<string>(StoredStates.All.SelectMany(state => Leaves(state.Value, state.Key)), StringComparer.Ordinal);
        await using var file = await TemporarySqlite.Create();
        await using var database = Database.Open(file.Settings);
        await using var connection = await database.State.OpenConnectionAsync();
        foreach (var table in (await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")).ToArray())
            foreach (var column in (await connection.QueryAsync<string>($"SELECT name FROM pragma_table_info('{table}')")).ToArray())
                fields.Add($"table {table.ToLowerInvariant()}.{column.ToLowerInvariant()}");
        return fields;
    }

    private static IEnumerable<string> Leaves(Type type, string path) => Written(type).SelectMany(property =>
    {
        var (member, suffix) = Element(property.PropertyType);
        var name = $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}{suffix}";
        return IsOurs(member) && !Whole.Contains(member) ? Leaves(member, name) : [name];
    });

    /// <summary>Every leaf of the copy by its path.</summary>
    internal static IEnumerable<string> Members(Type type, string path) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
    {
        var (member, suffix) = Element(property.PropertyType);
        var name = $"{path}{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}{suffix}";
        return IsOurs(member) && member != typeof(HeldDocument) ? Members(member, name + ".") : [name];
    });

    private static IEnumerable<PropertyInfo> Written(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    private static (Type Type, string Suffix) Element(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray && type != typeof(byte[])) return (Nullable.GetUnderlyingType(type.GetElementType()!) ?? type.GetElementType()!, "[]");
        var dictionary = type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));
        if (dictionary is not null) return (dictionary.GetGenericArguments()[1], "[]");
        var list = type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return list is not null && type != typeof(string) && type != typeof(byte[]) ? (list.GetGenericArguments()[0], "[]") : (type, "");
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("AiCloud", StringComparison.Ordinal) == true && !type.IsEnum && Written(type).Any();

    private static HashSet<string> Names(string heading) => [.. Rows(heading).SelectMany(row => Quoted(row[0]))];

    private static bool Covered(string field, IEnumerable<string> names) =>
        names.Any(name => name == field || (name.EndsWith(".*", StringComparison.Ordinal) && field.StartsWith(name[..^1], StringComparison.Ordinal)));

    private static IEnumerable<string[]> Rows(string heading)
    {
        var from = Doc.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/personal-data.md has no \"{heading}\".");
        var to = Doc.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return Doc[from..(to < 0 ? Doc.Length : to)].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());
    }

    private static IEnumerable<string> Quoted(string cell) => Backticks().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticks();
}
