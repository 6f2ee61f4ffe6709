using System.Diagnostics.Metrics;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Clock;

/// <summary>Registers the clock by which a process decides.</summary>
public static class ClockFeature
{
    /// <summary>
    /// Makes <see cref="TimeProvider"/> the corrected one and keeps it so. Call it before Orleans is added, since hosted services start in
    /// the order of their registration.
    /// </summary>
    public static IServiceCollection AddAccountsClock(this IServiceCollection services, DatabaseSettings settings)
    {
        services.TryAddSingleton(_ => Database.Open(settings));
        services.AddSingleton(new CorrectedTimeProvider(TimeProvider.System));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<CorrectedTimeProvider>()));
        services.AddMetrics();
        services.AddSingleton(provider => new DatabaseClock(
            settings.Provider == DatabaseProvider.Sqlite ? null : Reader(provider.GetRequiredService<Database>()),
            TimeProvider.System,
            provider.GetRequiredService<CorrectedTimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<DatabaseClock>>()));
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseClock>());
        return services;
    }

    internal static ReadDatabaseTime Reader(Database database) => async cancellation =>
    {
        await using var command = database.Membership.CreateCommand("SELECT clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
    };
}
