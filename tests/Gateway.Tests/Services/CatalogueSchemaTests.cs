using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using static AiCloud.Services.Catalogues;

namespace AiCloud.Services;

/// <summary>
/// The published schema and the reader say the same of every file, so that what an editor or a pipeline passes is what a gateway takes. The oracle is
/// another's implementation of JSON Schema 2020-12.
/// </summary>
public sealed class CatalogueSchemaTests
{
    // What no schema can say, and the published one says that it does not.
    private const string Beyond = "stands in the list twice";

    private static readonly JsonSchema Schema = JsonSchema.FromText(Encoding.UTF8.GetString(ServiceCatalogueSchema.Bytes));

    private static readonly string[] Facts = ["phone", "email", "contact", "identified", "real_name", "adult", "adult_or_guardian", "unrestricted"];

    private static readonly string[] Own =
        [.. JsonDocument.Parse(ServiceCatalogueSchema.Bytes).RootElement.GetProperty("$defs").GetProperty("function").GetProperty("properties").GetProperty("id").GetProperty("not").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)];

    private static readonly string?[] Odd =
    [
        "null", "true", "false", "0", "1", "1.0", "2", "-1.5", "[]", "{}", "[[]]", "[7]", "[null]", "\"\"", "\" \"", "\"\\u3000\"", "\"\\ufeff\"", "\"\\u0001\"", "\"a\\u0085\"", "\"a\\n\"", "\"\\na\"", "\"a\\u2028b\"",
        "\"a\"", "\"Storage\"", "\"a b\"", "\"a.b-c_d\"", "\"-a\"", "\"é\"", "\"用途\"", "\"phone\"", "\"contact\"", "\"id\"", "\"export\"", "\"account_change\"", "\"service_use\"", "\"aunt\"", "{\"zh-CN\":\"用途\",\"en\":\"Why\"}",
        "{\"zh-CN\":\"用途\"}", "{\"zh-CN\":\"用途\",\"en\":\"Why\",\"de\":\"Warum\"}", "{\"ground\":{\"zh-CN\":\"依据\",\"en\":\"Ground\"}}",
        $"\"{new string('x', 64)}\"", $"\"{new string('x', 65)}\"", $"\"{new string('x', 2000)}\"", $"\"{new string('x', 2001)}\"",
        $"\"{string.Concat(Enumerable.Repeat("😀", 2000))}\"", $"\"{string.Concat(Enumerable.Repeat("😀", 2001))}\"",
    ];

    private static readonly string[] Members = ["$schema", "format", "services", "id", "name", "description", "publishing", "needs", "functions", "fact", "purpose", "ground", "guardian", "function", "fullNumber", "zh-CN", "en", "Id", "constructor"];

    private static readonly Gen<JsonObject> Catalogue = Gen.Int.Select(seed => Whole(new Choices(seed)));

    private static readonly Gen<(string Before, string After)> Changed = Gen.Select(Catalogue, Gen.Int).Select((whole, seed) => (whole.ToJsonString(), Change(whole, new Choices(seed))));

    [Fact]
    public void Every_catalogue_that_is_right_is_right_for_both() => Catalogue.Sample(whole =>
    {
        var text = whole.ToJsonString();
        Assert.Empty(Read(text));
        Assert.True(IsValid(text), text);
    }, iter: 300);

    [Fact]
    [Trait("Takes", "long")]
    public void Whatever_is_changed_in_one_the_schema_and_the_reader_agree()
    {
        var (taken, refused) = (0, 0);
        Changed.Sample(changed =>
        {
            var faults = Read(changed.After).Where(fault => !fault.EndsWith(Beyond, StringComparison.Ordinal)).ToArray();
            Assert.True(IsValid(changed.After) == (faults.Length == 0), $"{string.Join("; ", faults)}: {changed.After}");
            Interlocked.Increment(ref faults.Length == 0 ? ref taken : ref refused);
        }, iter: 5_000);
        Assert.InRange(refused, 1_000, 5_000);
        Assert.InRange(taken, 100, 5_000);
    }

    [Theory, MemberData(nameof(CatalogueReaderTests.Faults), MemberType = typeof(CatalogueReaderTests))]
    public void What_the_reader_refuses_the_schema_refuses(string here, string instead, string fault)
    {
        var broken = File(Type("storage", [Need("contact")], functions: [Function("upload")])).Replace(here, instead, StringComparison.Ordinal);
        // Neither JSON nor twice the same member reaches a schema.
        if (fault.StartsWith("line", StringComparison.Ordinal) || fault.Contains("twice", StringComparison.Ordinal)) return;
        Assert.False(IsValid(broken));
    }

    [Fact]
    public void The_sample_that_ships_is_right_for_both() => Assert.True(IsValid(System.IO.File.ReadAllText(CatalogueReaderTests.Sample)) && IsValid(Everything));

    [Fact]
    public void The_account_s_own_functions_are_refused_by_both()
    {
        Assert.Superset(new HashSet<string> { "export", "cancellation", "notice", "appeal", "documents", "go_on", "account_change", "service_use" }, Own.ToHashSet());
        foreach (var name in Own.Concat(Odd.Select(odd => odd!.Trim('"')).Where(odd => odd.All(char.IsAsciiLetterLower) && odd.Length is > 0 and < 64)))
        {
            var file = File(Type("a", [], functions: [Function(name)]));
            Assert.Equal((ReservedFunctions.Contains(name), ReservedFunctions.Contains(name)), (!IsValid(file), Read(file).Count > 0));
        }
    }

    [Fact]
    public void Half_a_character_is_a_fault_and_no_crash() =>
        Assert.Equal(["a text holds half a character (an unpaired surrogate)"], Read(File(Type("a", [])).Replace("\"en\":\"a\"", "\"en\":\"\\ud800\"", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Read(string text) => CatalogueReader.Read(Encoding.UTF8.GetBytes(text)).Faults;

    private static bool IsValid(string text) => Schema.Evaluate(JsonDocument.Parse(text).RootElement).IsValid;

    private static JsonObject Whole(Choices random)
    {
        var whole = new JsonObject { ["format"] = 1, ["services"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(number => Service(random, number))]) };
        if (random.Next(3) == 0) whole["$schema"] = "../docs/schemas/service-catalogue-1.json";
        return whole;
    }

    private static JsonObject Service(Choices random, int number)
    {
        var needs = Needs(random);
        var publishing = needs.Any(need => (string?)need!["fact"] is "phone" or "identified" or "real_name") && random.Next(2) == 0;
        var service = new JsonObject
        {
            ["id"] = FormattableString.Invariant($"type-{number}"), ["name"] = Text(random), ["publishing"] = publishing, ["needs"] = needs,
            ["functions"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(each => new JsonObject { ["id"] = FormattableString.Invariant($"f.{each}"), ["name"] = Text(random), ["needs"] = Needs(random) })]),
        };
        if (random.Next(2) == 0) service["description"] = Text(random);
        return service;
    }

    private static JsonArray Needs(Choices random)
    {
        var facts = Facts.ToArray();
        random.Shuffle(facts);
        return new JsonArray([.. facts.Take(random.Next(4)).Select(fact =>
        {
            var need = new JsonObject { ["fact"] = fact, ["purpose"] = Text(random), ["ground"] = Text(random) };
            if (fact == "adult_or_guardian") need["guardian"] = random.Next(2) == 0 ? "contact" : "id";
            if (fact == "unrestricted") need["function"] = "publish";
            if (fact == "real_name" && random.Next(2) == 0) need["fullNumber"] = new JsonObject { ["ground"] = Text(random) };
            return need;
        })]);
    }

    private static JsonObject Text(Choices random) => new() { ["zh-CN"] = random.Next(2) == 0 ? "用途" : " 用途 😀 ", ["en"] = random.Next(2) == 0 ? "Why" : "Why,\u00a0and how" };

    // One thing is changed anywhere: taken out, put in, renamed or exchanged for something odd.
    private static string Change(JsonObject whole, Choices random)
    {
        var all = new List<JsonNode>();
        Collect(whole, all);
        var at = all[random.Next(all.Count)];
        if (at is JsonObject members)
        {
            var name = members.Count > 0 && random.Next(4) > 0 ? members.ElementAt(random.Next(members.Count)).Key : Members[random.Next(Members.Length)];
            if (random.Next(4) == 0) members.Remove(name);
            else members[name] = Any(random);
        }
        else if (at is JsonArray items)
        {
            if (items.Count > 0 && random.Next(2) == 0) items[random.Next(items.Count)] = Any(random);
            else for (var more = random.Next(4) == 0 ? 201 : 1; more > 0; more--) items.Add(items.Count > 0 && random.Next(2) == 0 ? items[0]?.DeepClone() : Any(random));
        }
        return whole.ToJsonString();
    }

    private static void Collect(JsonNode? at, List<JsonNode> into)
    {
        if (at is not (JsonObject or JsonArray)) return;
        into.Add(at);
        foreach (var inner in at is JsonObject members ? members.Select(member => member.Value) : at.AsArray()) Collect(inner, into);
    }

    /// <summary>Choices that follow from one number, so that a failure can be played again.</summary>
    private sealed class Choices(int seed)
    {
        private uint _state = unchecked((uint)seed * 2654435769u) | 1;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)below);
        }

        public void Shuffle<T>(T[] items)
        {
            for (var last = items.Length - 1; last > 0; last--)
            {
                var other = Next(last + 1);
                (items[last], items[other]) = (items[other], items[last]);
            }
        }
    }

    private static JsonNode? Any(Choices random) => JsonNode.Parse(Odd[random.Next(Odd.Length)]!);
}
