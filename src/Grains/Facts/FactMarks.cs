using AiCloud.Accounts;

namespace AiCloud.Facts;

/// <summary>How facts stand under what staff said against them (C2.1g). Pure: by the clock on every read, whether or not the row was woken.</summary>
internal static class FactMarks
{
    /// <summary>What takes functions away that need a fact names it so.</summary>
    public static string FunctionOf(AccountFact fact) => $"fact.{fact.Name()}";

    /// <summary>Whether a fact was proven since it was marked. Typing it anew changes no proof.</summary>
    public static bool IsMended(AccountState state, StoredFactMark mark) => HeldFacts.ProvenAt(state, mark.Fact) > mark.At;

    /// <summary>Whether a mark still says something.</summary>
    public static bool IsOpen(AccountState state, StoredFactMark mark) => mark.End is null && !IsMended(state, mark);

    /// <summary>Whether what needs the fact is not allowed.</summary>
    public static bool Restricts(AccountState state, StoredFactMark mark, DateTimeOffset now) => IsOpen(state, mark) && now >= mark.Deadline;

    /// <summary>Facts that must not be relied on.</summary>
    public static IEnumerable<AccountFact> Restricted(AccountState state, DateTimeOffset now) => state.FactMarks.Where(mark => Restricts(state, mark, now)).Select(mark => mark.Fact);

    /// <summary>How a fact stands.</summary>
    public static FactStanding Of(AccountState state, AccountFact fact, DateTimeOffset now) =>
        state.FactMarks.FirstOrDefault(mark => mark.Fact == fact && IsOpen(state, mark)) is not { } open ? FactStanding.Stands
        : now >= open.Deadline ? FactStanding.Restricted : FactStanding.Marked;

    /// <summary>The next deadline that nobody has noted; null while there is none.</summary>
    public static DateTimeOffset? Due(AccountState state) =>
        state.FactMarks.Where(mark => IsOpen(state, mark) && mark.RestrictedAt is null).Min(mark => (DateTimeOffset?)mark.Deadline);

    /// <summary>When the person is asked whether all is still right.</summary>
    public static DateTimeOffset AskAt(AccountState state, FactsOptions options) => (state.FactsConfirmedAt ?? state.CreatedAt).AddDays(options.AskEveryDays);

    /// <summary>Whether a fact may be marked; null when it may.</summary>
    public static RefusalCode? RefuseMarking(AccountState state, AccountFact fact) =>
        !HeldFacts.Has(state, fact) ? RefusalCode.FactNotHeld
        : state.FactMarks.Any(mark => mark.Fact == fact && IsOpen(state, mark)) ? RefusalCode.FactAlreadyMarked : null;

    /// <summary>Decides an objection.</summary>
    public static (StoredFactMark? Next, RefusalCode? Refusal) Contest(AccountState state, FactContest contest, Func<byte[]> seal, DateTimeOffset now)
    {
        if (state.FactMarks.FirstOrDefault(mark => mark.Id == contest.Mark) is not { } mark) return (null, RefusalCode.NotFound);
        if (mark.Contest is { } before) return (null, before.Operation == contest.Operation ? null : RefusalCode.AlreadyContested);
        return IsOpen(state, mark) ? (mark with { Contest = new StoredContest(now, contest.Operation, seal()) }, null) : (null, RefusalCode.FactMarkClosed);
    }

    /// <summary>Decides a withdrawal, by whoever may mark: to take back is never held up.</summary>
    public static (StoredFactMark? Next, RefusalCode? Refusal) Withdraw(AccountState state, FactMarkAct act, DateTimeOffset now)
    {
        if (state.FactMarks.FirstOrDefault(mark => mark.Id == act.Mark) is not { } mark) return (null, RefusalCode.NotFound);
        if (mark.End is { } end && end.Operation == act.Operation) return (null, null);
        return IsOpen(state, mark) ? (mark with { End = new StoredMarkEnd(now, FactMarkEnding.Withdrawn, act.By.Staff, act.Operation) }, null) : (null, RefusalCode.FactMarkClosed);
    }

    /// <summary>Decides the answer to an objection: another's than who marked, by the rule of two.</summary>
    public static (StoredFactMark? Next, RefusalCode? Refusal) Answer(AccountState state, FactMarkAct act, bool accepted, DateTimeOffset now)
    {
        if (state.FactMarks.FirstOrDefault(mark => mark.Id == act.Mark) is not { } mark) return (null, RefusalCode.NotFound);
        if (mark.Contest is { } known && known.AnswerOperation == act.Operation) return (null, known.Accepted == accepted ? null : RefusalCode.IdempotencyKeyReused);
        if (!IsOpen(state, mark)) return (null, RefusalCode.FactMarkClosed);
        if (mark.Contest is not { AnsweredAt: null } contest) return (null, RefusalCode.NothingContested);
        if (!Staff.TwoPeople.MayApprove(mark.By, act.By, now)) return (null, RefusalCode.SecondPersonNeeded);
        return (mark with
        {
            Contest = contest with { AnsweredAt = now, AnsweredBy = act.By.Staff, Accepted = accepted, AnswerOperation = act.Operation },
            End = accepted ? new StoredMarkEnd(now, FactMarkEnding.ContestAccepted, act.By.Staff, act.Operation) : null,
        }, null);
    }
}
