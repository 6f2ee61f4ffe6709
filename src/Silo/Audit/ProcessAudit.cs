using System.Diagnostics.Metrics;
using AiCloud.Operations;

namespace AiCloud.Audit;

/// <summary>That a process served from when to when, and which build it was. One that was killed says nothing at its end.</summary>
internal sealed class ProcessAudit(AuditSink sink, BuildFacts facts, IMeterFactory meters) : IHostedLifecycleService
{
    private string Target => $"{facts.Process}/{facts.Version}/{facts.Commit}";

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        sink.OfSystem("process.start", Target);
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        sink.OfSystem("process.stop", Target);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("AiCloud.Audit").CreateObservableCounter("aicloud.audit.unwritten", () => sink.Unwritten, "{line}", "Acts that were not done, since the audit's second place did not take the line about them");
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
