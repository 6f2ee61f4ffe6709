using System.Diagnostics.Metrics;

namespace AiCloud.Admission;

/// <summary>What this process knows to be gone. Requests that need it are answered at once instead of waiting for their time-outs.</summary>
public sealed class Outage
{
    private volatile bool storage, cluster;

    /// <summary>Starts with everything there.</summary>
    public Outage(IMeterFactory meters) => meters.Create(AdmissionGate.MeterName).CreateObservableGauge("aicloud.gateway.outage", () => new[]
    {
        new Measurement<int>(storage ? 1 : 0, new KeyValuePair<string, object?>("of", "storage")),
        new Measurement<int>(cluster ? 1 : 0, new KeyValuePair<string, object?>("of", "cluster")),
    }, description: "1 while storage or cluster is known to be gone and requests are answered 503 at once");

    /// <summary>Whether something is gone.</summary>
    public bool IsKnown => storage || cluster;

    /// <summary>Whether the database does not answer.</summary>
    public bool OfStorage { get => storage; set => storage = value; }

    /// <summary>Whether no actor answers.</summary>
    public bool OfCluster { get => cluster; set => cluster = value; }
}

/// <summary>Metadata: the endpoint answers out of this process's memory and needs neither actors nor storage.</summary>
public sealed class AnsweredFromMemory
{
    /// <summary>The one instance.</summary>
    public static readonly AnsweredFromMemory Instance = new();

    private AnsweredFromMemory() { }
}
