using System.Diagnostics;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Faults;

/// <summary>One fault under load: how the stage is set, what happens, what must be reached.</summary>
internal sealed record Case(string Name, string What, Func<Stage, Task> Play, Func<Outcome, IEnumerable<string>> Goals)
{
    public int Silos { get; init; } = 3;
    public int Gateways { get; init; } = 2;

    /// <summary>How many silos there are at the beginning; all when absent.</summary>
    public int? SilosAtFirst { get; init; }

    /// <summary>Every process with a user of its own, for a packet filter. Needs root and <c>nft</c>.</summary>
    public bool Users { get; init; }

    public bool NeedsPrevious { get; init; }

    /// <summary>Silos are the tests' process host, which obeys orders.</summary>
    public bool Obedient { get; init; }

    public (string Name, string Value)[] Settings { get; init; } = [];
    public string PostgresOptions { get; init; } = "";

    /// <summary>A server with a copy that confirms every commit, and a connection string that names both.</summary>
    public bool Replicated { get; init; }

    /// <summary>The server's folder lies on a disk of that many megabytes.</summary>
    public int? DiskMegabytes { get; init; }
}

/// <summary>Sets a stage, plays a case on it, and says what it came to.</summary>
internal static class Player
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4), LongestCase = TimeSpan.FromMinutes(5);

    public static async Task<Outcome> Play(Case played, Release current, Release? previous, double perSecond, string? logs = null)
    {
        await using var disk = played.DiskMegabytes is { } megabytes ? await SmallDisk.Mount(megabytes) : null;
        // A commit is on disk before it is acknowledged, as it is in production.
        var options = $"-c fsync=on {played.PostgresOptions}" + (played.Replicated ? " -c wal_level=replica -c max_wal_senders=4 -c hot_standby=on" : "");
        await using var postgres = await OwnPostgres.Create(more: options, migrated: false, below: disk?.Folder);
        await using var replica = played.Replicated ? await postgres.Replicate() : null;
        var connection = replica is null ? postgres.Settings.ConnectionString! : $"Host=127.0.0.1:{postgres.Port},127.0.0.1:{replica.Port};Username=postgres;Database=accounts;Target Session Attributes=primary";
        var release = played.NeedsPrevious ? previous! : played.Obedient ? Release.Host : current;
        await using var fleet = new Fleet(release, connection, played.Silos, played.Gateways, played.Users, played.Settings);
        await fleet.Migrate(played.NeedsPrevious ? previous! : current);
        await fleet.Start(played.SilosAtFirst);
        await using var doors = new Doors(fleet.Gateways.Select(Fleet.Address));
        await using var traffic = new Traffic(doors, perSecond);
        var stage = new Stage(fleet, doors, traffic, postgres) { Previous = previous, Current = current, Replica = replica, Disk = disk };
        try
        {
            return await Play(played, stage).WaitAsync(LongestCase);
        }
        finally
        {
            if (logs is not null) await File.WriteAllTextAsync(Path.Combine(logs, $"{played.Name}.log"), fleet.Logs());
        }
    }

    private static async Task<Outcome> Play(Case played, Stage stage)
    {
        await Task.Delay(WarmUp);
        await stage.Traffic.Served(TimeSpan.FromSeconds(20));
        stage.Begins();
        await played.Play(stage);
        await stage.Traffic.End();
        var findings = await new Checker(new Api(stage.Doors.Next), stage.Fleet).Compare(stage.Traffic.People);
        return Outcome.Of(played.Name, stage, findings, played.Goals);
    }
}
