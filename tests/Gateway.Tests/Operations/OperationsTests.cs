using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Operations;

/// <summary>What operators and developers ask (API.md, Operations).</summary>
public sealed class OperationsTests(SharedGateways gateways)
{
    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health", "live")]
    [InlineData("/health/startup", "started")]
    [InlineData("/health/ready", "ready")]
    public async Task The_process_says_how_it_is(string path, string status) => Assert.Equal(status, (await (await gateways.Steady).Get(path)).Is(200)["status"]);

    [Fact]
    public async Task Metrics_are_scraped_as_text_and_hold_no_contact()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        await person.Registered();
        var metrics = (await gateway.Get("/metrics")).Is(200);
        Assert.Equal("text/plain", metrics.Message.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("aicloud_build_info{", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Contact[3..], metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Id, metrics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_and_its_reference_are_served()
    {
        var gateway = await gateways.Steady;
        Assert.StartsWith("3.1", (await gateway.Get("/openapi/v1.json")).Is(200)["openapi"], StringComparison.Ordinal);
        Assert.InRange((await gateway.Get("/docs")).Status, 200, 302);
    }

    [Fact]
    public async Task The_development_outbox_shows_messages_newest_first()
    {
        var gateway = await gateways.Steady;
        var (first, second) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway));
        await first.Start();
        await second.Start();
        await gateway.Code(first.Contact);
        await gateway.Code(second.Contact);
        foreach (var (person, channel) in new[] { (first, "sms"), (second, "email") })
        {
            var message = (await gateway.Get($"/dev/outbox?to={person.Contact}")).Is(200).Json.EnumerateArray().Single(); // "+" unescaped on purpose
            Assert.Equal((person.Contact, channel, "registration"), (message.GetProperty("to").GetString(), message.GetProperty("channel").GetString(), message.GetProperty("purpose").GetString()));
            Assert.Contains(message.GetProperty("code").GetString()!, message.GetProperty("text").GetString()!, StringComparison.Ordinal);
            Assert.EndsWith("Z", message.GetProperty("sentAt").GetString()!, StringComparison.Ordinal);
        }
        var all = (await gateway.Get("/dev/outbox", null, ("Accept", "application/json"))).Is(200).Json.EnumerateArray().Select(message => message.GetProperty("sentAt").GetDateTimeOffset()).ToArray();
        Assert.Equal(all.OrderDescending(), all);
    }

    [Fact]
    public async Task The_development_outbox_answers_peers_on_this_machine_only()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Gateway:TrustedProxies:0", "127.0.0.1"));
        (await gateway.Get("/dev/outbox")).Is(200);
        await (await gateway.Get("/dev/outbox", null, ("X-Forwarded-For", "203.0.113.5"))).Problem(404, "not_found");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://192.0.2.1:5080")]
    public async Task Codes_are_not_shown_and_limits_not_switched_off_where_others_could_reach_it(string url)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => LiveGateway.Start(("urls", url)));
        Assert.IsType<Hosting.StartRefusedException>(refused);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/v1", 404, "not_found")]
    [InlineData("GET", "/v1/registrations", 405, "method_not_allowed")]
    [InlineData("PUT", "/v1/account", 405, "method_not_allowed")]
    [InlineData("TRACE", "/v1/sessions", 405, "method_not_allowed")]
    [InlineData("BREW", "/v1/sessions", 405, "method_not_allowed")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, int status, string code) =>
        await (await (await gateways.Steady).Send(new HttpMethod(method), path)).Problem(status, code);

    [Theory]
    [InlineData("PUT", "/v1/account", "GET HEAD PATCH")]
    [InlineData("DELETE", "/v1/documents", "GET HEAD")]
    [InlineData("GET", "/v1/sessions", "POST")]
    [InlineData("HEAD", "/v1/sessions", "POST")]
    public async Task A_method_that_is_not_taken_hears_which_are_HEAD_included_wherever_GET_is(string method, string path, string allowed)
    {
        var refused = (await (await gateways.Steady).Send(new HttpMethod(method), path)).Is(405);
        Assert.Equal(allowed.Split(' '), refused.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal));
    }
}
