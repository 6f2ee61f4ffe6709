using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Telemetry;

/// <summary>What a gateway and a silo export of one request, and how metrics lead to it (DESIGN §11).</summary>
public sealed partial class TraceTests
{
    private const string Browser = "b7ad6b7169203331", Kept = "0af7651916cd43dd8448eb211c80319c", NotKept = "1bf7651916cd43dd8448eb211c80319d";

    [Fact]
    public async Task One_request_is_one_trace_from_the_browser_through_gateway_and_actors_to_the_sql()
    {
        await using var collector = await Collector.Start();
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, settings: collector.Settings);
        var api = new Api(deployment);
        var contact = Attempt.NewEmail();
        Assert.Equal(201, (await Begin(api, contact, $"00-{Kept}-{Browser}-01")).Status);
        Assert.Equal(201, (await Begin(api, Attempt.NewEmail(), $"00-{NotKept}-{Browser}-00")).Status);
        await new Attempt(api, Attempt.NewEmail()).Register();
        var (ofGateway, ofSilo) = (await OpenMetrics(deployment.Address), await OpenMetrics(deployment.Operations(0).Address));
        foreach (var child in deployment.Silos.Prepend(deployment.Gateway!)) await child.Stop(); // what is buffered is exported

        var spans = collector.Spans.Where(span => span.Trace == Kept).ToArray();
        var byId = spans.ToDictionary(span => span.Id);
        var request = Assert.Single(spans, span => span is { Service: "aicloud-accounts-gateway", Kind: ExportedSpan.Server, Parent: Browser });
        Assert.Equal("/v1/registrations", request.Attributes["http.route"].TrimEnd('/'));
        var statements = spans.Where(span => span is { Service: "aicloud-accounts-silo", Source: "Npgsql" }).ToArray();
        Assert.NotEmpty(statements);
        // From every statement of a silo the way leads, span by span, to the browser's.
        foreach (var statement in statements)
        {
            var way = new List<ExportedSpan>();
            for (var at = statement; at is not null; at = byId.GetValueOrDefault(at.Parent)) way.Add(at);
            Assert.Equal(request, way[^1]);
            Assert.Contains(way, span => span is { Service: "aicloud-accounts-gateway", Source: "Microsoft.Orleans.Application", Kind: ExportedSpan.Client });
            Assert.Contains(way, span => span is { Service: "aicloud-accounts-silo", Source: "Microsoft.Orleans.Application", Kind: ExportedSpan.Server });
        }
        // Of a statement the text leaves, where values are parameters; the parameters stay.
        Assert.Contains(statements, statement => statement.Attributes.Any(attribute => attribute.Key is "db.query.text" or "db.statement" && attribute.Value.Contains('@', StringComparison.Ordinal)));
        Assert.All(collector.Spans.SelectMany(span => span.Attributes.Keys), name => Assert.DoesNotContain("parameter", name, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(collector.Texts, text => text.Contains(contact, StringComparison.OrdinalIgnoreCase));
        // A browser that does not keep its trace is not overruled.
        Assert.DoesNotContain(collector.Spans, span => span.Trace == NotKept);

        // From a bucket, or a count, to a request that was in it: one that was exported.
        var exported = collector.Spans.Select(span => span.Trace).ToHashSet();
        foreach (var (scrape, metrics) in new[]
        {
            (ofGateway, new[] { "http_server_request_duration_seconds_bucket", "aicloud_hashing_queue_age_seconds_bucket", "aicloud_hashing_duration_seconds_bucket" }),
            (ofSilo, ["aicloud_registration_started_total", "aicloud_registration_sent_total", "aicloud_registration_verified_total", "aicloud_registration_completed_total", "orleans_storage_write_latency_milliseconds_bucket"]),
        })
        {
            var exemplars = Exemplar().Matches(scrape).Select(found => (Metric: found.Groups["metric"].Value, Trace: found.Groups["trace"].Value)).ToArray();
            Assert.All(metrics, metric => Assert.Contains(exemplars, exemplar => exemplar.Metric == metric));
            // Not of every metric: routing and the driver count when something begins, and the stop may cut it off before its span ends.
            Assert.All(exemplars.Where(exemplar => metrics.Contains(exemplar.Metric)), exemplar => Assert.Contains(exemplar.Trace, exported));
        }
    }

    private static async Task<Reply> Begin(Api api, string contact, string traceparent)
    {
        var documents = await api.Send(HttpMethod.Get, "/v1/documents");
        var privacy = documents.Body!.AsArray().Single(document => document!["kind"]!.GetValue<string>() == "privacy-agreement")!["inForce"]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Address, "/v1/registrations"))
        {
            Content = JsonContent.Create(new { method = "email", email = contact, privacyConsent = new { version = privacy["version"]!.GetValue<string>(), sha256 = privacy["sha256"]!.GetValue<string>() } }),
        };
        request.Headers.Add("traceparent", traceparent);
        return await api.Send(request);
    }

    private static async Task<string> OpenMetrics(Uri address)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "application/openmetrics-text; version=1.0.0");
        var scrape = await client.GetStringAsync(new Uri(address, "/metrics"));
        Assert.EndsWith("# EOF\n", scrape, StringComparison.Ordinal);
        return scrape;
    }

    [GeneratedRegex("""^(?<metric>\w+)(?:\{.*\})? \S+(?: [0-9.]+)? # \{[^}]*trace_id="(?<trace>[0-9a-f]{32})"[^}]*\}""", RegexOptions.Multiline)]
    private static partial Regex Exemplar();
}
