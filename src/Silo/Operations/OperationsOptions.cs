using System.ComponentModel.DataAnnotations;
using AiCloud.Hosting;

namespace AiCloud.Operations;

/// <summary>How a process starts, is watched and ends. Section <c>AiCloud:Operations</c>.</summary>
public sealed class OperationsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Operations";

    // Between the end of the drain and the time-out: requests under way, activations handed over.
    private static readonly TimeSpan LeastAfterDrain = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Port of health and metrics, on every address (embedded: on loopback); 0 for none. Shows nobody's data, and is for probes and scrapers only. Absent: 8081 for a silo,
    /// none for a gateway. A gateway without one shows the same on its own addresses, in reach of whoever reaches those.
    /// </summary>
    [Range(0, 65535)] public int? Port { get; set; }

    /// <summary>
    /// What opens the Orleans dashboard of a silo (<c>/orleans/</c> at <see cref="Port"/>): 32 characters or more, as password with any name, or as bearer
    /// token. Absent: there is none. Every silo must have the same, or a dashboard shows nothing of the others. A secret.
    /// </summary>
    [MinLength(32, ErrorMessage = "The token is shorter than 32 characters.")] public string? DashboardToken { get; set; }

    /// <summary>
    /// How long a gateway that was asked to end still takes up requests while it says that it is not ready. Absent: 5 seconds in a cluster, none
    /// embedded. Too short: load balancers that have not noticed send requests to a closed door. Too long: every rollout takes longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan? DrainDelay { get; set; }

    /// <summary>
    /// How long a process may take to end, <see cref="DrainDelay"/> included; two seconds later it is ended where it stands. Too short: requests and activations are cut
    /// off. Must be below the grace that the orchestrator gives before it kills.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")] public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a process of a cluster waits at its start for the database to answer and for its migration, both together. Too short: it is restarted over and over
    /// meanwhile, each time later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan MigrationPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((DrainDelay ?? TimeSpan.Zero) + LeastAfterDrain > ShutdownTimeout)
            yield return new ValidationResult($"It must be at least {LeastAfterDrain.TotalSeconds:0} seconds longer than DrainDelay.", [nameof(ShutdownTimeout)]);
    }

    internal int PortOfSilo => Port ?? 8081;

    internal int PortOfGateway => Port ?? 0;

    internal TimeSpan DrainDelayIn(HostMode mode) => DrainDelay ?? (mode == HostMode.Cluster ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
}
