using System.Net;
using System.Text;
using AiCloud.Probe;

namespace AiCloud.Requests;

public sealed class BodyTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    private const string Valid = """{"code":"123456","colour":"dark_red","fresh":true}""";

    [Theory]
    [InlineData(Valid)]
    [InlineData("""{"code":"123456","colour":"zh-CN","fresh":false,"displayName":"王小明 😀","note":"a\n\tb","password":"\u0000\u2066x","day":"2000-02-29","at":"2026-01-01T00:00:00Z","weight":1.5,"main":{"name":"ab","count":9},"parts":[{"name":"ab"},{"name":"cd"},{"name":"ef"}],"texts":{"zh-CN":"文","en":"text"}}""")]
    [InlineData("""{"code":"1234","colour":"dark_red","fresh":true,"displayName":null,"main":null,"parts":[]}""")]
    [InlineData("""{"code":"1234","colour":"dark_red","fresh":true,"displayName":"\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"}""")]
    public async Task A_valid_body_is_taken(string json) =>
        Assert.Equal(HttpStatusCode.Created, (await probe.App.Post("/v1/things", json)).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"code":"123456",}""")]
    [InlineData("""{"code":"123456"} x""")]
    [InlineData("""{"code":"123456"} {}""")]
    [InlineData("""/* c */ {"code":"123456"}""")]
    [InlineData("""{"code":'1'}""")]
    [InlineData("{\"code\":\"1\n2\"}")]
    [InlineData("""{"code":"\x41"}""")]
    [InlineData("""{"code":NaN}""")]
    [InlineData("""{"zz":1, "code":01}""")]
    public async Task Malformed_JSON_is_400_whatever_else_is_wrong(string json) =>
        await (await probe.App.Post("/v1/things", json)).Problem(400, "malformed_json");

    [Theory, InlineData(13, 422, "unknown_member"), InlineData(16, 400, "malformed_json")]
    public async Task Deep_nesting_is_refused_before_it_costs_anything(int depth, int status, string code) =>
        await (await probe.App.Post("/v1/things", $$"""{"x":{{new string('[', depth)}}{{new string(']', depth)}}}""")).Problem(status, code);

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_malformed() =>
        await (await probe.App.Post("/v1/things", [.. "{\"code\":\""u8, 0xC3, 0x28, .. "\"}"u8])).Problem(400, "malformed_json");

    [Theory]
    [InlineData("""{}""", "/code required|/colour required|/fresh required")]
    [InlineData("""{"code":null,"colour":null,"fresh":null}""", "/code required|/colour required|/fresh required")]
    [InlineData("""{"code":123456,"colour":1,"fresh":"true"}""", "/code wrong_type|/colour wrong_type|/fresh wrong_type")]
    [InlineData("""{"code":"12345\u0000","colour":"DarkRed","fresh":true}""", "/code control_character|/colour unknown_value")]
    [InlineData("""{"code":"１２３４５６","colour":"dark_red","fresh":true}""", "/code wrong_format")]
    [InlineData("""{"code":"123","colour":"dark_red","fresh":true}""", "/code wrong_format")]
    [InlineData("""{"code":"1234\n","colour":"dark_red","fresh":true}""", "/code control_character")]
    [InlineData("""{"code":"123456789","colour":"dark_red","fresh":true}""", "/code too_long")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"fresh":true}""", "/fresh duplicate_member")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"fre\u0073h":false}""", "/fresh duplicate_member")]
    [InlineData("""{"code":"\ud800","colour":"\udc00\ud800","fresh":true}""", "/code lone_surrogate|/colour lone_surrogate")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"displayName":"\ud83dx\ude00"}""", "/displayName lone_surrogate")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"displayName":"a\u202Egpj.exe"}""", "/displayName control_character")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"displayName":"a\r\nForged: line"}""", "/displayName control_character")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"day":"2001-02-29","at":"yesterday","weight":10.5}""", "/at wrong_format|/day wrong_format|/weight out_of_range")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"weight":1e999}""", "/weight out_of_range")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"main":[],"parts":{}}""", "/main wrong_type|/parts wrong_type")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"parts":[{"name":"a"},{"name":"ab","count":0},{"name":"ab","count":1.0}]}""", "/parts/0/name too_short|/parts/1/count out_of_range|/parts/2/count wrong_type")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"parts":[{"name":"ab"},{"name":"ab"},{"name":"ab"},7]}""", "/parts too_many_items")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"parts":[null],"texts":{"a":1,"b/~":null}}""", "/parts/0 required|/texts/a wrong_type|/texts/b~1~0 required")]
    [InlineData("""{"code":"123456","colour":"dark_red","fresh":true,"parts":null}""", "/parts required")]
    [InlineData("null", " required")]
    [InlineData("[]", " wrong_type")]
    [InlineData("\"text\"", " wrong_type")]
    public async Task Every_fault_is_named_with_its_pointer(string json, string errors) =>
        Assert.Equal(errors.Split('|'), (await (await probe.App.Post("/v1/things", json)).Problem(422, "invalid")).Errors());

    [Fact]
    public async Task Unknown_members_anywhere_are_named_and_decide_the_code()
    {
        var response = await probe.App.Post("/v1/things", """{"code":"12","Colour":"dark_red","colour":"dark_red","fresh":true,"parts":[{"name":"ab","a/b~":{"deep":[1]}}]}""");
        Assert.Equal(["/Colour unknown_member", "/code wrong_format", "/parts/0/a~1b~0 unknown_member"], (await response.Problem(422, "unknown_member")).Errors());
    }

    [Fact]
    public async Task A_flood_of_faults_makes_a_short_reply()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"{i}{new string('x', 10)}\":0")) + "}";
        var problem = await (await probe.App.Post("/v1/things", json)).Problem(422, "unknown_member");
        Assert.Equal(StrictReader.MaxErrors, problem.GetProperty("errors").GetArrayLength());
        var longName = await probe.App.Post("/v1/things", $$"""{"{{new string('y', 60_000)}}":0}""");
        Assert.True((await longName.Problem(422, "unknown_member")).ToString().Length < 1000);
    }

    [Theory, InlineData(0, 422), InlineData(1, 413)]
    public async Task A_body_has_64_KB_and_not_one_byte_more(int over, int status)
    {
        var body = Encoding.UTF8.GetBytes("{\"x\":0}".PadRight(RequestBody.MaxBytes + over));
        await (await probe.App.Post("/v1/things", body)).Problem(status, status == 413 ? "payload_too_large" : "unknown_member");
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/things") { Content = new ByteArrayContent(body) };
        chunked.Content.Headers.ContentType = new("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        await (await probe.App.Client.SendAsync(chunked)).Problem(status, status == 413 ? "payload_too_large" : "unknown_member");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=gb18030")]
    [InlineData("application/jsonp")]
    [InlineData("application/merge-patch+json")]
    public async Task Another_content_type_is_415(string? contentType) =>
        await (await probe.App.Post("/v1/things", Encoding.UTF8.GetBytes(Valid), contentType)).Problem(415, "unsupported_media_type");

    [Fact]
    public async Task A_compressed_body_is_415_and_not_a_bomb()
    {
        using var content = new StringContent(Valid, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        await (await probe.App.Client.PostAsync("/v1/things", content)).Problem(415, "unsupported_media_type");
    }

    [Theory, InlineData("application/json"), InlineData("APPLICATION/JSON; charset=\"UTF-8\"")]
    public async Task JSON_in_UTF_8_is_taken_however_it_is_spelt(string contentType) =>
        Assert.Equal(HttpStatusCode.Created, (await probe.App.Post("/v1/things", Encoding.UTF8.GetBytes(Valid), contentType)).StatusCode);

    [Fact]
    public async Task Nothing_of_a_refused_body_is_logged()
    {
        await probe.App.Post("/v1/things?q=canary-query", """{"code":"canary-13800138000","password":"canary\ud800","canary":1}""", ("Idempotency-Key", "canary-key"));
        Assert.DoesNotContain(probe.App.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }
}
