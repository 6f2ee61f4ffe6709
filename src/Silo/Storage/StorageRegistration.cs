using AiCloud.Audit;
using AiCloud.Clock;
using AiCloud.Expiry;
using AiCloud.Isolation;
using AiCloud.Ledger;
using AiCloud.Protection;
using AiCloud.Staff;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>Registers everything that needs the database.</summary>
public static class StorageRegistration
{
    private const string Rows = "state-rows";

    /// <summary>State (under <see cref="StorageNames.State"/>), reminders, expiry and the ledger, on either database.</summary>
    public static ISiloBuilder AddAccountsStorage(this ISiloBuilder silo, DatabaseSettings settings)
    {
        silo.Services.AddDatabase(settings);
        silo.AddAdoNetGrainStorage(Rows, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure<Database>((ado, database) =>
        {
            ado.Invariant = database.Invariant;
            ado.DataSource = database.State;
            ado.DeleteStateOnClear = true;
            ado.GrainStorageSerializer = new HeaderedStateSerializer();
        }));
        silo.Services.AddGrainStorage<IGrainStorage>(StorageNames.State, (services, _) =>
        {
            var rows = new MintedStateStorage(services.GetRequiredKeyedService<IGrainStorage>(Rows), services.GetRequiredService<IActivatorProvider>());
            return services.GetService<Envelope>() is { } envelope ? new KeyedStateStorage(rows, envelope) : rows;
        });
        silo.AddIncomingGrainCallFilter<StorageFailures>();
        silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) => options.Configure<Database>((ado, database) =>
        {
            ado.Invariant = database.Invariant;
            ado.DataSource = database.State;
        }));
        silo.Services.TryAddSingleton<IDatabaseTime, DatabaseTime>();
        silo.Services.TryAddSingleton<IDatabasePulse, DatabasePulse>();
        silo.Services.TryAddSingleton<IExpiryStore>(services => settings.Provider == DatabaseProvider.Sqlite
            ? ActivatorUtilities.CreateInstance<SqliteExpiryStore>(services)
            : ActivatorUtilities.CreateInstance<PostgreSqlExpiryStore>(services));
        silo.Services.AddLedger(settings.Provider);
        silo.Services.TryAddSingleton<IAuditLog>(services =>
        {
            IAuditLog table = settings.Provider == DatabaseProvider.Sqlite
                ? ActivatorUtilities.CreateInstance<SqliteAuditLog>(services)
                : ActivatorUtilities.CreateInstance<PostgreSqlAuditLog>(services);
            // Storage alone, without a process around it, has no second place.
            return services.GetService<AuditSink>() is { } sink ? new SunkAuditLog(table, sink) : table;
        });
        return silo;
    }

    /// <summary>Membership in PostgreSQL, for a silo. SQLite has one process and thus no members.</summary>
    public static ISiloBuilder AddAccountsClustering(this ISiloBuilder silo, DatabaseSettings settings)
    {
        silo.Services.AddDatabase(settings);
        return silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) => options.Configure<Database>((ado, database) =>
        {
            ado.Invariant = database.Invariant;
            ado.DataSource = database.Membership;
        }));
    }

    /// <summary>Membership in PostgreSQL, for a client: it reads the list of silos there.</summary>
    public static IClientBuilder AddAccountsClustering(this IClientBuilder client, DatabaseSettings settings)
    {
        client.Services.AddDatabase(settings);
        return client.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) => options.Configure<Database>((ado, database) =>
        {
            ado.Invariant = database.Invariant;
            ado.DataSource = database.Membership;
        }));
    }

    private static void AddDatabase(this IServiceCollection services, DatabaseSettings settings) =>
        services.TryAddSingleton(_ => Database.Open(settings));
}
