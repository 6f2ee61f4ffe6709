using System.Diagnostics;
using System.Net.Sockets;
using AiCloud.Storage;
using Npgsql;

namespace AiCloud.Hosting;

/// <summary>
/// What a process of a cluster waits for at its start, once for all of it: a database that does not answer, and its migration. Whatever rolls out a release starts its
/// processes beside its migration, and starts a process again that ended without a database; exiting at once would only make it wait longer each time.
/// </summary>
internal sealed class StartPatience(TimeSpan patience, ILoggerFactory logs, CancellationToken asked)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    // A server that starts, stops or recovers; one that has no connection left. All others are for whoever made the settings.
    private static readonly string[] Passing = ["57P01", "57P02", "57P03", "53300"];

    private readonly long _since = Stopwatch.GetTimestamp();
    private bool _toldOfDatabase;

    private bool IsOver => Stopwatch.GetElapsedTime(_since) >= patience;

    /// <summary>Waits until the database is at this release's schema.</summary>
    public async Task Migrated(DatabaseSettings database)
    {
        for (var waits = false; !await Reached(() => Migrations.AreApplied(database, asked)); waits = true)
        {
            if (IsOver) throw new StartRefusedException("AiCloud:Storage:ConnectionString: the database is not at this release's schema; run the silo with \"migrate\" first.");
            if (!waits) logs.CreateLogger<Start>().WaitsForMigration(patience);
            await Task.Delay(Pause, asked);
        }
    }

    /// <summary>Does what needs the database, again while it does not answer; what it refuses is refused at once.</summary>
    public Task<T> Reached<T>(Func<Task<T>> act) => Start.Reached(async () =>
    {
        while (true)
        {
            try
            {
                return await act().WaitAsync(asked);
            }
            catch (Exception failure) when (IsAway(failure) && !IsOver)
            {
                if (!_toldOfDatabase) logs.CreateLogger<Start>().WaitsForDatabase(Start.Kind(failure).Replace(nameof(Exception), "", StringComparison.Ordinal), patience);
                _toldOfDatabase = true;
            }
            await Task.Delay(Pause, asked);
        }
    });

    /// <summary>Whether nobody answered, or somebody who soon can. Of several hosts one may be away; it is no reason to wait for the password that another refused.</summary>
    internal static bool IsAway(Exception failure)
    {
        var causes = Causes(failure).ToArray();
        if (causes.OfType<PostgresException>().Any(refused => !Passing.Contains(refused.SqlState))) return false;
        // All hosts of several are known to be away or copies: the driver says it without a cause.
        return causes.Any(cause => cause is PostgresException or SocketException or IOException or TimeoutException) || causes is [NpgsqlException { Message: "No suitable host was found." }];
    }

    private static IEnumerable<Exception> Causes(Exception failure) =>
        [failure, .. failure is AggregateException several ? several.InnerExceptions.SelectMany(Causes) : failure.InnerException is { } inner ? Causes(inner) : []];
}

internal static partial class Log
{
    [LoggerMessage(5603, LogLevel.Warning, "The database is not at this release's schema; waiting up to {Patience} for the silo's \"migrate\" to be run")]
    public static partial void WaitsForMigration(this ILogger log, TimeSpan patience);

    [LoggerMessage(5615, LogLevel.Warning, "The database does not answer ({Kind}); waiting up to {Patience} for it")]
    public static partial void WaitsForDatabase(this ILogger log, string kind, TimeSpan patience);
}
