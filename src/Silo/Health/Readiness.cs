using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace AiCloud.Health;

/// <summary>Runs the readiness checks, at most once per <see cref="HealthOptions.KeepResult"/> however many probes ask.</summary>
public sealed class Readiness(IEnumerable<IReadinessCheck> checks, IOptions<HealthOptions> options, TimeProvider clock, ILogger<Readiness> logger) : IDisposable
{
    private readonly ImmutableArray<IReadinessCheck> known = [.. checks.Where(check => check.IsKnownAtOnce)], checks = [.. checks.Where(check => !check.IsKnownAtOnce)];
    private readonly SemaphoreSlim one = new(1);
    private Result last = new([], null);

    /// <summary>Names of what does not work; empty when the process can serve.</summary>
    public async ValueTask<ImmutableArray<string>> Failing(CancellationToken cancelled)
    {
        var plain = await Failing(known, cancelled);
        // A probe is not kept waiting for a database that is known to be gone.
        return plain.IsEmpty ? await Asked(cancelled) : plain;
    }

    /// <inheritdoc />
    public void Dispose() => one.Dispose();

    private async ValueTask<ImmutableArray<string>> Asked(CancellationToken cancelled)
    {
        if (Fresh() is { } known) return known;
        await one.WaitAsync(cancelled);
        try
        {
            if (Fresh() is { } found) return found;
            // Not the caller's token: a probe that hangs up must not make the others fail.
            using var limit = new CancellationTokenSource(options.Value.LongestCheck, clock);
            var failing = await Failing(checks, limit.Token);
            last = new(failing, clock.GetTimestamp());
            return failing;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<ImmutableArray<string>> Failing(ImmutableArray<IReadinessCheck> asked, CancellationToken limit)
    {
        var answers = await Task.WhenAll(asked.Select(check => Works(check, limit)));
        return [.. asked.Zip(answers).Where(pair => !pair.Second).Select(pair => pair.First.Name)];
    }

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
