using System.Diagnostics.Metrics;

namespace AiCloud.Services;

/// <summary>What other services ask and are answered. Many answers <c>unknown</c> to one service: somebody tries ids.</summary>
internal sealed class EntitlementMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _answers = meters.Create(CatalogueFile.MeterName)
        .CreateCounter<long>("aicloud.services.entitlement.answers", description: "Answers to other services by type, use and outcome: allowed, denied, unknown");

    public void Answered(string client, string type, bool use, string outcome) => _answers.Add(1,
        new("client", client), new("service", type), new("use", use), new KeyValuePair<string, object?>("outcome", outcome));
}
