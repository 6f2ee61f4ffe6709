using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Probe;
using CsCheck;

namespace AiCloud.Requests;

[Trait("Takes", "long")]
public sealed class StrictReaderPropertyTests
{
    private static readonly string[] Names = ["code", "colour", "fresh", "displayName", "note", "password", "day", "at", "weight", "main", "parts", "texts", "name", "count", "x"];

    private static readonly Gen<string> AnyLeaf = Gen.OneOf(
        Gen.OneOf("null", "true", "false", "0", "-1", "1.5", "1e999", "9223372036854775808", "\"\"", "\"1234\"", "\"dark_red\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"2000-02-29\""),
        Gen.String.Select(text => JsonSerializer.Serialize(text)),
        Gen.Double.Select(number => JsonSerializer.Serialize(double.IsFinite(number) ? number : 0)),
        Gen.Long.Select(number => JsonSerializer.Serialize(number)));

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 4
        ? AnyLeaf
        : Gen.Frequency(
            (2, AnyLeaf),
            (1, inner.Array[0, 5].Select(items => $"[{string.Join(',', items)}]")),
            (3, Gen.Select(Gen.OneOf<string>(Names), inner, (name, value) => $"\"{name}\":{value}").Array[0, 8].Select(members => $"{{{string.Join(',', members)}}}"))));

    private static readonly Gen<ThingRequest> AThing = Gen.Select(
        Gen.Char['0', '9'].Array[4, 8], Gen.Enum<Colour>(), Gen.Bool, Gen.String[Gen.Char['一', '鿿'], 0, 20], Gen.DateOnly, Gen.Int[1, 9], Gen.Double[0, 10], Gen.String[Gen.Char['\0', '\ud7ff'], 0, 128],
        (code, colour, fresh, name, day, count, weight, password) => new ThingRequest
        {
            Code = new(code), Colour = colour, Fresh = fresh, DisplayName = name, Day = day, Weight = weight, Password = password,
            Main = new() { Name = "ab", Count = count }, Parts = [new() { Name = "cd" }], Texts = new Dictionary<string, string> { ["en"] = "a\nb" },
        });

    [Fact]
    public void Any_JSON_is_taken_or_refused_and_never_throws() => Json.Sample(
        json => RequestBody.Parse<ThingRequest>(Encoding.UTF8.GetBytes(json)) is var (value, problem) && (value is null) != (problem is null), iter: 5_000);

    [Fact]
    public void Any_bytes_are_taken_or_refused_and_never_throw() => Gen.Byte.Array[0, 200].Sample(
        bytes => RequestBody.Parse<ThingRequest>(bytes) is var (value, problem) && (value is null) != (problem is null), iter: 5_000);

    [Fact]
    public void A_valid_body_with_one_byte_changed_never_throws() => Gen.Select(AThing, Gen.Int[0, int.MaxValue], Gen.Byte).Sample((thing, at, to) =>
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(thing, WireJson.Options);
        bytes[at % bytes.Length] = to;
        var (value, problem) = RequestBody.Parse<ThingRequest>(bytes);
        return (value is null) != (problem is null);
    }, iter: 5_000);

    [Fact]
    public void What_was_written_is_read_back() => AThing.Sample(thing =>
    {
        var json = JsonSerializer.Serialize(thing, WireJson.Options);
        var (value, problem) = RequestBody.Parse<ThingRequest>(Encoding.UTF8.GetBytes(json));
        return problem is null && JsonSerializer.Serialize(value, WireJson.Options) == json;
    }, iter: 2_000);

    [Fact]
    public void What_the_reader_takes_the_deserialiser_takes() => Json.Sample(json =>
    {
        // The catch in RequestBody is a net; falling into it means that two readers disagree on what a body is.
        var bytes = Encoding.UTF8.GetBytes(json);
        if (StrictReader.Check(bytes, Shape.Of<ThingRequest>()) is null) JsonSerializer.Deserialize<ThingRequest>(bytes, WireJson.Options);
    }, iter: 5_000);

    [Fact]
    public void Any_one_member_taken_away_or_nulled_is_named_when_it_is_required() => Gen.Select(AThing, Gen.OneOf("code", "colour", "fresh"), Gen.Bool).Sample((thing, name, nulled) =>
    {
        var json = JsonNode.Parse(JsonSerializer.Serialize(thing, WireJson.Options))!.AsObject();
        json.Remove(name);
        if (nulled) json[name] = null;
        var error = Assert.Single(RequestBody.Parse<ThingRequest>(Encoding.UTF8.GetBytes(json.ToJsonString())).Problem!.Errors);
        Assert.Equal(($"/{name}", "required"), (error.Pointer, error.Code));
    }, iter: 500);
}
