using AiCloud.Accounts;
using AiCloud.Contacts;

namespace AiCloud.Objections;

/// <summary>What "this was not me" makes of an account (C2.1f, C2.4c). Pure.</summary>
internal static class Objection
{
    /// <summary>
    /// Whoever did it may hold a session and the password: all sessions end, and the password is dropped, so that the next one is set by a code to a contact.
    /// To an announced reset it is enough to stop it: who asked has neither.
    /// </summary>
    public static AccountState Decide(AccountState state, Alarm alarm, AccountSecurityOptions limits, DateTimeOffset now)
    {
        var announced = alarm.Kind == AlarmKind.ResetAnnounced;
        var since = state.Security.IsProtected(now) && state.Security.Protection!.Since < alarm.At ? state.Security.Protection.Since : alarm.At;
        var objected = alarm with { ObjectedAt = now, PasswordDropped = !announced && state.PasswordHash is not null };
        var security = state.Security with
        {
            Alarms = [.. state.Security.Alarms.Select(other => other.Id == alarm.Id ? objected : other)],
            Protection = new ChangeStop(since, now + limits.ProtectedFor),
            Wishes = [],
            Reset = null,
            Undoing = announced ? state.Security.Undoing : new Undoing(since, alarm.Id, now),
            ChangedAt = now,
        };
        return announced ? state.With(security) : state.With(security) with { Sessions = [], PasswordHash = null };
    }
}
