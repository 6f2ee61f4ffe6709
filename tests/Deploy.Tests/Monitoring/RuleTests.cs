using AiCloud.Manifests;
using AiCloud.Tools;
using k8s;

namespace AiCloud.Monitoring;

/// <summary>Alerts: sound, tried, and each with a page that says what to do.</summary>
public sealed class RuleTests
{
    private static readonly string TestFiles = Repository.At("deploy", "k8s", "monitoring", "tests");

    public static TheoryData<string> Themes => [.. Directory.GetFiles(TestFiles).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Prometheus_reads_every_rule()
    {
        var folder = await Rules();
        Assert.Contains($"{(await Alerts()).Count} rules found", await Promtool.Run(folder.FullName, "check", "rules", "rules.yaml"), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Every_alert_fires_when_it_should_and_is_silent_when_it_should(string file)
    {
        var folder = await Rules();
        File.Copy(Path.Combine(TestFiles, file), Path.Combine(folder.FullName, file));
        Assert.Contains("SUCCESS", await Promtool.Run(folder.FullName, "test", "rules", file), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_alert_is_tried_both_ways()
    {
        var tests = Directory.GetFiles(TestFiles).SelectMany(file => KubernetesYaml.Deserialize<RuleTestFile>(File.ReadAllText(file), strict: true).Tests).SelectMany(test => test.AlertRuleTest).ToArray();
        Assert.All(await Alerts(), alert =>
        {
            Assert.Contains(tests, test => test.Alertname == alert.Alert && test.ExpAlerts.Count > 0);
            Assert.Contains(tests, test => test.Alertname == alert.Alert && test.ExpAlerts.Count == 0);
        });
    }

    [Fact]
    public async Task Every_alert_says_how_bad_it_is_and_leads_to_its_page()
    {
        Assert.All(await Alerts(), alert =>
        {
            Assert.Contains(alert.Labels!["severity"], (string[])["critical", "warning"]);
            Assert.NotEmpty(alert.Annotations!["summary"]);
            Assert.EndsWith($"/docs/runbooks/{alert.Alert}.md", alert.Annotations!["runbook_url"], StringComparison.Ordinal);
            var page = File.ReadAllText(Repository.At("docs", "runbooks", $"{alert.Alert}.md"));
            Assert.StartsWith($"# {alert.Alert}", page, StringComparison.Ordinal);
            foreach (var part in new[] { "## What it means", "## What to look at", "## What to do" }) Assert.Contains(part, page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_page_belongs_to_an_alert_and_is_listed()
    {
        var pages = Directory.GetFiles(Repository.At("docs", "runbooks"), "Accounts*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);
        Assert.Equal((await Alerts()).Select(alert => alert.Alert!).Order(StringComparer.Ordinal), pages);
        var list = await File.ReadAllTextAsync(Repository.At("docs", "runbooks", "README.md"));
        Assert.All(pages, page => Assert.Contains($"[{page}]({page}.md)", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_alert_was_provoked_with_real_processes_or_the_list_says_why_not()
    {
        var listed = (await File.ReadAllTextAsync(Repository.At("docs", "runbooks", "README.md"))).Split("## Provoked")[1];
        Assert.All(await Alerts(), alert => Assert.Matches($@"\b{alert.Alert}\b", listed));
    }

    internal static async Task<IReadOnlyList<Rule>> Alerts() => [.. (await Overlay.Of("production")).All<PrometheusRule>().SelectMany(rule => rule.Spec.Groups).SelectMany(group => group.Rules)];

    // What the operator hands to Prometheus: the groups alone.
    private static async Task<DirectoryInfo> Rules()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-rules-");
        var groups = (await Overlay.Of("production")).All<PrometheusRule>().SelectMany(rule => rule.Spec.Groups).ToArray();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yaml"), KubernetesYaml.Serialize(new PrometheusRuleSpec { Groups = groups }));
        return folder;
    }
}
