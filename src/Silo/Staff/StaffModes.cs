using AiCloud.Hosting;

namespace AiCloud.Staff;

/// <summary>What the settings of staff are where nobody set them.</summary>
internal static class StaffModes
{
    private static readonly TimeSpan BootstrapInCluster = TimeSpan.FromHours(24), OnThisMachine = TimeSpan.FromDays(90);

    public static void ForMode(this StaffOptions options, HostMode mode)
    {
        options.TokenLifetime ??= mode == HostMode.Embedded ? OnThisMachine : StaffToken.DefaultLifetime;
        if (mode == HostMode.Cluster) options.BootstrapTokenLifetime ??= BootstrapInCluster;
    }
}
