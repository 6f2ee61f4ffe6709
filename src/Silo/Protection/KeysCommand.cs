using System.Globalization;
using AiCloud.Hosting;
using AiCloud.Invariants;
using AiCloud.Staff;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>
/// <c>keys FILE</c> makes a ring. <c>keys rotate</c> adds an epoch and, said again, promotes it; <c>keys rewrap</c> brings the rows under it;
/// <c>keys retire EPOCH</c> destroys one on which nothing depends; <c>keys list</c> says what depends on what. Exit code 0 when done, 1 when refused.
/// </summary>
internal static class KeysCommand
{
    private const string Usage = "keys: say \"rotate [--out FILE]\", \"rewrap [--rows-per-second N]\", \"retire EPOCH [--out FILE]\", \"list\", or name a file to make.";

    public static async Task<int> Run(string[] words, IConfiguration configuration, TextWriter output, CancellationToken cancellation = default) => words switch
    {
        ["rotate" or "rewrap" or "retire" or "list", ..] => await Start.Reached(async () =>
        {
            await using var database = Database.Open(CheckedDatabase.Settings(configuration));
            var file = File(configuration);
            var ring = KeyRing.Load(file);
            await StartKeys.Verify(database.Settings, ring);
            var vault = VaultStart.Of(configuration);
            if (vault is not null) await VaultStart.Verify(database.Settings, vault, cancellation);
            var task = new KeysTask(database, ring, file, output, vault);
            using var audit = words[0] == "list" ? null : Start.OpenAudit(configuration, configuration[AccountsOptions.Section + ":DataDirectory"]);
            var about = words is ["retire", var named, ..] ? named : ring.CurrentEpoch;
            audit?.OfSystem($"keys.{words[0]}", about, IAuditLog.Intended);
            var done = words switch
            {
                ["rotate"] => await task.Rotate(null),
                ["rotate", "--out", var to] => await task.Rotate(to),
                ["rewrap"] => await task.Rewrap(new Rewrapping.Pace(), cancellation),
                ["rewrap", "--rows-per-second", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0 =>
                    await task.Rewrap(new Rewrapping.Pace(PerSecond: rate), cancellation),
                ["retire", var epoch] => await task.Retire(epoch, null),
                ["retire", var epoch, "--out", var to] => await task.Retire(epoch, to),
                ["list"] => await task.List(),
                _ => throw new StartRefusedException(Usage),
            };
            audit?.OfSystem($"keys.{words[0]}", about);
            return done;
        }),
        [var path] when !path.StartsWith('-') => Make(path, output),
        _ => throw new StartRefusedException(Usage),
    };

    private static int Make(string path, TextWriter output)
    {
        try
        {
            KeyRing.Generate(new CryptographicRandomness()).SaveNew(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"keys: {path} cannot be made ({failure.GetType().Name}); an existing ring is never replaced.");
        }
        output.WriteLine($"{path} holds a new key ring. Keep a copy where the database's copies are not.");
        return 0;
    }

    /// <summary>The ring file in use: as set, or the one of the embedded mode's folder.</summary>
    private static string File(IConfiguration configuration) =>
        configuration[KeysOptions.Section + ":File"] is { Length: > 0 } named ? named
        : configuration[AccountsOptions.Section + ":DataDirectory"] is { Length: > 0 } folder ? Path.Combine(folder, "keys.json")
        : throw new StartRefusedException("AiCloud:Keys:File: name the key ring file.");
}

/// <summary>One key command at work.</summary>
internal sealed class KeysTask(Database database, KeyRing ring, string file, TextWriter output, TransitKeyEncryption? vault = null)
{
    private readonly KeyHolders _holders = new(database);
    private readonly KeyedRows _rows = new(database);
    private readonly Envelope _envelope = new(ring, new CryptographicRandomness(), vault);

    public async Task<int> Rotate(string? to)
    {
        if (vault is not null)
        {
            await vault.Rotate(CancellationToken.None);
            await output.WriteLineAsync($"{vault.CurrentEpoch} is current in the vault. Every process learns of it within a minute; then say \"keys rewrap\".");
            return 0;
        }
        if (ring.StandsBy is not { } waiting)
        {
            var added = ring.Add(RingPart.Encryption, new CryptographicRandomness());
            Write(added, to);
            await output.WriteLineAsync($"{added.StandsBy} stands by in {to ?? file}. Give the file to every process; they take it over while running. Then say \"keys rotate\" again.");
            return 0;
        }
        if ((await _holders.Running()).FirstOrDefault(process => !process.Holds(waiting)) is { } behind)
            throw new StartRefusedException($"keys rotate: {behind.Process} does not hold {waiting} yet (it holds {behind.Epochs}); a row under {waiting} would be unreadable to it. Nothing was changed.");
        var promoted = ring.Promote(RingPart.Encryption);
        Write(promoted, to);
        await output.WriteLineAsync($"{promoted.CurrentEpoch} is current in {to ?? file}. Give the file to every process, then say \"keys rewrap\".");
        return 0;
    }

    public async Task<int> Rewrap(Rewrapping.Pace pace, CancellationToken cancellation)
    {
        // A process that wraps under another epoch would go on making rows that this pass has already seen.
        if ((await _holders.Running()).FirstOrDefault(process => process.Current != _envelope.CurrentEpoch) is { } behind)
            throw new StartRefusedException($"keys rewrap: {behind.Process} still wraps under {behind.Current}; give it the ring in which {_envelope.CurrentEpoch} is current. Nothing was changed.");
        if (vault is not null) await VaultStart.Rewrap(database, vault, cancellation);
        await new Rewrapping(_rows, _envelope, output, pace).Run(cancellation);
        return 0;
    }

    public async Task<int> Retire(string epoch, string? to)
    {
        if (vault is not null && vault.Has(epoch)) return await RetireVersions(vault, epoch);
        var without = ring.Without(epoch);
        if ((await _holders.Running()).FirstOrDefault(process => process.Current == epoch) is { } user)
            throw new StartRefusedException($"keys retire: {user.Process} wraps under {epoch}. Nothing was changed.");
        var dependents = (await _rows.Dependents(ring)).On($"encryption {epoch}");
        if (dependents.Count > 0)
        {
            throw new StartRefusedException(
                $"keys retire: {string.Join(", ", dependents.Select(found => $"{Number(found.Number)} keys in {found.State} rows"))} stand under {epoch}; say \"keys rewrap\". Nothing was changed.");
        }
        // The database first: after a crash in between a start with either file is sound, and this can be said again.
        await using (var connection = await database.Membership.OpenConnectionAsync())
            await connection.ExecuteAsync("UPDATE keycheck SET checkvalue = @Retired WHERE keyid = @id", new { Retired = Convert.FromHexString(KeyCheck.Retired), id = $"encryption.{epoch}" });
        Write(without, to);
        await output.WriteLineAsync($"{epoch} is no longer in {to ?? file}. Give the file to every process, restart them so that they forget it, and destroy every other copy of it: until then copies of the database from before can be read.");
        return 0;
    }

    // A vault destroys from the oldest version on: all up to the one named.
    private async Task<int> RetireVersions(TransitKeyEncryption there, string epoch)
    {
        var version = there.Version(epoch);
        if (version >= there.Version(there.CurrentEpoch)) throw new StartRefusedException($"keys retire: {epoch} is the current one; rotate first.");
        var dependents = await _rows.Dependents(ring);
        string[] needed = [.. dependents.Epochs.Where(used => there.Has(used) && there.Version(used) <= version)];
        if (needed.Length > 0) throw new StartRefusedException($"keys retire: rows stand under {string.Join(", ", needed)}; say \"keys rewrap\". Nothing was changed.");
        await VaultStart.Rewrap(database, there, CancellationToken.None);
        await there.Destroy(epoch, CancellationToken.None);
        await output.WriteLineAsync($"The vault has destroyed every version up to {epoch}. Copies of the database from before can no longer be read.");
        return 0;
    }

    public async Task<int> List()
    {
        var processes = await _holders.Running();
        var dependents = await _rows.Dependents(ring);
        foreach (var part in Enum.GetValues<RingPart>())
        {
            foreach (var id in ring.Ids(part))
            {
                var key = $"{part.ToString().ToLowerInvariant()} {id}";
                var marks = part == RingPart.Encryption && id == ring.StandsBy ? " (stands by)" : id == ring.Ids(part)[0] ? " (current)" : "";
                var holders = part == RingPart.Encryption ? $"held by {processes.Count(process => process.Holds(id))} of {processes.Count} processes; " : "";
                var found = dependents.On(key);
                await output.WriteLineAsync($"{key}{marks}: {holders}{(found.Count == 0 ? "nothing depends on it" : string.Join(", ", found.Select(one => $"{Number(one.Number)} in {one.State}")))}");
            }
        }
        foreach (var epoch in vault is null ? [] : await vault.Renew(CancellationToken.None))
        {
            var found = dependents.On($"encryption {epoch}");
            await output.WriteLineAsync($"encryption {epoch}{(epoch == vault!.CurrentEpoch ? " (current)" : "")}: {(found.Count == 0 ? "nothing depends on it" : string.Join(", ", found.Select(one => $"{Number(one.Number)} in {one.State}")))}");
        }
        foreach (var epoch in dependents.Epochs.Where(epoch => !ring.Epochs.Contains(epoch) && vault?.Has(epoch) != true))
            await output.WriteLineAsync($"encryption {epoch} (NOT IN THIS RING): {string.Join(", ", dependents.On($"encryption {epoch}").Select(one => $"{Number(one.Number)} in {one.State}"))}");
        await output.WriteLineAsync($"{Number(dependents.Rows)} rows looked at. The ledger's evidence stands under the evidence keys of account rows, signatures stay verifiable without their key.");
        return 0;
    }

    private void Write(KeyRing changed, string? to)
    {
        try
        {
            if (to is not null) changed.SaveNew(to);
            else changed.Replace(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"keys: {to ?? file} cannot be written ({failure.GetType().Name}); name another file with --out. An existing one is never replaced there.");
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
