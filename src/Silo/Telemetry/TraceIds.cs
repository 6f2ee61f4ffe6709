using System.Diagnostics;

namespace AiCloud.Telemetry;

/// <summary>
/// Where nothing is exported, hands the ids of a trace on from process to process all the same, so that log lines of one request are found by one id. Nothing is measured or kept: whoever
/// only passes ids on asks for no data.
/// </summary>
internal sealed class TraceIds : IHostedService, IDisposable
{
    private ActivityListener? _calls;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _calls = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryFeature.CallsOfActors,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(_calls);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _calls?.Dispose();
}
