using YamlDotNet.Serialization;

namespace AiCloud.Monitoring;

// The parts of promtool's test files that are used.

internal sealed class RuleTestFile
{
    [YamlMember(Alias = "rule_files", ApplyNamingConventions = false)] public IList<string> RuleFiles { get; set; } = [];
    [YamlMember(Alias = "evaluation_interval", ApplyNamingConventions = false)] public string EvaluationInterval { get; set; } = "";
    public IList<RuleTest> Tests { get; set; } = [];
}

internal sealed class RuleTest
{
    public string Name { get; set; } = "";
    public string Interval { get; set; } = "";
    [YamlMember(Alias = "input_series", ApplyNamingConventions = false)] public IList<Dictionary<string, string>> InputSeries { get; set; } = [];
    [YamlMember(Alias = "alert_rule_test", ApplyNamingConventions = false)] public IList<AlertTest> AlertRuleTest { get; set; } = [];
}

internal sealed class AlertTest
{
    [YamlMember(Alias = "eval_time", ApplyNamingConventions = false)] public string EvalTime { get; set; } = "";
    public string Alertname { get; set; } = "";
    [YamlMember(Alias = "exp_alerts", ApplyNamingConventions = false)] public IList<ExpectedAlert> ExpAlerts { get; set; } = [];
}

internal sealed class ExpectedAlert
{
    [YamlMember(Alias = "exp_labels", ApplyNamingConventions = false)] public Dictionary<string, string> ExpLabels { get; set; } = [];
    [YamlMember(Alias = "exp_annotations", ApplyNamingConventions = false)] public Dictionary<string, string> ExpAnnotations { get; set; } = [];
}
