using System.Diagnostics.Metrics;

namespace AiCloud.Identity;

/// <summary>How checks end, and what becomes of claimed numbers. No tag but words of closed lists.</summary>
internal sealed class IdentityMetrics
{
    public const string MeterName = "AiCloud.Identity";
    private readonly Counter<long> _asked, _ended, _claims;

    public IdentityMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _asked = meter.CreateCounter<long>("aicloud.identity.asked", "{call}", "Calls to the identity check, by verdict");
        _ended = meter.CreateCounter<long>("aicloud.identity.ended", "{check}", "Identity checks that ended, by outcome");
        _claims = meter.CreateCounter<long>("aicloud.identity.claims", "{claim}", "Numbers claimed by somebody else, by standing");
    }

    public void Asked(IdentityVerdict verdict) => _asked.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));
    public void Verified() => _ended.Add(1, new KeyValuePair<string, object?>("outcome", nameof(IdentityState.Verified)));
    public void Refused(IdentityReason reason) => _ended.Add(1, new KeyValuePair<string, object?>("outcome", reason.ToString()));
    public void Claimed(NumberStanding standing) => _claims.Add(1, new KeyValuePair<string, object?>("standing", standing.ToString()));
}
