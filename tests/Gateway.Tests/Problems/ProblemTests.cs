using System.Net.Sockets;
using System.Text;
using AiCloud.Probe;
using AiCloud.Languages;

namespace AiCloud.Problems;

public sealed class ProblemTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    public static TheoryData<RefusalCode> EveryRefusal => [.. Enum.GetValues<RefusalCode>()];

    [Theory, MemberData(nameof(EveryRefusal))]
    public async Task Every_refusal_of_an_actor_leaves_as_its_own_problem_with_its_facts(RefusalCode code)
    {
        var response = await probe.App.Get($"/v1/things/refused/{code}");
        var problem = await response.Problem(code.Problem().Entry().Status, code.Problem().Name());
        Assert.Equal(code.ToString(), code.Problem().ToString()); // API.md: the code is the member's name
        Assert.Equal(3, problem.GetProperty("attemptsLeft").GetInt32());
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter!.Delta); // 1.2 s, never earlier
    }

    [Fact]
    public void No_page_tells_a_person_of_headers()
    {
        foreach (var code in ProblemCatalogue.Codes)
            foreach (var words in new[] { code.Entry().Title, ProblemWords.Of(code), ProblemWords.Of(Problem.Of(code)) })
                Assert.All([words.ZhCn, words.En], text => Assert.DoesNotContain("Retry-After", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_problem_speaks_both_languages_and_says_when_to_come_back_where_it_must()
    {
        foreach (var code in ProblemCatalogue.Codes)
        {
            var entry = code.Entry();
            Assert.InRange(entry.Status, 400, 599);
            Assert.All([entry.Title.En, entry.Text.En], text => Assert.True(text.All(char.IsAscii) && text.Length > 0));
            Assert.All([entry.Title.ZhCn, entry.Text.ZhCn], text => Assert.Contains(text, c => c is >= '\u4e00' and <= '\u9fff'));
            if (entry.Status is 429 or 503) Assert.True(entry.RetryAfter >= TimeSpan.FromSeconds(1), code.ToString());
            Assert.True(ProblemCodeNames.TryParse(code.Name(), out var back) && back == code);
        }
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("HEAD", "/nothing", 404, "not_found")]
    [InlineData("DELETE", "/v1/things", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/things/1/count/abc", 404, "not_found")]
    [InlineData("GET", "/v1/things/bound?number=abc", 400, "bad_request")]
    [InlineData("GET", "/v1/things/bound", 400, "bad_request")]
    [InlineData("GET", "/v1/things/crash", 500, "internal")]
    [InlineData("GET", "/v1/things/outage", 503, "unavailable")]
    [InlineData("GET", "/v1/things/status/406", 406, "not_acceptable")]
    [InlineData("GET", "/v1/things/status/429", 429, "too_many_requests")]
    [InlineData("GET", "/v1/things/status/504", 503, "unavailable")]
    [InlineData("GET", "/problems/no_such_code", 404, "not_found")]
    public async Task Whoever_refuses_the_answer_is_a_problem_without_exception_text(string method, string path, int status, string code)
    {
        var response = await probe.App.Send(new(method), path, null);
        if (method == "HEAD")
        {
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            return;
        }

        var problem = await response.Problem(status, code);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("/v1/things/7", 200), InlineData("/problems/busy", 200), InlineData("/openapi/v1.json", 200), InlineData("/v1/things/8", 404)]
    public async Task HEAD_answers_what_GET_would_without_a_body(string path, int status)
    {
        (string, string)[] token = [("Authorization", status == 200 ? "Bearer right" : "Bearer wrong")];
        var (head, get) = (await probe.App.Send(HttpMethod.Head, path, null, token), await probe.App.Get(path, token));
        Assert.Equal((status, status), ((int)head.StatusCode, (int)get.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_seen_to_be_broken() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => probe.App.Get("/v1/things/half"));

    [Fact]
    public async Task A_broken_chunk_is_a_problem_too()
    {
        var reply = await Raw("POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
        Assert.StartsWith("HTTP/1.1 400", reply, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"bad_request\"", reply, StringComparison.Ordinal);
    }

    public static TheoryData<string, int, string> NoRequests => new()
    {
        { "no request at all\r\n\r\n", 400, "bad_request" },
        { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "bad_request" },
        { "GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n", 400, "bad_request" },
        { $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n", 414, "bad_request" },
        { $"GET / HTTP/1.1\r\nHost: a\r\nx: {new string('a', 40_000)}\r\n\r\n", 431, "bad_request" },
        { "GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505, "internal" },
        // After a request that was served, on the same connection.
        { "GET /problems/busy HTTP/1.1\r\nHost: a\r\n\r\nno request\r\n\r\n", 400, "bad_request" },
    };

    [Theory, MemberData(nameof(NoRequests))]
    public async Task What_is_no_request_by_HTTP_s_grammar_is_a_problem_too(string bytes, int status, string code)
    {
        var reply = await Raw(bytes);
        var answer = reply[reply.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal)..];
        var (head, body) = (answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)], answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", head, StringComparison.Ordinal);
        var problem = System.Text.Json.JsonDocument.Parse(body).RootElement;
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
        Assert.Equal($"{probe.App.Address.GetLeftPart(UriPartial.Authority)}/problems/{code}", problem.GetProperty("type").GetString());
        Assert.All(["title", "traceId"], member => Assert.NotEmpty(problem.GetProperty(member).GetString()!));
        Assert.DoesNotContain("aaaa", body, StringComparison.Ordinal); // nothing of the request comes back
    }

    [Fact]
    public async Task The_type_resolves_to_a_page_in_both_languages()
    {
        var problem = await (await probe.App.Get("/nothing")).Problem(404, "not_found");
        var page = await probe.App.Client.GetAsync(problem.GetProperty("type").GetString());
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains(">Not found<", html, StringComparison.Ordinal);
        Assert.Contains(">未找到<", html, StringComparison.Ordinal);
        var all = await probe.App.Client.GetStringAsync("/problems");
        Assert.All(ProblemCatalogue.Codes, code => Assert.Contains($"id=\"{code.Name()}\"", all, StringComparison.Ordinal));
    }

    [Theory, InlineData("en", "Not found", "en"), InlineData("zh-CN", "未找到", "zh-CN"), InlineData("fr", "未找到", "zh-CN")]
    public async Task Accept_Language_changes_the_words_and_never_the_code(string asked, string title, string spoken)
    {
        var response = await probe.App.Get("/nothing", ("Accept-Language", asked));
        var problem = await response.Problem(404, "not_found");
        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.Equal(spoken, response.Content.Headers.ContentLanguage.Single());
    }

    [Fact]
    public async Task A_configured_public_address_wins_over_the_Host_header()
    {
        await using var app = await ProbeApp.Start(settings: ("AiCloud:Gateway:PublicBaseUrl", "https://accounts.example/"));
        var problem = await (await app.Get("/nothing", ("Host", "evil.example"))).Problem(404, "not_found");
        Assert.Equal("https://accounts.example/problems/not_found", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_undeclared_refusal_is_noted_in_the_log()
    {
        await (await probe.App.Get("/v1/things/undeclared")).Problem(403, "under_age");
        Assert.Contains(probe.App.Log.Lines, line => line.Contains("UnderAge", StringComparison.Ordinal) && line.Contains("does not declare", StringComparison.Ordinal));
    }

    private async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(probe.App.Address.Host, probe.App.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
