using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AiCloud.Hosting;

/// <summary>How the process takes part.</summary>
public enum HostMode
{
    /// <summary>Silo and gateway in one process on this machine, state in one SQLite file. Loopback only.</summary>
    Embedded = 1,
    /// <summary>Silos and gateways as processes of their own on PostgreSQL.</summary>
    Cluster = 2,
}

/// <summary>How codes leave.</summary>
public enum DeliveryMode
{
    /// <summary>Into an outbox in memory, for developers. Loopback only.</summary>
    Development = 1,
}

/// <summary>What every process is told. Section <c>AiCloud</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud";

    /// <summary>Embedded or cluster. Absent: embedded, which starts on loopback addresses and outside Kubernetes only.</summary>
    public HostMode? Mode { get; set; }

    /// <summary>Folder of the embedded mode: database, keys, lock. Absent: <c>data</c> beside the solution, else beside the current folder.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>Delivery of codes.</summary>
    public DeliverySettings Delivery { get; set; } = new();

    /// <summary>Membership in a cluster.</summary>
    public ClusterSettings Cluster { get; set; } = new();
}

/// <summary>Section <c>AiCloud:Delivery</c>.</summary>
public sealed class DeliverySettings
{
    /// <summary>The channel. Absent: development in the embedded mode; a cluster must say.</summary>
    public DeliveryMode? Mode { get; set; }
}

/// <summary>Section <c>AiCloud:Cluster</c>.</summary>
public sealed class ClusterSettings : IValidatableObject
{
    /// <summary>Names the cluster: silos and gateways of one cluster share it.</summary>
    [MaxLength(100)] public string ClusterId { get; set; } = "aicloud";

    /// <summary>Names the service: state belongs to it. Never change it on a database in use.</summary>
    [MaxLength(100)] public string ServiceId { get; set; } = "aicloud-accounts";

    /// <summary>Address at which other silos and gateways reach this silo: an IP address, since membership knows no names.</summary>
    public string AdvertisedAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Port for other silos; 0 for any free one.</summary>
    [Range(0, 65535)] public int SiloPort { get; set; } = 11111;

    /// <summary>Port for gateways; 0 for any free one.</summary>
    [Range(0, 65535)] public int GatewayPort { get; set; } = 30000;

    /// <summary>Time-out of a call to an actor (DESIGN §9).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")] public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often silos ask each other whether they live, and how long an answer may take before it counts as missed (half as long again for one that
    /// was slow before). Too short: a silo that is merely busy is declared dead and ends. Too long: calls to one that is dead fail for longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")] public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Answers missed one after the other before a silo votes another dead; it is when two have voted. Too few and too many: as above.</summary>
    [Range(1, 20)] public int MissedProbes { get; set; } = 3;

    /// <summary>
    /// How often a silo writes into the membership table that it lives. After three times as long without, the silos that start after a crash of all
    /// take it for dead; until then they wait for it. Too short: a small write more per silo. Too long: a whole cluster comes back later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")] public TimeSpan AliveEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a silo that the database does not answer may see it answer other silos before it ends, so that they take up its actors. Too short: a
    /// moment's trouble on one connection costs a silo. Too long: whoever's actor lives there is refused for as long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")] public TimeSpan AloneWithoutStorage { get; set; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(AdvertisedAddress, out _)) yield return new ValidationResult("It must be an IP address.", [nameof(AdvertisedAddress)]);
    }
}
