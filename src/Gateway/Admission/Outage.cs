using System.Diagnostics.Metrics;

namespace AiCloud.Admission;

/// <summary>What this process knows to be gone. Requests that need it are answered at once instead of waiting for their time-outs.</summary>
public sealed class Outage
{
    // Then one is let through again, which finds out.
    private static readonly TimeSpan WritesAgain = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private volatile bool storage, cluster;
    private long refused;

    /// <summary>Starts with everything there.</summary>
    public Outage(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        meters.Create(AdmissionGate.MeterName).CreateObservableGauge("aicloud.gateway.outage", () => new[]
        {
            new Measurement<int>(storage ? 1 : 0, new KeyValuePair<string, object?>("of", "storage")),
            new Measurement<int>(cluster ? 1 : 0, new KeyValuePair<string, object?>("of", "cluster")),
            new Measurement<int>(OfWrites ? 1 : 0, new KeyValuePair<string, object?>("of", "writes")),
        }, description: "1 while storage or cluster is known to be gone, or to take no writes, and requests that need it are answered 503 at once");
    }

    /// <summary>Whether something is gone.</summary>
    public bool IsKnown => storage || cluster;

    /// <summary>Whether the database does not answer.</summary>
    public bool OfStorage { get => storage; set => storage = value; }

    /// <summary>Whether no actor answers.</summary>
    public bool OfCluster { get => cluster; set => cluster = value; }

    /// <summary>Whether the database reads and takes no writes, its disk being full for instance. Known for a second from each refusal on.</summary>
    public bool OfWrites => Interlocked.Read(ref refused) is not 0 and var since && clock.GetElapsedTime(since) < WritesAgain;

    /// <summary>Notes that the database refused a write that it would refuse again.</summary>
    public void WriteRefused() => Interlocked.Exchange(ref refused, clock.GetTimestamp());
}

/// <summary>Metadata: the endpoint answers out of this process's memory and needs neither actors nor storage.</summary>
public sealed class AnsweredFromMemory
{
    /// <summary>The one instance.</summary>
    public static readonly AnsweredFromMemory Instance = new();

    private AnsweredFromMemory() { }
}
