using System.ComponentModel.DataAnnotations;

namespace AiCloud.NoticeMailings;

/// <summary>Begins to tell every account of an announced version.</summary>
public sealed record NoticeMailingRequest
{
    /// <summary>Messages a second. Absent: 20.</summary>
    [Range(1, NoticeMailing.FastestPerSecond)] public int? PerSecond { get; init; }
}

/// <summary>Steers a mailing under way.</summary>
public sealed record NoticeMailingPatch
{
    /// <summary>Messages a second from now on. Absent: as before.</summary>
    [Range(1, NoticeMailing.FastestPerSecond)] public int? PerSecond { get; init; }

    /// <summary>True pauses, false goes on. Absent: as before.</summary>
    public bool? Paused { get; init; }
}

/// <summary>How far a mailing has come.</summary>
public sealed record NoticeMailingBody
{
    /// <summary>Going on, paused by staff, finished, or overtaken by the version's coming into force or withdrawal.</summary>
    [AllowedValues("running", "paused", "finished", "overtaken")] public required string State { get; init; }

    /// <summary>Messages a second.</summary>
    public required int PerSecond { get; init; }

    /// <summary>Staff id of who began it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; absent while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Accounts told.</summary>
    public required long Told { get; init; }

    /// <summary>Accounts passed over: told before, or bound by the version already.</summary>
    public required long Passed { get; init; }

    /// <summary>Accounts that could not be asked.</summary>
    public required long Failed { get; init; }

    internal static NoticeMailingBody Of(NoticeMailing mailing) => new()
    {
        State = mailing.Phase switch
        {
            NoticeMailingPhase.Running => "running",
            NoticeMailingPhase.Paused => "paused",
            NoticeMailingPhase.Finished => "finished",
            NoticeMailingPhase.Overtaken => "overtaken",
        },
        PerSecond = mailing.PerSecond,
        StartedBy = mailing.StartedBy.Staff,
        StartedAt = mailing.StartedAt,
        EndedAt = mailing.EndedAt,
        Told = mailing.Told,
        Passed = mailing.Passed,
        Failed = mailing.Failed,
    };
}
