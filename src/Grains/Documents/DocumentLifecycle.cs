using System.Security.Cryptography;
using System.Text.Json;
using AiCloud.Clock;
using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>What may become of a version: decisions over state, command and time only.</summary>
internal static class DocumentLifecycle
{
    /// <summary>Drafts of one kind that wait at a time.</summary>
    public const int MostDrafts = 10;

    public static (DocumentState Next, Refusal? Refusal) Draft(string kind, DocumentState state, string operation, DraftVersion draft, StaffActor author, DateTimeOffset now)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft)));
        if (state.Drafted.FirstOrDefault(known => known.Drafting.Operation == operation) is { } known)
            return (state, known.Fingerprint == fingerprint && known.Drafting.By.Staff == author.Staff ? null : Refuse(RefusalCode.IdempotencyKeyReused));
        if (DraftRules.Fault(kind, draft, state.Versions.LastOrDefault()) is { } fault) return (state, Refuse(fault));
        if (state.Versions.Any(other => Same(other.Version, draft.Version)) || state.Drafted.Any(other => Same(other.Version, draft.Version)))
            return (state, Refuse(RefusalCode.DocumentVersionUsed));
        // All of them stand in one row, each with up to a megabyte of text.
        if (state.Drafted.Count(other => other.Announcement is null && other.Withdrawal is null) >= MostDrafts) return (state, Refuse(RefusalCode.TooManyDrafts));
        var stored = new StoredVersion { Content = draft, Sha256 = DocumentDigest.Of(draft.Texts), Fingerprint = fingerprint, Drafting = new StaffAct(operation, author, now) };
        return (state with { Drafted = [.. state.Drafted, stored], LatestInstant = Later(state, now) }, null);
    }

    public static (DocumentState Next, Refusal? Refusal) Announce(
        string kind, DocumentState state, string operation, string label, StaffActor staff, DocumentOptions options, Func<DocumentVersion, string> seal, DateTimeOffset now)
    {
        if (Find(state, label) is not { } draft) return (state, Refuse(RefusalCode.NotFound));
        if (draft.Announcement?.Operation == operation) return (state, null);
        if (draft.Announcement is not null || draft.Withdrawal is not null) return (state, Refuse(RefusalCode.NotADraft));
        if (!TwoPeople.MayApprove(draft.Drafting.By, staff, now)) return (state, Refuse(RefusalCode.SecondPersonNeeded));
        var newest = state.Versions.LastOrDefault();
        if (newest is not null && newest.EffectiveAt > now) return (state, Refuse(RefusalCode.AnotherAnnounced));
        // What was newest when it was drafted may not be it any more.
        if (newest is not null && draft.Content.Class < ProcessingTable.LeastClass(newest.Processing, draft.Content.Processing))
            return (state, Refuse(RefusalCode.DocumentClassTooLow));

        var version = Publish(kind, draft, newest, options, now);
        var announced = draft with { Announcement = new StaffAct(operation, staff, now), Content = draft.Content with { Texts = [] } };
        return (Replace(state, announced) with
        {
            Versions = [.. state.Versions, version],
            Seals = new(state.Seals) { [version.Version] = seal(version) },
            Revision = state.Revision + 1,
            LatestInstant = Later(state, now),
        }, null);
    }

    public static (DocumentState Next, Refusal? Refusal) Withdraw(DocumentState state, string operation, string label, StaffActor staff, DateTimeOffset now)
    {
        if (Find(state, label) is not { } version) return (state, Refuse(RefusalCode.NotFound));
        if (version.Withdrawal?.Operation == operation || version.WithdrawalProposal?.Operation == operation) return (state, null);
        if (version.Withdrawal is not null) return (state, Refuse(RefusalCode.NotADraft));
        var published = state.Versions.FirstOrDefault(candidate => candidate.Version == version.Version);
        if (published is not null && published.EffectiveAt <= now) return (state, Refuse(RefusalCode.AlreadyInForce));
        var act = new StaffAct(operation, staff, now);
        if (version.WithdrawalProposal is null)
            return (Replace(state, version with { WithdrawalProposal = act }) with { LatestInstant = Later(state, now) }, null);
        if (!TwoPeople.MayApprove(version.WithdrawalProposal.By, staff, now)) return (state, Refuse(RefusalCode.SecondPersonNeeded));
        return (Replace(state, version with { Withdrawal = act, Withdrawn = published }) with
        {
            Versions = [.. state.Versions.Where(other => other.Version != version.Version)],
            Seals = new(state.Seals.Where(seal => seal.Key != version.Version)),
            Revision = state.Revision + 1,
            LatestInstant = Later(state, now),
        }, null);
    }

    /// <summary>Notes what has come into force since; the same state when nothing has.</summary>
    public static DocumentState NoteActivations(DocumentState state, DateTimeOffset now) =>
        state.Drafted.Any(version => IsUnnoted(state, version, now))
            ? state with { Drafted = [.. state.Drafted.Select(version => IsUnnoted(state, version, now) ? version with { ActivationNotedAt = now } : version)] }
            : state;

    /// <summary>The instant for which a reminder is needed; null when nothing waits.</summary>
    public static DateTimeOffset? NextActivation(DocumentState state) =>
        state.Versions.LastOrDefault() is { } newest && Find(state, newest.Version) is { ActivationNotedAt: null } ? newest.EffectiveAt : null;

    /// <summary>Never shorter than seven days, whatever option or draft say (C2.5b); a kind's first version at once.</summary>
    public static DateTimeOffset EffectiveAt(DocumentVersion? newest, TimeSpan? asked, DocumentOptions options, DateTimeOffset announced)
    {
        if (newest is null) return announced;
        var period = new[] { DraftRules.LeastNotice, options.NoticePeriod, asked ?? TimeSpan.Zero }.Max();
        var earliest = announced + period;
        if (!options.AtMidnight) return earliest;
        var local = Shanghai.At(earliest);
        var midnight = Shanghai.Midnight(local.Date);
        return (midnight < local ? midnight.AddDays(1) : midnight).ToUniversalTime();
    }

    public static ManagedVersion View(string kind, DocumentState state, StoredVersion version)
    {
        var published = version.Withdrawn ?? state.Versions.FirstOrDefault(candidate => candidate.Version == version.Version);
        return new ManagedVersion
        {
            Kind = kind,
            Version = version.Version,
            Sha256 = version.Sha256,
            Status = version.Withdrawal is not null ? DocumentStatus.Withdrawn : version.Announcement is not null ? DocumentStatus.Announced : DocumentStatus.Draft,
            Author = version.Drafting.By,
            DraftedAt = version.Drafting.At,
            Content = published is null ? version.Content : version.Content with { Texts = published.Texts },
            Announcer = version.Announcement?.By,
            AnnouncedAt = published?.AnnouncedAt,
            EffectiveAt = published?.EffectiveAt,
            WithdrawalProposer = version.WithdrawalProposal?.By,
            WithdrawnBy = version.Withdrawal?.By,
            WithdrawnAt = version.Withdrawal?.At,
            ActivationNotedAt = version.ActivationNotedAt,
        };
    }

    public static StoredVersion? Find(DocumentState state, string label) => state.Drafted.FirstOrDefault(version => version.Version == label);

    private static DocumentVersion Publish(string kind, StoredVersion draft, DocumentVersion? newest, DocumentOptions options, DateTimeOffset now) => new()
    {
        Kind = kind,
        Version = draft.Version,
        Titles = draft.Content.Titles.Count > 0 ? draft.Content.Titles : newest!.Titles,
        Texts = draft.Content.Texts,
        Sha256 = draft.Sha256,
        Class = draft.Content.Class,
        AnnouncedAt = now,
        EffectiveAt = EffectiveAt(newest, draft.Content.EffectiveAfter, options, now),
        Required = draft.Content.Required ?? newest?.Required ?? false,
        Incorporates = draft.Content.Incorporates ?? newest?.Incorporates ?? [],
        Summary = draft.Content.Summary,
        Ground = draft.Content.Ground,
        Prevails = draft.Content.Prevails ?? options.Prevails,
        Processing = draft.Content.Processing,
    };

    private static bool IsUnnoted(DocumentState state, StoredVersion version, DateTimeOffset now) =>
        version.ActivationNotedAt is null && state.Versions.Any(published => published.Version == version.Version && published.EffectiveAt <= now);

    private static DocumentState Replace(DocumentState state, StoredVersion changed) =>
        state with { Drafted = [.. state.Drafted.Select(version => version.Version == changed.Version ? changed : version)] };

    private static DateTimeOffset Later(DocumentState state, DateTimeOffset now) => now > state.LatestInstant ? now : state.LatestInstant;

    // Two labels that differ in case only would be one to many readers.
    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static Refusal Refuse(RefusalCode code) => new(code);
}
