using AiCloud.Probe;
using Microsoft.Extensions.Options;

namespace AiCloud.Requests;

public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData(null, "198.51.100.9", "127.0.0.1 http")]                                        // a stranger's header
    [InlineData("203.0.113.0/24", "198.51.100.9", "127.0.0.1 http")]                            // from an address that is no proxy of ours
    [InlineData("127.0.0.1", "198.51.100.9", "198.51.100.9 https")]
    [InlineData("127.0.0.0/8", "1.2.3.4, 198.51.100.9", "198.51.100.9 https")]                  // the left part is the stranger's own invention
    [InlineData("127.0.0.1;10.0.0.0/8", "1.2.3.4, 198.51.100.9, 10.1.1.1", "198.51.100.9 https")] // two proxies of ours in a row
    [InlineData("127.0.0.1", "2001:db8:1:2:3::9", "2001:db8:1:2:3::9 https")]
    [InlineData("127.0.0.1", "not an address", "127.0.0.1 http")]
    public async Task Only_a_configured_proxy_is_believed_about_the_client(string? trusted, string forwardedFor, string seen)
    {
        var settings = trusted?.Split(';').Select((proxy, i) => ($"AiCloud:Gateway:TrustedProxies:{i}", proxy)).ToArray() ?? [];
        await using var app = await ProbeApp.Start(settings: settings);
        var protocols = string.Join(", ", forwardedFor.Split(',').Select(_ => "https"));
        var response = await app.Get("/v1/things/network", ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", protocols), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "for=192.0.2.1"));
        Assert.Equal(seen, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_entry_that_is_no_network_stops_the_start_and_names_the_setting()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ProbeApp.Start(settings: ("AiCloud:Gateway:TrustedProxies:0", "proxy.example")));
        Assert.Contains("TrustedProxies:0", failure.Message, StringComparison.Ordinal);
    }
}
