using System.Text.Json.Nodes;
using AiCloud.Manifests;
using AiCloud.Running;
using AiCloud.Storage;
using AiCloud.Tools;
using k8s.Models;

namespace AiCloud.Monitoring;

/// <summary>What dashboards and alerts ask for is there: a misspelt name looks like a quiet night.</summary>
[Trait("Takes", "long")]
public sealed class MetricNameTests(EmbeddedGateway embedded)
{
    // Prometheus' own, and the labels that it gives to every series of a target.
    private const string OfPrometheus = "up";
    private static readonly string[] OfTargets = ["job", "pod", "namespace", "le"];

    [Fact]
    public async Task Every_metric_that_an_alert_or_a_dashboard_names_is_in_a_scrape_with_its_labels()
    {
        var scrape = await Scraped();
        // Counters of what goes wrong are born with the first failure; until then the process's own list of instruments vouches for the name.
        var known = embedded.Instruments.SelectMany(ExportedName.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var (whose, query) in (await Alerts()).Concat(await Panels()))
        {
            foreach (var (name, labels) in Query.Series(query).Where(series => series.Name != OfPrometheus))
            {
                Assert.True(scrape.Series.ContainsKey(name) || known.Contains(name), $"{whose} asks for {name}, which no process shows.");
                if (!scrape.Series.TryGetValue(name, out var shown)) continue;
                Assert.All(labels.Except(OfTargets), label => Assert.True(shown.Contains(label), $"{whose} asks {name} by {label}; it has {string.Join(", ", shown)}."));
            }
        }
    }

    [Fact]
    public async Task What_the_design_wants_to_be_seen_is_in_a_scrape()
    {
        var scrape = await Scraped();
        foreach (var (name, label) in new[]
        {
            ("aicloud_registration_started_total", null), ("aicloud_registration_sent_total", "result"), ("aicloud_registration_verified_total", null), ("aicloud_registration_completed_total", null),
            ("aicloud_registration_refused_total", "reason"), ("aicloud_hashing_queue_age_seconds_bucket", null), ("aicloud_hashing_duration_seconds_bucket", null), ("aicloud_ledger_backlog", null),
            ("aicloud_ledger_backlog_age_seconds", null), ("aicloud_clock_offset_seconds", null), ("aicloud_gateway_admission_waiting", null), ("aicloud_build_info", "version"), ("aicloud_build_info", "commit"),
            ("aicloud_build_info", "orleans"),
        })
        {
            Assert.True(scrape.Series.TryGetValue(name, out var labels), name);
            if (label is not null) Assert.Contains(label, labels!);
        }
        // Born with the first reminder that rings.
        Assert.Contains("orleans_reminders_tardiness_seconds_bucket", embedded.Instruments.SelectMany(ExportedName.Of));
    }

    [Fact]
    public async Task Names_are_derived_as_the_exporter_derives_them()
    {
        var scrape = await new Scrape().With(embedded.Address);
        var known = embedded.Instruments.SelectMany(ExportedName.Of).ToHashSet(StringComparer.Ordinal);
        Assert.True(scrape.Families.Count > 50);
        Assert.All(scrape.Families.Where(name => name != "target_info"), name => Assert.Contains(name, known));
    }

    [Fact]
    public async Task Every_panel_of_a_dashboard_asks_for_something()
    {
        var boards = (await Overlay.Of("production")).One<V1ConfigMap>("aicloud-dashboards");
        Assert.Equal("1", boards.Metadata.Labels["grafana_dashboard"]);
        Assert.Equal(["agreements.json", "cluster.json", "crowd.json", "delivery.json", "outside.json", "sign-up.json"], boards.Data.Keys.Order(StringComparer.Ordinal));
        var panels = await Panels();
        Assert.True(panels.Count > 30);
        Assert.All(panels, panel => Assert.NotEmpty(Query.Series(panel.Query)));
    }

    [Theory]
    [InlineData("sum by (pod, le) (rate(a_total{b=\"c\", d!~\"e|f\"}[5m])) > 0.5 or vector(0)", "a_total: pod le b d")]
    [InlineData("max(x{job=\"y\"}) != min(x)", "x: job, x: ")]
    [InlineData("a unless a offset 15m", "a: , a: ")]
    [InlineData("(count(sum by (b, c) (increase(a[10m])) > 0) or vector(0)) < max(d) unless on () max(e{f=\"g\"}) == 1", "a: b c, d: , e: f")]
    [InlineData("max(a) == 1 or count(count by (b) (c == 1)) > 1", "a: , c: b")]
    public void A_query_is_read_as_Prometheus_reads_it(string query, string series) =>
        Assert.Equal(series, string.Join(", ", Query.Series(query).Select(found => $"{found.Name}: {string.Join(' ', found.Labels)}")));

    private static async Task<IReadOnlyList<(string Whose, string Query)>> Alerts() => [.. (await RuleTests.Alerts()).Select(alert => (alert.Alert!, alert.Expr))];

    private static async Task<IReadOnlyList<(string Whose, string Query)>> Panels() =>
    [
        .. from board in (await Overlay.Of("production")).One<V1ConfigMap>("aicloud-dashboards").Data
           let parsed = JsonNode.Parse(board.Value)!
           from panel in parsed["panels"]!.AsArray()
           from target in panel!["targets"]!.AsArray()
           select ($"{board.Key}, \"{panel["title"]}\"", target!["expr"]!.GetValue<string>()),
    ];

    // A person registers on both, so that what counts people is there; the cluster has what only PostgreSQL shows.
    private async Task<Scrape> Scraped()
    {
        await using var cluster = await Deployment.Start(DatabaseProvider.PostgreSql);
        foreach (var address in new[] { embedded.Address, cluster.Address })
        {
            var api = new Api(address);
            var attempt = new Attempt(api, Attempt.NewEmail());
            await attempt.Start();
            var code = await attempt.Code();
            Assert.Equal(422, (await attempt.VerifyOnce(code == "000000" ? "000001" : "000000", Attempt.NewKey())).Status);
            await attempt.Verify();
            Assert.Equal(201, (await attempt.Complete()).Status);
        }
        return await (await (await new Scrape().With(embedded.Address)).With(cluster.Address)).With(cluster.Operations(0).Address);
    }
}
