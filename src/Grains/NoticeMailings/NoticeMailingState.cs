using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.NoticeMailings;

/// <summary>What is kept of a mailing.</summary>
public sealed record NoticeMailingState : IStoredState
{
    /// <summary>Null before it was begun.</summary>
    public NoticeMailingPhase? Phase { get; init; }
    /// <summary>Messages a second.</summary>
    public int PerSecond { get; init; }
    /// <summary>Who began it.</summary>
    public StaffActor? StartedBy { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>The last account that was dealt with.</summary>
    public string After { get; init; } = "";
    /// <summary>Accounts told.</summary>
    public long Told { get; init; }
    /// <summary>Accounts passed over.</summary>
    public long Passed { get; init; }
    /// <summary>Accounts given up.</summary>
    public long Failed { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>The mailing as staff see it; null before it was begun.</summary>
    public NoticeMailing? View() => Phase is not { } phase ? null : new NoticeMailing
    {
        Phase = phase, PerSecond = PerSecond, StartedBy = StartedBy!, StartedAt = StartedAt, EndedAt = EndedAt, Told = Told, Passed = Passed, Failed = Failed,
    };

    /// <summary>It ends.</summary>
    public NoticeMailingState Ended(NoticeMailingPhase phase, DateTimeOffset now) => this with { Phase = phase, EndedAt = now };

    /// <summary>
    /// A second's accounts were asked, in order of their keys; null stands for one that could not be. What comes after the first of those is asked again, unless
    /// that one is given up.
    /// </summary>
    public NoticeMailingState Asked(IReadOnlyList<(string Account, ChangeNoticeResult? Result)> answers, bool giveUp)
    {
        var next = this;
        foreach (var (account, result) in answers)
        {
            if (result is null && !giveUp) return next;
            next = next with
            {
                After = account,
                Told = next.Told + (result == ChangeNoticeResult.Told ? 1 : 0),
                Passed = next.Passed + (result == ChangeNoticeResult.Passed ? 1 : 0),
                Failed = next.Failed + (result is null ? 1 : 0),
            };
            if (result is null) giveUp = false; // one at a time: the next one may have better luck
        }
        return next;
    }
}
