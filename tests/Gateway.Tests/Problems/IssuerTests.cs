using AiCloud.Hosting;
using Microsoft.Extensions.Configuration;

namespace AiCloud.Problems;

/// <summary>Who signs receipts is known before a gateway starts. A whole one of a cluster starts where codes are delivered, which no test does.</summary>
public sealed class IssuerTests
{
    [Theory]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://accounts.example:8080")] // to Kestrel every name but localhost is every address
    [InlineData("http://127.0.0.1:5080;http://*:8080")]
    public void A_gateway_that_listens_on_every_address_is_refused_until_it_is_told_its_public_one(string urls)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Check(urls, null));
        Assert.StartsWith("AiCloud:Gateway:PublicBaseUrl:", refused.Message, StringComparison.Ordinal);
        Check(urls, "https://accounts.example");
    }

    [Theory, InlineData("http://127.0.0.1:5080"), InlineData("http://localhost:5080"), InlineData("http://[::1]:5080"), InlineData("http://192.0.2.7:8080"), InlineData("https://[2001:db8::7]:8443")]
    public void An_address_that_names_a_machine_is_an_issuer(string urls) => Check(urls, null);

    private static void Check(string urls, string? publicBaseUrl) => GatewayHost.RefuseNamelessIssuer(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("AiCloud:Gateway:PublicBaseUrl", publicBaseUrl)]).Build(), urls.Split(';'));
}
