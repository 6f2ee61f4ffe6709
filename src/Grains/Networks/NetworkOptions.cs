using System.ComponentModel.DataAnnotations;

namespace AiCloud.Networks;

/// <summary>Limits of one network prefix (IPv4 /24, IPv6 /64): wide, since thousands of people may share one behind a carrier's NAT. Section <c>AiCloud:Limits</c>.</summary>
public sealed class NetworkOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Limits";

    /// <summary>
    /// Starts, and likewise sign-ins, of one prefix in a window. 0 switches the limits off, which only a gateway bound to loopback
    /// accepts. Too low shuts out a dormitory or a carrier's NAT; too high lets one host collect codes by the thousand.
    /// </summary>
    [Range(0, 1_000_000)] public int PerNetwork { get; set; } = 2000;

    /// <summary>Length of the window.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")] public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many acts a gateway leases at a time: with N gateways up to N times this is leased and possibly unused.</summary>
    [Range(1, 1000)] public int Lease { get; set; } = 20;

    /// <summary>
    /// Acts of a prefix that a gateway lets pass before it leases: a lot, but never more than a hundredth of the limit. They count with the first lease, so that N gateways
    /// exceed the limit by N hundredths at most. A crowd whose people come from a prefix each costs no leases at all.
    /// </summary>
    public int Unleased => Math.Min(Lease, PerNetwork / 100);
}
