using AiCloud.Facts;
using AiCloud.Ledger;
using AiCloud.Staff;

namespace AiCloud.Accounts;

/// <summary>What staff said against facts, and what came of it (C2.1g). Every change of it has its ledger entry.</summary>
public sealed partial record AccountState
{
    /// <summary>Open marks and the last that were closed, oldest first; at most one of a fact is open.</summary>
    public StoredFactMark[] FactMarks { get; init; } = [];

    /// <summary>When the person last said that all is still right.</summary>
    public DateTimeOffset? FactsConfirmedAt { get; init; }

    /// <summary>The request that said so: a repeat finds it done.</summary>
    public string? FactsConfirmedBy { get; init; }

    /// <summary>Replaces a mark, or adds it, with the entry of what was done.</summary>
    internal AccountState WithMark(string account, StoredFactMark mark, string act, DateTimeOffset at, byte[]? evidence = null)
    {
        var marks = FactMarks.Any(other => other.Id == mark.Id) ? FactMarks.Select(other => other.Id == mark.Id ? mark : other) : FactMarks.Append(mark);
        var closed = FactMarks.Where(other => other.End is not null && other.Id != mark.Id).TakeLast(StoredFactMark.ClosedKept).ToHashSet();
        return (this with { FactMarks = [.. marks.Where(other => other.End is null || other.Id == mark.Id || closed.Contains(other))] })
            .WithEntry(LedgerDrafts.Fact(account, mark.Fact, act, at, evidence));
    }

    /// <summary>Ends marks whose fact was proven since. Part of every write, so that whatever proves a fact lifts them, in the same moment.</summary>
    internal AccountState WithMendedMarks(string account, DateTimeOffset now) => FactMarks.Length == 0 || Phase != AccountPhase.Open ? this : FactMarks
        .Where(mark => mark.End is null && Facts.FactMarks.IsMended(this, mark))
        .Aggregate(this, (state, mark) => state.WithMark(account, mark with { End = new StoredMarkEnd(now, FactMarkEnding.Proven, null, null) }, "proven", now));
}

/// <summary>A mark on a fact. What describes person and case is sealed under the evidence key.</summary>
public sealed record StoredFactMark
{
    /// <summary>Closed marks that are kept beside the ledger.</summary>
    public const int ClosedKept = 20;

    /// <summary>Its id within the account.</summary>
    public required string Id { get; init; }
    /// <summary>The fact.</summary>
    public required AccountFact Fact { get; init; }
    /// <summary>What is said against it.</summary>
    public required FactFault Fault { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>From when on what needs the fact is not allowed.</summary>
    public required DateTimeOffset Deadline { get; init; }
    /// <summary>Who made it.</summary>
    public required StaffActor By { get; init; }
    /// <summary>The act that made it.</summary>
    public required string Operation { get; init; }
    /// <summary>Sealed: where the evidence is.</summary>
    public required byte[] Reference { get; init; }
    /// <summary>When the restriction was noted and told; decided by clock before that.</summary>
    public DateTimeOffset? RestrictedAt { get; init; }
    /// <summary>The person's objection.</summary>
    public StoredContest? Contest { get; init; }
    /// <summary>How it ended; null while it is open.</summary>
    public StoredMarkEnd? End { get; init; }
}

/// <summary>An objection and its answer.</summary>
/// <param name="At">When the person objected.</param>
/// <param name="Operation">The act.</param>
/// <param name="Words">Sealed: what they said.</param>
public sealed record StoredContest(DateTimeOffset At, string Operation, byte[] Words)
{
    /// <summary>When it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Id of the member who answered.</summary>
    public string? AnsweredBy { get; init; }
    /// <summary>Whether it was accepted.</summary>
    public bool? Accepted { get; init; }
    /// <summary>The act that answered.</summary>
    public string? AnswerOperation { get; init; }
}

/// <summary>The end of a mark.</summary>
/// <param name="At">When.</param>
/// <param name="Ending">How.</param>
/// <param name="By">Id of the member of staff; null where the person ended it.</param>
/// <param name="Operation">The act of that member.</param>
public sealed record StoredMarkEnd(DateTimeOffset At, FactMarkEnding Ending, string? By, string? Operation);
