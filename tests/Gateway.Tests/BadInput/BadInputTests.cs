using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;
using CsCheck;

namespace AiCloud.BadInput;

/// <summary>A gateway for bad input alone, so that its rows can be counted and its log searched.</summary>
public sealed partial class BesiegedGateway : IAsyncLifetime
{
    public LiveGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await LiveGateway.Start(AiCloud.Staff.StaffGateway.Settings);

    public async ValueTask DisposeAsync()
    {
        var leaks = Gateway.Log.Lines.Where(line => line.Contains(BadValues.Mark, StringComparison.OrdinalIgnoreCase) || line.Contains("@example.com", StringComparison.Ordinal) || Phone().IsMatch(line)).ToArray();
        await Gateway.DisposeAsync();
        Assert.Empty(leaks);
        Assert.Matches(Phone(), Visitor.ByPhone(Gateway).Contact); // what is looked for is what was sent
    }

    /// <summary>Any number that was sent, with its country or without.</summary>
    [System.Text.RegularExpressions.GeneratedRegex(@"(?<!\d)(\+?86)?138\d{8}(?!\d)")]
    private static partial System.Text.RegularExpressions.Regex Phone();
}

/// <summary>Whatever is sent, the answer is a problem that the document shows: never a 500, and nothing of it is kept or logged.</summary>
public sealed class BadInputTests(BesiegedGateway besieged) : IClassFixture<BesiegedGateway>
{
    public static TheoryData<string> Kinds => new(RequestKind.All.Select(kind => kind.Name));

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_member_with_every_bad_value_is_taken_or_refused_by_name(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var refused = 0;
        var (path, token, body) = await kind.Prepare(gateway);
        foreach (var member in kind.Members)
            foreach (var (what, value) in BadValues.All)
            {
                var before = await gateway.Kept();
                var reply = await gateway.Send(kind.Method, path, RequestKind.With(body, member, value), token);
                await Foreseen(reply, $"{string.Join('/', member)}: {what}");
                if (reply.Status >= 400) refused++;
                // Whatever row it is, and whether it is new or another's. Where the request was sound in form, what it may spend is spent.
                if (reply.Status >= 400)
                {
                    var written = Written(before, await gateway.Kept());
                    // Whether a current password is asked for only the account knows, which takes a try first.
                    var isForm = reply.Json.GetProperty("code").GetString() is "invalid" or "unknown_member" && member[0] != "currentPassword";
                    var spends = isForm ? [] : kind.Spends;
                    Assert.True(written.All(spends.Contains), $"{string.Join('/', member)}: {what}, answered {reply.Text}, wrote {string.Join(", ", written)}");
                }
                if (reply.Status == 201) (path, token, body) = await kind.Prepare(gateway); // it was a good one after all
            }
        Assert.True(refused > 20, $"{refused}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_body_that_breaks_off_anywhere_or_is_no_JSON_is_malformed(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var (path, token, body) = await kind.Prepare(gateway);
        var text = body.ToJsonString(LiveGateway.Web);
        var broken = Enumerable.Range(0, text.Length / 9).Select(i => text[..(i * 9)]).Concat(["{", "[", "nul", "{'a':1}", text + "x", text + text, text[..^1] + ",}", "/* */" + text, "NaN", "<xml/>", "a=b&c=d", "\uFEFF\uFEFF"]);
        foreach (var json in broken) await (await gateway.Send(kind.Method, path, json, token)).Problem(400, "malformed_json");
        foreach (var bytes in new byte[][] { [0xff, 0xfe, 0x7b, 0x00], [0x22, 0xc3, 0x28, 0x22], [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d], Encoding.Unicode.GetBytes(text) })
            await (await gateway.Send(kind.Method, path, Json(bytes), token)).Problem(400, "malformed_json");
        await (await gateway.Send(kind.Method, path, new string('[', 20_000), token)).Problem(400, "malformed_json");
        foreach (var json in new[] { "null", "1", "\"text\"", "[]", "true" }) await (await gateway.Send(kind.Method, path, json, token)).Problem(422, "invalid");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Members_that_nobody_knows_are_refused_wherever_they_stand(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var (path, token, body) = await kind.Prepare(gateway);
        var places = kind.Members.Where(member => member.Length > 1 && !int.TryParse(member[^1], out _)).Select(member => member[..^1]).Append([]).DistinctBy(place => string.Join('/', place));
        foreach (var place in places)
            foreach (var unknown in new[] { "admin", "__proto__", "Method", "$type", BadValues.Mark })
            {
                var refused = await (await gateway.Send(kind.Method, path, RequestKind.With(body, [.. place, unknown], "1"), token)).Problem(422, "unknown_member");
                Assert.Contains($"/{string.Join('/', (string[])[.. place, unknown])} unknown_member", refused.Errors());
            }
        var twice = body.ToJsonString(LiveGateway.Web);
        await (await gateway.Send(kind.Method, path, "{" + twice[1..^1] + "," + twice[1..], token)).Problem(422, "invalid");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Other_types_of_content_and_bodies_beyond_64_KB_are_refused(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var (path, token, body) = await kind.Prepare(gateway);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(LiveGateway.Web));
        foreach (var type in new[] { null, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json; charset=utf-16", "application/json-seq" })
            await (await gateway.Send(kind.Method, path, Json(bytes, type), token)).Problem(415, "unsupported_media_type");
        var compressed = Json(bytes);
        compressed.Headers.ContentEncoding.Add("gzip");
        await (await gateway.Send(kind.Method, path, compressed, token)).Problem(415, "unsupported_media_type");

        // White space at the end is JSON: on one side of the limit it is read, on the other it is not.
        await Foreseen(await gateway.Send(kind.Method, path, Json(Padded(bytes, 64 * 1024)), token), "64 KB", not: 413);
        (path, token, body) = await kind.Prepare(gateway);
        foreach (var size in new[] { 64 * 1024 + 1, 1024 * 1024 })
            await (await gateway.Send(kind.Method, path, Json(Padded(bytes, size)), token)).Problem(413, "payload_too_large");
        await (await gateway.Send(kind.Method, path, new Chunked(Padded(bytes, 64 * 1024 + 1)), token)).Problem(413, "payload_too_large");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_megabyte_in_any_member_is_too_large_and_leaves_nothing(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var (path, token, body) = await kind.Prepare(gateway);
        var before = await gateway.Kept();
        foreach (var member in kind.Members)
            await (await gateway.Send(kind.Method, path, RequestKind.With(body, member, $"\"{BadValues.Mark}{new string('a', 1024 * 1024)}\""), token)).Problem(413, "payload_too_large");
        Assert.Empty(Written(before, await gateway.Kept()));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Any_JSON_at_all_is_foreseen(string name)
    {
        var (gateway, kind) = (besieged.Gateway, RequestKind.All.Single(kind => kind.Name == name));
        var (path, token, body) = await kind.Prepare(gateway);
        string[][] members = [.. kind.Members];
        var leaf = Gen.OneOf(Gen.OneOf<string>([.. BadValues.All.Select(value => value.Json ?? "0")]), Gen.String.Select(text => JsonSerializer.Serialize(text)), Gen.Double.Select(number => JsonSerializer.Serialize(double.IsFinite(number) ? number : 0)));
        var anyMember = Gen.Int[0, members.Length - 1].Select(i => members[i]);
        await Gen.Select(anyMember, leaf, anyMember, leaf).SampleAsync(async (first, value, second, other) =>
        {
            var changed = System.Text.Json.Nodes.JsonNode.Parse(RequestKind.With(body, first, "\"@first@\""))!.AsObject();
            string json;
            try { json = RequestKind.With(changed, second, other); }
            catch (InvalidOperationException) { return; } // the second stands inside what the first replaced
            await Foreseen(await gateway.Send(kind.Method, path, json.Replace("\"@first@\"", value, StringComparison.Ordinal), token), "any JSON");
        }, iter: 60, threads: 2);
    }

    [Fact]
    public async Task Absurd_addresses_are_not_found_or_refused()
    {
        string[] things = ["%00", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%F0%9F%99%82", "%ff%fe", "..%5c..", "'%20OR%201=1--", "%3Cscript%3E", "%E2%80%AE", "{id}", "*", new('a', 4000), "0", "null", "~", "a.b.c", "%0d%0aSet-Cookie:x=y"];
        foreach (var thing in things)
            foreach (var path in new[] { $"/v1/registrations/{thing}", $"/v1/account/sessions/{thing}", $"/v1/documents/{thing}/versions", $"/v1/documents/privacy-agreement/versions/{thing}", $"/v1/{thing}", $"/problems/{thing}", $"/{thing}" })
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Post })
                {
                    var reply = await besieged.Gateway.Send(method, path, method == HttpMethod.Post ? "{}" : null, "reg.a.b.c.d");
                    Assert.InRange(reply.Status, 400, 499);
                    await Foreseen(reply, path); // also where Kestrel itself refuses what is no request line
                }
        foreach (var query in new[] { "?a=b", "?%00", $"?to={new string('a', 4000)}", "?to=%ED%A0%80", "?to=%00", "?to=a@b@c", "?to=%E2%80%AE@example.com", "?to=&to=", "?=&&==" })
            foreach (var path in new[] { "/v1/documents", "/dev/outbox", "/health/live", "/v1/registrations/x" })
                Assert.InRange((await besieged.Gateway.Get(path + query)).Status, 200, 499);
    }

    // The ledger's own bookkeeping goes on by itself and holds nothing of a request.
    private static string[] Written(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
        [.. after.Where(row => !before.TryGetValue(row.Key, out var version) || version != row.Value).Select(row => row.Key.Split(' ')[0]).Where(row => !row.StartsWith("ledger", StringComparison.Ordinal)).Distinct()];

    private static async Task Foreseen(Reply reply, string what, int not = 500)
    {
        Assert.True(reply.Status < 500 && reply.Status != not, $"{what}: {reply.Status} {reply.Text}");
        if (reply.Status < 400) return;
        var code = reply.Json.GetProperty("code").GetString()!;
        await reply.Problem(reply.Status, code);
        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        // Pointers may repeat a member's name, never a value.
        if (code != "unknown_member") Assert.DoesNotContain(BadValues.Mark, reply.Text, StringComparison.Ordinal);
    }

    private static byte[] Padded(byte[] body, int size) => [.. body, .. Enumerable.Repeat((byte)' ', size - body.Length)];

    private static ByteArrayContent Json(byte[] body, string? type = "application/json")
    {
        var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    /// <summary>A body whose length nobody is told.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly byte[] body;

        public Chunked(byte[] body)
        {
            this.body = body;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => await stream.WriteAsync(body);

        protected override bool TryComputeLength(out long length) => (length = -1) > 0;
    }
}
