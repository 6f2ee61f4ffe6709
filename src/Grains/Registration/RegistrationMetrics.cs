using System.Diagnostics.Metrics;

namespace AiCloud.Registration;

/// <summary>What a campaign's funnel is made of. No tag but codes of a closed list.</summary>
internal sealed class RegistrationMetrics
{
    public const string MeterName = "AiCloud.Registration";
    private readonly Counter<long> _started, _sent, _verified, _completed, _refused;

    public RegistrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _started = meter.CreateCounter<long>("aicloud.registration.started", "{registration}", "Attempts begun");
        _sent = meter.CreateCounter<long>("aicloud.registration.sent", "{message}", "Messages handed over, by what the channel said");
        _verified = meter.CreateCounter<long>("aicloud.registration.verified", "{registration}", "Contacts proven");
        _completed = meter.CreateCounter<long>("aicloud.registration.completed", "{registration}", "Accounts opened");
        _refused = meter.CreateCounter<long>("aicloud.registration.refused", "{call}", "Calls refused, by reason");
    }

    public void Started() => _started.Add(1);
    public void Sent(DeliveryState result) => _sent.Add(1, new KeyValuePair<string, object?>("result", result.ToString()));
    public void Verified() => _verified.Add(1);
    public void Completed() => _completed.Add(1);

    public Refusal Refused(Refusal refusal)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", refusal.Code.ToString()));
        return refusal;
    }
}
