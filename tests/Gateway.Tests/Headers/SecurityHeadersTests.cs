using AiCloud.Probe;

namespace AiCloud.Headers;

public sealed class SecurityHeadersTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    [Theory, InlineData("/health/live"), InlineData("/problems/not_found"), InlineData("/nothing"), InlineData("/v1/things/crash"), InlineData("/v1/things/network"), InlineData("/openapi/v1.json")]
    public async Task Every_reply_carries_them_and_none_names_the_server(string path)
    {
        var response = await probe.App.Get(path);
        var csp = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", csp, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", csp, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", csp, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", csp, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", csp, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security")); // plain http
        Assert.NotNull(response.Headers.CacheControl);
    }

    [Fact]
    public async Task A_reply_that_says_nothing_about_caching_is_not_stored() =>
        Assert.Equal("no-store", (await probe.App.Get("/v1/things/network")).Headers.CacheControl?.ToString());

    [Fact]
    public async Task An_endpoint_may_say_otherwise() =>
        Assert.True((await probe.App.Get("/favicon.ico")).Headers.CacheControl!.Public);

    [Fact]
    public async Task Https_is_insisted_on_for_a_year_at_least_once_it_was_used()
    {
        await using var app = await ProbeApp.Start(settings: ("AiCloud:Gateway:TrustedProxies:0", "127.0.0.1"));
        var response = await app.Get("/health/live", ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "https"));
        Assert.Equal("max-age=63072000; includeSubDomains", response.Headers.GetValues("Strict-Transport-Security").Single());
    }
}
