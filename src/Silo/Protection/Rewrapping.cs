using System.Diagnostics;
using System.Globalization;

namespace AiCloud.Protection;

/// <summary>
/// Brings the wrapped keys of all rows under the current epoch, beside serving processes: in chunks, no faster than it is told to, from where
/// it was when it was last stopped or killed.
/// </summary>
internal sealed class Rewrapping(KeyedRows rows, Envelope envelope, TextWriter output, Rewrapping.Pace pace)
{
    private static readonly TimeSpan SaysEvery = TimeSpan.FromSeconds(5);

    /// <summary>How fast.</summary>
    /// <param name="Chunk">Rows per transaction; for that long the others wait that write one of them.</param>
    /// <param name="PerSecond">Rows per second at most.</param>
    internal sealed record Pace(int Chunk = 100, int PerSecond = 2000);

    public async Task<RewrapProgress> Run(CancellationToken cancellation)
    {
        var epoch = envelope.CurrentEpoch;
        var progress = await rows.Progress(epoch);
        if (progress.Finished) progress = RewrapProgress.None; // again from the beginning: what a process of the former epoch wrote meanwhile
        else if (progress.Looked > 0) await output.WriteLineAsync($"Goes on after {Number(progress.Looked)} rows.");
        var (since, said, looked) = (Stopwatch.StartNew(), TimeSpan.Zero, 0L);
        while (true)
        {
            var page = await rows.Page((progress.Key, progress.Name, progress.Service), pace.Chunk, KeyedRow.Holders);
            progress = await Chunk(epoch, page, progress);
            looked += page.Count;
            if (progress.Finished) break;
            if (since.Elapsed - said > SaysEvery)
            {
                said = since.Elapsed;
                await output.WriteLineAsync($"{Number(progress.Looked)} rows looked at, {Number(progress.Rewrapped)} brought under {epoch}.");
            }
            var ahead = TimeSpan.FromSeconds((double)looked / pace.PerSecond) - since.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(10)) await Task.Delay(ahead, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
        await output.WriteLineAsync($"{Number(progress.Looked)} rows looked at, {Number(progress.Rewrapped)} brought under {epoch}. Done.");
        return progress;
    }

    private async Task<RewrapProgress> Chunk(string epoch, IReadOnlyList<KeyedRow> page, RewrapProgress progress)
    {
        var old = page.Select(row => (Row: row, Keys: row.HeldKeys().Where(held => envelope.NeedsRewrap(held.Key)).ToArray())).Where(found => found.Keys.Length > 0).ToArray();
        var fresh = await envelope.Rewrap(old.SelectMany(found => found.Keys));
        var next = page.Count < pace.Chunk
            ? progress with { Looked = progress.Looked + page.Count, Finished = true }
            : progress with { Key = page[^1].Key, Name = page[^1].Name, Service = page[^1].Service, Looked = progress.Looked + page.Count };
        var put = await rows.Put(epoch, [.. old.Select(found => (found.Row, found.Row.With(found.Keys.Select(held => (held, fresh[held.Key])))))], next);
        return next with { Rewrapped = next.Rewrapped + put };
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
