using System.Diagnostics.Metrics;

namespace AiCloud.PersonalData;

/// <summary>What becomes of people's copies (C2.4a).</summary>
internal sealed class ExportMetrics(IMeterFactory meters)
{
    public const string MeterName = "AiCloud.PersonalData";

    private readonly Counter<long> _copies = meters.Create(MeterName)
        .CreateCounter<long>("aicloud.personal_data.copies", "{copy}", "Copies by outcome: ready; failed, which is begun again; given-up, which the person has to ask for anew");

    public void Ready() => Count("ready");
    public void Failed() => Count("failed");
    public void GivenUp() => Count("given-up");

    private void Count(string outcome) => _copies.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
