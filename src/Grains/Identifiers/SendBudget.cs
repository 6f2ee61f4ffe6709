namespace AiCloud.Identifiers;

/// <summary>
/// The messages and guesses that one contact has, over all sessions and networks. Two people share it: the owner, and whoever abuses
/// the number. It limits the second without shutting the first out.
/// </summary>
public sealed record SendBudget
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromHours(24);

    /// <summary>
    /// How long after its message was due a code may still be guessed at: the longest life that a setting allows, and a little for one that left late. A day of
    /// guesses is counted by when they are made, not by when the messages left.
    /// </summary>
    internal static readonly TimeSpan Guessable = TimeSpan.FromMinutes(15);

    /// <summary>Networks remembered as having asked: more than any real household, bounded for the row's size.</summary>
    internal const int AskedMax = 512;
    private const int ProvenMax = 4;

    /// <summary>
    /// Refusals that leave a network new: who was told to come back must not lose what is kept for new ones by having asked. Crowds that ask every few
    /// minutes are through with them at once.
    /// </summary>
    internal const int ExcusedMax = 3;

    /// <summary>Messages whose code could be guessed at within the last 24 hours, oldest first.</summary>
    public Sent[] Sends { get; init; } = [];

    /// <summary>Networks that asked in the last 24 hours, granted or not, the longest silent first.</summary>
    public Asked[] Askers { get; init; } = [];

    /// <summary>
    /// Networks from which a code to this contact was last answered rightly: the owner's, in counting wrong passwords (<see cref="IdentifierState.IsOwners"/>). They get
    /// no more messages than any other, else whoever shares one could count whether there is an account.
    /// </summary>
    public long[] ProvenFrom { get; init; } = [];

    /// <summary>One message.</summary>
    public sealed record Sent(string Session, int Number, DateTimeOffset LeavesAt, int Leased, int Length);

    /// <summary>One network's newest request. <see cref="Excused"/>: above 0 it still counts as new, having met that many refusals and nothing else.</summary>
    public sealed record Asked(long Network, DateTimeOffset At, int Excused = 0);

    /// <summary>When the last of the windows ends; null when nothing counts any more.</summary>
    public DateTimeOffset? EndsAt =>
        Sends.Select(sent => sent.LeavesAt + Guessable).Concat(Askers.Select(asked => asked.At)).DefaultIfEmpty(DateTimeOffset.MinValue).Max() is var last
        && last > DateTimeOffset.MinValue ? last + Day : null;

    /// <summary>Decides one request. The same session and number is answered as before.</summary>
    public (SendBudget Next, Outcome<SendGrant> Result) Grant(SendRequest request, bool known, IdentifierBudgetOptions limits, DateTimeOffset now)
    {
        if (Sends.FirstOrDefault(sent => sent.Session == request.Session && sent.Number == request.Number) is { } repeated)
            return (Charge(request, limits), Answer(repeated, known, limits));

        var forgotten = Forget(now);
        // A network that nobody knows cannot be told from one that asked before.
        var before = Array.Find(forgotten.Askers, asked => asked.Network == request.Network);
        var isNew = request.Network != 0 && before is null or { Excused: > 0 };

        var last = forgotten.Sends.LastOrDefault()?.LeavesAt;
        var leavesAt = last is { } previous && previous + limits.CoolDown > now ? previous + limits.CoolDown : now;
        var hour = forgotten.Room(leavesAt, Hour, isNew ? limits.SendsPerHour : limits.SendsPerHour - limits.KeptPerHour);
        var day = isNew ? forgotten.KeptRoom(leavesAt, limits) : forgotten.Room(leavesAt, Day, limits.SendsPerDay - limits.KeptPerDay);
        if (hour > leavesAt || day > leavesAt)
        {
            var excused = isNew && before?.Excused is not >= ExcusedMax ? (before?.Excused ?? 0) + 1 : 0;
            var asked = forgotten.Remember(request.Network, excused, now);
            return (ReferenceEquals(asked, forgotten) ? this : asked, new Refusal(RefusalCode.SendLimit, (hour > day ? hour : day) - now));
        }
        var budget = forgotten.Remember(request.Network, excused: 0, now);

        var sends = budget.Sends.Select(sent => sent.Session == request.Session && sent.Number == request.Number - 1
            ? sent with { Leased = Math.Min(sent.Leased, request.GuessesSpent) } // what the voided code did not use
            : sent).ToArray();
        var left = limits.GuessesPerDay - sends.Sum(sent => sent.Leased);
        var granted = left > 0
            ? new Sent(request.Session, request.Number, leavesAt, Math.Min(limits.GuessesPerCode, left), limits.CodeLength)
            : new Sent(request.Session, request.Number, leavesAt, 0, limits.LongCodeLength);
        return (budget with { Sends = [.. sends, granted] }, Answer(granted, known, limits));
    }

    /// <summary>A message that never leaves: neither it nor its guesses count.</summary>
    public SendBudget Withdrawn(string session, int number) => this with { Sends = [.. Sends.Where(sent => sent.Session != session || sent.Number != number)] };

    /// <summary>A session ended with the right answer: its unused guesses return, and its network counts as the owner's, and as one that has not asked.</summary>
    public SendBudget Proven(string session, int guessesSpent, long network)
    {
        var lastOfSession = Sends.LastOrDefault(sent => sent.Session == session);
        return this with
        {
            Sends = [.. Sends.Select(sent => ReferenceEquals(sent, lastOfSession) ? sent with { Leased = Math.Min(sent.Leased, guessesSpent) } : sent)],
            Askers = [.. Askers.Where(asked => asked.Network != network)],
            ProvenFrom = network == 0 ? ProvenFrom : [.. ProvenFrom.Where(proven => proven != network).TakeLast(ProvenMax - 1), network],
        };
    }

    // The attempt asks again because it did not hear the first answer. Until it does, the code before stays in force, and guesses made at it
    // meanwhile were given back too early: who breaks connections off would else have them twice.
    private SendBudget Charge(SendRequest request, IdentifierBudgetOptions limits)
    {
        var previous = Array.Find(Sends, sent => sent.Session == request.Session && sent.Number == request.Number - 1);
        if (previous is null || previous.Length > limits.CodeLength || previous.Leased >= request.GuessesSpent) return this;
        return this with { Sends = [.. Sends.Select(sent => ReferenceEquals(sent, previous) ? sent with { Leased = request.GuessesSpent } : sent)] };
    }

    private static SendGrant Answer(Sent sent, bool known, IdentifierBudgetOptions limits) => new()
    {
        LeavesAt = sent.LeavesAt,
        // A long code cannot be guessed in any number of tries that a session has, so it draws on no budget.
        Guesses = sent.Length > limits.CodeLength ? limits.GuessesPerCode : sent.Leased,
        CodeLength = sent.Length,
        Known = known,
    };

    /// <summary>The first instant from <paramref name="at"/> on at which the window has room.</summary>
    private DateTimeOffset Room(DateTimeOffset at, TimeSpan window, int limit)
    {
        var inWindow = Sends.Where(sent => sent.LeavesAt > at - window).ToArray();
        return inWindow.Length < limit ? at : inWindow[^limit].LeavesAt + window;
    }

    private DateTimeOffset KeptRoom(DateTimeOffset at, IdentifierBudgetOptions limits)
    {
        var inWindow = Sends.Where(sent => sent.LeavesAt > at - Day).ToArray();
        if (inWindow.Length >= limits.SendsPerDay) return inWindow[^limits.SendsPerDay].LeavesAt + Day;
        var kept = inWindow.Length - (limits.SendsPerDay - limits.KeptPerDay); // how many of the kept ones are gone
        if (kept <= 0) return at;
        var releasedAt = inWindow[0].LeavesAt + kept * limits.KeptRelease;
        return releasedAt > at ? releasedAt : at;
    }

    private SendBudget Forget(DateTimeOffset now) => this with
    {
        Sends = [.. Sends.Where(sent => sent.LeavesAt > now - Day - Guessable)],
        Askers = [.. Askers.Where(asked => asked.At > now - Day)],
    };

    // Networks are remembered even when refused: that is what makes them no longer new. To keep a flood of refusals from becoming a
    // flood of writes, the instant is renewed only when it has aged by an hour.
    private SendBudget Remember(long network, int excused, DateTimeOffset now)
    {
        if (network == 0 || Askers.Any(asked => asked.Network == network && asked.At > now - Hour && asked.Excused == excused)) return this;
        return this with { Askers = [.. Askers.Where(asked => asked.Network != network).TakeLast(AskedMax - 1), new Asked(network, now, excused)] };
    }
}
