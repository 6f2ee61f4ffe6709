using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace AiCloud.Admission;

/// <summary>The places of this process: a bounded number at work, a bounded number waiting, first come first served.</summary>
public sealed class AdmissionGate : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AiCloud.Gateway.Admission";

    private readonly ConcurrencyLimiter limiter;
    private readonly TimeSpan longestWait;
    private readonly TimeProvider clock;
    private readonly Counter<long> refused;

    /// <summary>Creates the gate for this machine's cores.</summary>
    public AdmissionGate(IOptions<AdmissionOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        this.clock = clock;
        longestWait = options.Value.LongestWait;
        limiter = new(new()
        {
            PermitLimit = options.Value.ConcurrentPerCore * Environment.ProcessorCount,
            QueueLimit = options.Value.QueuedPerCore * Environment.ProcessorCount,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var meter = meters.Create(MeterName);
        refused = meter.CreateCounter<long>("aicloud.gateway.admission.refused", "{request}", "Requests answered busy");
        meter.CreateObservableGauge("aicloud.gateway.admission.waiting", () => limiter.GetStatistics()?.CurrentQueuedCount ?? 0, "{request}", "Requests waiting to be taken up");
        meter.CreateObservableGauge("aicloud.gateway.admission.free", () => limiter.GetStatistics()?.CurrentAvailablePermits ?? 0, "{request}", "Places not taken");
    }

    /// <summary>A place, or one that is not acquired: then the caller answers busy at once.</summary>
    public async ValueTask<RateLimitLease> Enter(CancellationToken cancelled)
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired) return lease;
        using var patience = new CancellationTokenSource(longestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, patience.Token);
        try
        {
            lease = await limiter.AcquireAsync(1, either.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // Waited long enough; the lease at hand is the refused one.
        }

        if (!lease.IsAcquired) refused.Add(1);
        return lease;
    }

    /// <inheritdoc />
    public void Dispose() => limiter.Dispose();
}
