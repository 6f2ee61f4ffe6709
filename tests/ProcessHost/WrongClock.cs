using System.Diagnostics.Metrics;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiCloud.Clock;

/// <summary>A system clock that is wrong by as much as it is told. Monotonic time and timers stay right, as they do when a machine's clock is set.</summary>
internal sealed class WrongClock : TimeProvider
{
    private long _error;

    public TimeSpan Error { get => new(Interlocked.Read(ref _error)); set => Interlocked.Exchange(ref _error, value.Ticks); }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Error;
}

internal static class WrongClockFeature
{
    /// <summary>Everything that takes its time from the process's services, Orleans included, takes it from a clock that is wrong. Cluster only.</summary>
    public static void AddWrongClock(this IServiceCollection services, int seconds)
    {
        var clock = new WrongClock { Error = TimeSpan.FromSeconds(seconds) };
        services.AddSingleton(clock).AddSingleton(new CorrectedTimeProvider(clock));
        services.AddSingleton(provider => new DatabaseClock(ClockFeature.Reader(provider.GetRequiredService<Database>()), clock,
            provider.GetRequiredService<CorrectedTimeProvider>(), provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<ILogger<DatabaseClock>>()));
    }
}
