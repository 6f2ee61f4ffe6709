using AiCloud.Operations;

namespace AiCloud.Audit;

/// <summary>That a process served from when to when, and which build it was. One that was killed says nothing at its end.</summary>
internal sealed class ProcessAudit(AuditSink sink, BuildFacts facts) : IHostedLifecycleService
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
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
