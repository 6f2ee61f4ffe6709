using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace AiCloud.Health;

/// <summary>Runs the readiness checks, at most once per <see cref="HealthOptions.KeepResult"/> however many probes ask.</summary>
public sealed class Readiness(IEnumerable<IReadinessCheck> checks, IOptions<HealthOptions> options, TimeProvider clock, ILogger<Readiness> logger) : IDisposable
{
    private readonly ImmutableArray<IReadinessCheck> checks = [.. checks];
    private readonly SemaphoreSlim one = new(1);
    private Result last = new([], null);

    /// <summary>Names of what does not work; empty when the process can serve.</summary>
    public async ValueTask<ImmutableArray<string>> Failing(CancellationToken cancelled)
    {
        if (Fresh() is { } known) return known;
        await one.WaitAsync(cancelled);
        try
        {
            if (Fresh() is { } found) return found;
            // Not the caller's token: a probe that hangs up must not make the others fail.
            using var limit = new CancellationTokenSource(options.Value.LongestCheck, clock);
            var answers = await Task.WhenAll(checks.Select(check => Works(check, limit.Token)));
            ImmutableArray<string> failing = [.. checks.Zip(answers).Where(pair => !pair.Second).Select(pair => pair.First.Name)];
            last = new(failing, clock.GetTimestamp());
            return failing;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => one.Dispose();

    private ImmutableArray<string>? Fresh()
    {
        var result = last;
        return result.At is { } at && clock.GetElapsedTime(at) < options.Value.KeepResult ? result.Failing : null;
    }

    private async Task<bool> Works(IReadinessCheck check, CancellationToken limit)
    {
        try
        {
            return await check.IsReady(limit).AsTask().WaitAsync(limit);
        }
        catch (Exception exception)
        {
            Log.CheckFailed(logger, check.Name, exception.GetType().Name);
            return false;
        }
    }

    private sealed record Result(ImmutableArray<string> Failing, long? At);
}
