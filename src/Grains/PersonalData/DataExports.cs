using AiCloud.Accounts;

namespace AiCloud.PersonalData;

/// <summary>When a copy may be asked for, and how it goes on. Pure.</summary>
internal static class DataExports
{
    /// <summary>How often one that is not finished is begun before it is given up.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Decides one request.</summary>
    /// <param name="state">The account.</param>
    /// <param name="operation">The request's operation.</param>
    /// <param name="id">A fresh id, should there be a new copy.</param>
    /// <param name="allowedFrom">From when on it is allowed after a contact or the password changed; null when nothing stands in its way.</param>
    /// <param name="limits">Settings.</param>
    /// <param name="now">The instant.</param>
    public static (AccountState Next, Refusal? Refusal) Request(
        AccountState state, string operation, string id, DateTimeOffset? allowedFrom, DataExportOptions limits, DateTimeOffset now)
    {
        if (state.Export is { } before && (before.Operation == operation || before.StateAt(now) == ExportState.Preparing)) return (state, null);
        if (allowedFrom is { } allowed && now < allowed) return (state, new Refusal(RefusalCode.ExportTooSoon, allowed - now));
        DateTimeOffset[] counted = [.. state.ExportsAt.Where(at => at > now - Day)];
        if (counted.Length >= limits.PerDay) return (state, new Refusal(RefusalCode.ExportLimit, counted[^limits.PerDay] + Day - now));
        return (state with
        {
            Export = new StoredExport { Id = id, Operation = operation, RequestedAt = now, RetryAt = now + limits.RetryAfter, Attempts = 1 },
            ExportsAt = [.. counted, now],
        }, null);
    }

    /// <summary>Begins one again that was not finished in time, or gives it up.</summary>
    public static AccountState Retry(AccountState state, DataExportOptions limits, DateTimeOffset now) =>
        state.Export is { RetryAt: { } at } export && at <= now
            ? state with { Export = export.Attempts >= MostAttempts ? export with { RetryAt = null } : export with { Attempts = export.Attempts + 1, RetryAt = now + limits.RetryAfter } }
            : state;

    /// <summary>What was collected is kept: it can be downloaded from now on.</summary>
    public static AccountState Ready(AccountState state, string id, DataExportOptions limits, DateTimeOffset now) => state.Export is { } export && export.Id == id
        ? state with { Export = export with { RetryAt = null, ReadyAt = now, ExpiresAt = now + limits.AvailableFor } } : state;

    /// <summary>It cannot be made.</summary>
    public static AccountState GivenUp(AccountState state, string id) => state.Export is { } export && export.Id == id
        ? state with { Export = export with { RetryAt = null } } : state;

    /// <summary>When another may be asked for; null for at once.</summary>
    public static DateTimeOffset? NextAt(AccountState state, DateTimeOffset? allowedFrom, DataExportOptions limits, DateTimeOffset now)
    {
        DateTimeOffset[] counted = [.. state.ExportsAt.Where(at => at > now - Day)];
        var byLimit = counted.Length >= limits.PerDay ? counted[^limits.PerDay] + Day : (DateTimeOffset?)null;
        return byLimit > allowedFrom || allowedFrom is null ? byLimit : allowedFrom;
    }
}
