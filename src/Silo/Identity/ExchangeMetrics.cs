using System.Diagnostics.Metrics;

namespace AiCloud.Identity;

/// <summary>Whether the endpoints answer: "not yet" is an answer, silence, a wrong signature and an unknown word are none.</summary>
internal sealed class ExchangeMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _exchanges = meters.Create(IdentityMetrics.MeterName)
        .CreateCounter<long>("aicloud.identity.exchanges", "{call}", "Calls to the identity check (check) and to the authority on numbers (numbers), by outcome: answered, none");

    public void Check(bool answered) => Count("check", answered);
    public void Numbers(bool answered) => Count("numbers", answered);

    private void Count(string endpoint, bool answered) =>
        _exchanges.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("outcome", answered ? "answered" : "none"));
}
