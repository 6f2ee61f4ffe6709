using System.Diagnostics.Metrics;

namespace AiCloud.Protection;

/// <summary>Whether a restart would find its keys, and whether the vault answers: what was found at the last look, every <c>AiCloud:Keys:Reload</c>.</summary>
internal sealed class KeyMetrics
{
    private volatile bool _unusable, _gone;

    public KeyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("AiCloud.Keys");
        meter.CreateObservableGauge("aicloud.keys.ring.unusable", () => _unusable ? 1 : 0, description: "1 while the key ring file or the vault's key cannot be used; the keys in memory stay in use, and a restart would be refused");
        meter.CreateObservableGauge("aicloud.keys.vault.unreachable", () => _gone ? 1 : 0, description: "1 while the vault does not answer; 0 also without a vault");
    }

    public void Ring(bool usable) => _unusable = !usable;
    public void Vault(bool answers) => _gone = !answers;
}
