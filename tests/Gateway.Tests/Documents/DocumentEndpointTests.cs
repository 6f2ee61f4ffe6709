using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Documents;

/// <summary>Reading documents (API.md, Documents).</summary>
public sealed class DocumentEndpointTests(SharedGateways gateways)
{
    private const string Agreement = "/v1/documents/registration-agreement/versions/1.0";

    [Fact]
    public async Task The_list_says_what_is_in_force_and_that_nothing_is_announced__C2_5()
    {
        var documents = (await (await gateways.Steady).Get("/v1/documents")).Is(200).Json.EnumerateArray().ToArray();
        Assert.Equal(
            ["registration-agreement True", "privacy-agreement True", "violation-rules False", "cancellation-rules False"],
            documents.Select(document => $"{document.GetProperty("kind")} {document.GetProperty("required")}"));
        Assert.All(documents, document => Assert.Equal(System.Text.Json.JsonValueKind.Null, document.GetProperty("announced").ValueKind));
        Assert.All(documents, document => Assert.Matches("^[0-9a-f]{64}$", document.GetProperty("inForce").GetProperty("sha256").GetString()!));
        Assert.All(documents, document => Assert.EndsWith("Z", document.GetProperty("inForce").GetProperty("effectiveAt").GetString()!, StringComparison.Ordinal));
        foreach (var document in documents) (await (await gateways.Steady).Get(document.GetProperty("inForce").GetProperty("href").GetString()!)).Is(200);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("application/json;q=0.2, text/markdown", "text/markdown")]
    [InlineData("text/markdown", "text/markdown")]
    [InlineData("text/*", "text/markdown")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("*/*, application/json;q=0", "text/markdown")]
    [InlineData("not a media type", "application/json")]
    public async Task A_text_comes_in_the_form_that_Accept_asks_for(string? accept, string type)
    {
        var gateway = await gateways.Steady;
        var reply = (await gateway.Get(Agreement, null, accept is null ? [] : [("Accept", accept)])).Is(200);
        Assert.Equal(type, reply.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", reply.Message.Content.Headers.ContentType.CharSet);
        Assert.Contains("Accept", reply.Message.Headers.Vary);
        Assert.Contains("Accept-Language", reply.Message.Headers.Vary);
        Assert.False(reply.Message.Headers.ETag!.IsWeak);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("text/html;q=0")]
    [InlineData("application/problem+json, image/*")]
    public async Task A_form_that_is_not_offered_is_refused(string accept) =>
        await (await (await gateways.Steady).Get(Agreement, null, ("Accept", accept))).Problem(406, "not_acceptable");

    [Fact]
    public async Task The_digest_is_the_entity_tag_and_spares_the_second_reading()
    {
        var gateway = await gateways.Steady;
        var read = (await gateway.Get(Agreement)).Is(200);
        var tag = $"\"{read["sha256"]}\"";
        Assert.Equal(tag, read.Header("ETag"));
        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            var unchanged = (await gateway.Get(Agreement, null, ("If-None-Match", known))).Is(304);
            Assert.Equal(("", tag), (unchanged.Text, unchanged.Header("ETag")));
        }
        (await gateway.Get(Agreement, null, ("If-None-Match", "\"other\""))).Is(200);
        // One digest names one sequence of bytes, whatever language is asked for.
        var chinese = (await gateway.Get(Agreement, null, ("Accept-Language", "zh-CN"))).Is(200);
        Assert.Equal((read.Text, tag), (chinese.Text, chinese.Header("ETag")));
        Assert.Equal(2, read.Json.GetProperty("titles").EnumerateObject().Count());
        // Another form is another representation.
        (await gateway.Get(Agreement, null, ("If-None-Match", tag), ("Accept", "text/markdown"))).Is(200);
    }

    [Fact]
    public async Task Each_form_has_the_text_in_the_language_asked_for()
    {
        var gateway = await gateways.Steady;
        var texts = (await gateway.Get(Agreement)).Is(200).Json.GetProperty("content");
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var markdown = (await gateway.Get(Agreement, null, ("Accept", "text/markdown"), ("Accept-Language", language))).Is(200);
            Assert.Equal(texts.GetProperty(language).GetString(), markdown.Text);
            Assert.Equal(language, markdown.Header("Content-Language"));
            var html = (await gateway.Get(Agreement, null, ("Accept", "text/html"), ("Accept-Language", language))).Is(200);
            Assert.Contains($"<html lang=\"{language}\">", html.Text, StringComparison.Ordinal);
            Assert.Contains("<h1", html.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html.Text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.NotEqual(texts.GetProperty("zh-CN").GetString(), texts.GetProperty("en").GetString());
    }

    [Fact]
    public async Task The_digest_can_be_computed_by_whoever_reads()
    {
        var read = (await (await gateways.Steady).Get(Agreement)).Is(200);
        var texts = read.Json.GetProperty("content").EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!);
        Assert.Equal(DocumentDigest.Of(texts), read["sha256"]);
    }

    [Fact]
    public async Task Versions_are_listed() =>
        Assert.Equal("1.0", (await (await gateways.Steady).Get("/v1/documents/privacy-agreement/versions")).Is(200).Json[0].GetProperty("version").GetString());

    [Theory]
    [InlineData("/v1/documents/unknown/versions")]
    [InlineData("/v1/documents/unknown/versions/1.0")]
    [InlineData("/v1/documents/registration-agreement/versions/9.9")]
    [InlineData("/v1/documents/registration-agreement/versions/1.0/")]
    [InlineData("/v1/documents/REGISTRATION-AGREEMENT/versions/1.0")]
    [InlineData("/v1/documents/registration-agreement/versions/%2e%2e")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        var reply = await (await gateways.Steady).Get(path);
        if (path.EndsWith('/')) reply.Is(200); // a trailing slash is the same address
        else await reply.Problem(404, "not_found");
    }

    [Fact]
    public async Task Documents_are_read_only()
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
            await (await (await gateways.Steady).Send(method, Agreement)).Problem(405, "method_not_allowed");
    }
}
