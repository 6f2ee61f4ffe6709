using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>
/// How fast rows are brought under another epoch beside writers, and what that costs the writers, on PostgreSQL. AICLOUD_REWRAP_ROWS: how many rows
/// (scripts/measure-rewrap.sh).
/// </summary>
[Trait("Takes", "long")]
public sealed class RewrapTimeTests(ITestOutputHelper output)
{
    private const int Writers = 4;

    private static int Rows => int.Parse(Environment.GetEnvironmentVariable("AICLOUD_REWRAP_ROWS") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Rows_are_brought_under_the_new_epoch_beside_writers()
    {
        await using var postgres = await TemporaryDatabase.Create();
        await using var database = Database.Open(postgres.Settings);
        var old = KeyRing.Generate(new CryptographicRandomness());
        var ids = await Fill(database, new Envelope(old, new CryptographicRandomness()));
        var ring = old.Add(RingPart.Encryption, new CryptographicRandomness()).Promote(RingPart.Encryption);
        var (envelope, said) = (new Envelope(ring, new CryptographicRandomness()), new StringWriter());

        output.WriteLine($"| {Rows:N0} rows of two keys each, {Writers} writers | rows per second | writes per second | write p50 ms | p99 ms |");
        output.WriteLine("|---|---|---|---|---|");
        await Measured("nothing else", () => Task.Delay(TimeSpan.FromSeconds(Math.Min(10, Rows / 400.0))), 0);
        await Measured("rewrap as fast as it goes", () => new Rewrapping(new KeyedRows(database), envelope, said, new Rewrapping.Pace(PerSecond: int.MaxValue)).Run(default), Rows);
        foreach (var line in said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) output.WriteLine($"| {line} |");
        var under = (await new KeyedRows(database).Dependents(ring)).Rows;
        Assert.Equal(Rows, under);
        Assert.EndsWith("Done.", said.ToString().Trim(), StringComparison.Ordinal);

        async Task Measured(string what, Func<Task> beside, int rows)
        {
            using var over = new CancellationTokenSource();
            var times = new ConcurrentBag<double>();
            var writing = Enumerable.Range(0, Writers).Select(writer => Write(database, ids, writer, times, over.Token)).ToArray();
            var began = Stopwatch.GetTimestamp();
            await beside();
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await over.CancelAsync();
            await Task.WhenAll(writing);
            var sorted = times.Order().ToArray();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {what} | {(rows == 0 ? "" : $"{rows / took:N0}")} | {sorted.Length / took:N0} | {sorted[sorted.Length / 2]:0.00} | {sorted[sorted.Length * 99 / 100]:0.00} |"));
        }
    }

    // A row is read and written as an account's is: one statement each, its version checked and raised.
    private static async Task Write(Database database, string[] ids, int writer, ConcurrentBag<double> times, CancellationToken cancellation)
    {
        for (var at = writer; !cancellation.IsCancellationRequested; at = (at + 7919) % ids.Length)
        {
            var began = Stopwatch.GetTimestamp();
            await using var connection = await database.State.OpenConnectionAsync(CancellationToken.None);
            var (version, payload) = await connection.QuerySingleAsync<(int, byte[])>("SELECT version, payload FROM state WHERE key = @key AND name = 'account'", new { key = ids[at] });
            await connection.ExecuteAsync("UPDATE state SET payload = @payload, version = version + 1, modified = now() WHERE key = @key AND name = 'account' AND version = @version", new { key = ids[at], payload, version });
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }

    private static async Task<string[]> Fill(Database database, Envelope envelope)
    {
        var (serializer, ids) = (new HeaderedStateSerializer(), new List<string>());
        await using var connection = await database.State.OpenConnectionAsync();
        while (ids.Count < Rows)
        {
            var some = Enumerable.Range(0, Math.Min(1_000, Rows - ids.Count)).Select(_ => AccountKeys.Of(Guid.CreateVersion7())).ToArray();
            var payloads = new List<byte[]>();
            foreach (var id in some)
            {
                using var facts = await envelope.Make(AccountState.FactsOwner(id));
                using var evidence = await envelope.Make(AccountState.EvidenceOwner(id));
                // As long as an account's row is.
                var account = new AccountState { Phase = AccountPhase.Open, AccountKey = facts.Wrapped, EvidenceKey = evidence.Wrapped, DisplayName = facts.Key.ProtectText(new string('x', 1_200), "c") };
                payloads.Add(serializer.Serialize(account).ToArray());
            }
            await connection.ExecuteAsync("INSERT INTO state (version, slot, key, name, service, payload) SELECT 1, 0, key, 'account', 's', payload FROM unnest(@some, @payloads) AS new (key, payload)",
                new { some, payloads = payloads.ToArray() }, commandTimeout: 60);
            ids.AddRange(some);
        }
        return [.. ids];
    }
}
