using System.Diagnostics;
using System.Globalization;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>What a case came to, in figures.</summary>
internal sealed record Outcome
{
    public required string Case { get; init; }
    public required int Requests { get; init; }
    public required int Acknowledged { get; init; }
    public required Findings Findings { get; init; }

    /// <summary>Requests without an answer, and answers 5xx that do not say when to come back.</summary>
    public required int Failed { get; init; }

    /// <summary>Requests answered 429 or 503 with Retry-After.</summary>
    public required int ToldToWait { get; init; }

    /// <summary>People whose client would have complained.</summary>
    public required IReadOnlyList<string> Noticed { get; init; }

    /// <summary>Longest wait for an answer; and of those asked later than a second after the fault.</summary>
    public required TimeSpan Slowest { get; init; }
    public required TimeSpan SlowestOnceKnown { get; init; }

    /// <summary>First and last request that was not served, counted from the fault; null when all were.</summary>
    public required (TimeSpan First, TimeSpan Last)? Unserved { get; init; }

    /// <summary>From the return of what was gone, or else from the fault, to the last request that was not served.</summary>
    public required TimeSpan Recovery { get; init; }

    public required IReadOnlyList<string> Unmet { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }

    public bool IsMet => Unmet.Count == 0;

    public static Outcome Of(string name, Stage stage, Findings findings, Func<Outcome, IEnumerable<string>> goals)
    {
        var exchanges = stage.Traffic.Exchanges;
        var unserved = exchanges.Where(exchange => IsFailed(exchange.Reply) || IsTold(exchange.Reply)).ToArray();
        var people = stage.Traffic.People;
        var (first, last) = unserved.Length == 0 ? (stage.Fault, stage.Fault) : (unserved.Min(exchange => exchange.Begun), unserved.Max(exchange => exchange.Ended));
        var known = exchanges.Where(exchange => exchange.Begun >= stage.Fault + Stopwatch.Frequency && exchange.Ended <= stage.Restored).OrderByDescending(exchange => exchange.Took).ToArray();
        var outcome = new Outcome
        {
            Case = name,
            Requests = exchanges.Count,
            Acknowledged = people.Sum(person => person.Acknowledged),
            Findings = findings,
            Failed = exchanges.Count(exchange => IsFailed(exchange.Reply)),
            ToldToWait = exchanges.Count(exchange => IsTold(exchange.Reply)),
            Noticed = [.. people.Select(person => person.Trouble).OfType<string>()],
            Slowest = exchanges.Max(exchange => exchange.Took),
            SlowestOnceKnown = known.Select(exchange => exchange.Took).FirstOrDefault(),
            Unserved = unserved.Length == 0 ? null : (Since(stage, first), Since(stage, last)),
            Recovery = unserved.Length == 0 || last < stage.Restored ? TimeSpan.Zero : Stopwatch.GetElapsedTime(stage.Restored, last),
            Unmet = [],
            Notes = [.. stage.Notes, .. known.Where(exchange => exchange.Took > TimeSpan.FromSeconds(1)).Take(3).Select(exchange => string.Create(CultureInfo.InvariantCulture,
                $"slow: {exchange.Method} {exchange.Address.AbsolutePath} answered {exchange.Reply.Status} after {Seconds(exchange.Took)} s, begun at {Seconds(Since(stage, exchange.Begun))} s")), .. unserved.GroupBy(exchange => $"{exchange.Reply.Status} {exchange.Reply.Code}").Select(group => string.Create(CultureInfo.InvariantCulture,
                $"{group.Count()} times {group.Key}, from {Seconds(Since(stage, group.Min(one => one.Begun)))} to {Seconds(Since(stage, group.Max(one => one.Ended)))} s, slowest {Seconds(group.Max(one => one.Took))} s"))],
        };
        List<string> unmet = [.. stage.Wrong, .. goals(outcome)];
        if (findings.Lost.Count > 0) unmet.Add($"lost: {Some(findings.Lost)}");
        if (findings.Doubled.Count > 0) unmet.Add($"doubled: {Some(findings.Doubled)}");
        if (findings.Breaches.Count > 0) unmet.Add($"breaches: {Some(findings.Breaches)}");
        if (outcome.Noticed.Count > 0) unmet.Add($"noticed: {Some(outcome.Noticed)}");
        return outcome with { Unmet = unmet };
    }

    /// <summary>A row of the table in docs/reliability.md.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Case} | {Requests} | {Acknowledged} | {Findings.Lost.Count} | {Findings.Doubled.Count} | {Findings.Breaches.Count} | {Failed} | {ToldToWait} | {Seconds(Slowest)} | {(Unserved is { } window ? $"{Seconds(window.First)} … {Seconds(window.Last)}" : "none")} | {Seconds(Recovery)} | {(IsMet ? "yes" : "**no**")} |");

    public static string Head => "| Case | Requests | Acknowledged | Lost | Doubled | Breaches | Failed | Told to wait | Slowest answer, s | Not served, s from the fault | Recovery, s | Goal met |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|---|";

    public static bool IsTold(Reply reply) => reply.Status is 429 or 503 && reply.Message?.Headers.RetryAfter is not null && reply.Code is not "resend_too_soon";

    public static bool IsFailed(Reply reply) => reply.Status is 0 or >= 500 && !IsTold(reply);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static TimeSpan Since(Stage stage, long instant) => TimeSpan.FromSeconds((instant - stage.Fault) / (double)Stopwatch.Frequency);

    private static string Some(IReadOnlyList<string> all) => $"{all.Count} ({string.Join("; ", all.Take(5))})";
}

/// <summary>What each kind of case must reach, beside nothing lost, doubled or broken and nobody's client complaining.</summary>
internal static class Goals
{
    /// <summary>A planned change: whoever honours Retry-After notices nothing.</summary>
    public static IEnumerable<string> Planned(Outcome outcome)
    {
        if (outcome.Failed > 0) yield return $"{outcome.Failed} requests failed during a planned change";
    }

    /// <summary>No request goes unserved later than that after the fault.</summary>
    public static Func<Outcome, IEnumerable<string>> Within(double seconds) => outcome =>
        outcome.Unserved is { } window && window.Last > TimeSpan.FromSeconds(seconds) ? [$"unserved requests until {Outcome.Seconds(window.Last)} s after the fault, goal {seconds} s"] : [];

    /// <summary>All is served again that soon after the return.</summary>
    public static Func<Outcome, IEnumerable<string>> Back(double seconds) => outcome =>
        outcome.Recovery > TimeSpan.FromSeconds(seconds) ? [$"served again {Outcome.Seconds(outcome.Recovery)} s after the return, goal {seconds} s"] : [];

    /// <summary>A database that is gone: everybody is answered within a second of asking, once a second has passed, and all is served five seconds after its return.</summary>
    public static IEnumerable<string> DatabaseGone(Outcome outcome)
    {
        if (outcome.SlowestOnceKnown > TimeSpan.FromSeconds(1)) yield return $"an answer took {Outcome.Seconds(outcome.SlowestOnceKnown)} s while the database was known to be gone, goal 1 s";
        foreach (var late in Back(5)(outcome)) yield return late;
    }
}
