using System.Diagnostics;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Faults;

/// <summary>What a case has to play on: a database, a fleet, the doors before it and the people who come.</summary>
internal sealed class Stage(Fleet fleet, Doors doors, Traffic traffic, OwnPostgres? postgres)
{
    public Fleet Fleet => fleet;
    public Doors Doors => doors;
    public Traffic Traffic => traffic;

    /// <summary>The server, when the case has one of its own.</summary>
    public OwnPostgres Postgres => postgres!;

    /// <summary>The build before this one; only for the case that rolls between the two.</summary>
    public Release? Previous { get; init; }

    /// <summary>This build.</summary>
    public Release? Current { get; init; }

    /// <summary>The copy that confirms every commit; only where the case has one.</summary>
    public OwnPostgres? Replica { get; init; }

    public SmallDisk? Disk { get; init; }

    /// <summary>When the fault began.</summary>
    public long Fault { get; private set; }

    /// <summary>When what was taken away was given back; the fault's own instant when nothing was.</summary>
    public long Restored { get; private set; }

    /// <summary>What the case itself found wrong.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>What is worth knowing of it.</summary>
    public List<string> Notes { get; } = [];

    public void Begins() => Restored = Fault = Stopwatch.GetTimestamp();

    public void Returns() => Restored = Stopwatch.GetTimestamp();

    public static Task For(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    /// <summary>Silos that run and that the others declared dead: never for being slow, busy or wrong about the time.</summary>
    public async Task<IReadOnlyList<string>> DeclaredDead()
    {
        var text = (string)(await Postgres.Execute("SELECT coalesce(string_agg(port || ':' || status, ' '), '') FROM membership"))!;
        var dead = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(entry => entry.EndsWith(":6", StringComparison.Ordinal)).Select(entry => entry.Split(':')[0]).ToHashSet();
        return [.. Fleet.Silos.Where(silo => dead.Contains($"{silo.Ports[0]}")).Select(silo => silo.Name)];
    }
}
