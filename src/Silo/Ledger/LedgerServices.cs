using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiCloud.Ledger;

/// <summary>The ledger's part of a silo.</summary>
internal static class LedgerServices
{
    /// <summary>The tables, and the flusher that fills them. Comes with the storage, since nothing that is kept may stay out of the ledger.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services, DatabaseProvider provider)
    {
        services.AddMetrics();
        services.TryAddSingleton<LedgerMetrics>();
        services.TryAddSingleton<ILedgerSteps, TracedLedgerSteps>();
        services.TryAddSingleton<ILedgerStore>(found => provider == DatabaseProvider.Sqlite
            ? ActivatorUtilities.CreateInstance<SqliteLedgerStore>(found)
            : ActivatorUtilities.CreateInstance<PostgreSqlLedgerStore>(found));
        services.TryAddSingleton<ILedgerReader, LedgerReader>();
        services.TryAddSingleton<ICheckpointStore, CheckpointStore>();
        services.TryAddSingleton<CheckpointTrees>();
        services.TryAddSingleton(found => new LedgerFlusher(found.GetRequiredService<IOptions<LedgerOptions>>(), found.GetRequiredService<ILedgerStore>(),
            found.GetRequiredService<ILedgerSteps>(), found.GetRequiredService<LedgerMetrics>(), found.GetRequiredService<ILogger<LedgerFlusher>>()));
        services.AddHostedService<LedgerFlushing>();
        return services;
    }
}
