using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.Documents;

/// <summary>What is kept of one kind of document.</summary>
public sealed record DocumentState : IStoredState
{
    /// <summary>Announced versions that were not withdrawn, oldest first. Never changed once here.</summary>
    public DocumentVersion[] Versions { get; init; } = [];

    /// <summary>Seals of <see cref="Versions"/> by label, so that a row edited outside the service is noticed. First versions of 0.1.0 have none.</summary>
    public Dictionary<string, string> Seals { get; init; } = [];

    /// <summary>Everything that staff drafted, in that order, whatever became of it.</summary>
    public StoredVersion[] Drafted { get; init; } = [];

    /// <summary>Grows with every change of <see cref="Versions"/>.</summary>
    public long Revision { get; init; }

    /// <summary>Latest instant that an act here was given: a clock that shows less was set back.</summary>
    public DateTimeOffset LatestInstant { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;
}

/// <summary>One drafted version and what was done with it, by whom. An operation's repeat is known by its id.</summary>
public sealed record StoredVersion
{
    /// <summary>What was handed in; the texts stand in the published version once it is announced.</summary>
    public required DraftVersion Content { get; init; }
    /// <summary>Digest of the texts.</summary>
    public required string Sha256 { get; init; }
    /// <summary>SHA-256 over everything handed in: tells a repeat from another body.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>The drafting.</summary>
    public required StaffAct Drafting { get; init; }
    /// <summary>The announcement.</summary>
    public StaffAct? Announcement { get; init; }
    /// <summary>The proposal to withdraw.</summary>
    public StaffAct? WithdrawalProposal { get; init; }
    /// <summary>The withdrawal.</summary>
    public StaffAct? Withdrawal { get; init; }
    /// <summary>What had been announced, once withdrawn.</summary>
    public DocumentVersion? Withdrawn { get; init; }
    /// <summary>When its coming into force was noted.</summary>
    public DateTimeOffset? ActivationNotedAt { get; init; }

    /// <summary>The label.</summary>
    public string Version => Content.Version;
}

/// <summary>Who did something, when, under which operation.</summary>
public sealed record StaffAct(string Operation, StaffActor By, DateTimeOffset At);

/// <summary>What the hourly probes saw, by version. A row of its own, so that counting does not rewrite the texts.</summary>
public sealed record NoticeState : IStoredState
{
    /// <summary>By version label.</summary>
    public Dictionary<string, NoticeProof> Proofs { get; init; } = [];

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>The state after a probe; the same one when the hour is counted already.</summary>
    public NoticeState With(string version, string page, bool found, DateTimeOffset now)
    {
        var proof = Proofs.GetValueOrDefault(version) ?? new NoticeProof { Pages = [] };
        var before = proof.Pages.FirstOrDefault(candidate => candidate.Page == page) ?? new PageNotice { Page = page };
        var after = found ? Found(before, now) : Missed(before, now);
        if (after == before) return this;
        return this with
        {
            Revision = Revision + 1,
            Proofs = new(Proofs) { [version] = new NoticeProof { Pages = [.. proof.Pages.Where(other => other.Page != page), after] } },
        };
    }

    private static PageNotice Found(PageNotice page, DateTimeOffset now)
    {
        if (IsSameHour(page.Last, now)) return page;
        var taken = IsSameHour(page.LastMiss, now); // another gateway showed it, or the same one a moment later
        return page with
        {
            First = page.First ?? now, Last = now, Hours = page.Hours + 1,
            Missing = taken ? page.Missing - 1 : page.Missing, LastMiss = taken ? null : page.LastMiss,
        };
    }

    private static PageNotice Missed(PageNotice page, DateTimeOffset now) =>
        IsSameHour(page.Last, now) || IsSameHour(page.LastMiss, now) ? page : page with { Missing = page.Missing + 1, LastMiss = now };

    private static bool IsSameHour(DateTimeOffset? instant, DateTimeOffset now) =>
        instant is { } known && known.ToUnixTimeSeconds() / 3600 == now.ToUnixTimeSeconds() / 3600;
}
