using AiCloud.Contacts;

namespace AiCloud.Objections;

/// <summary>
/// How many notices an account sends, and which of them are kept (C2.4c, O-04). Counted by kind, so that none uses up another's: sign-ins, which whoever knows the
/// password makes at will, are told so often a day; a change beyond its number is not made, since nothing must change that nobody is told of; a reset needs a code
/// for each, and codes have a budget of their own. Pure.
/// </summary>
internal static class AlarmBudget
{
    // Notices are kept for a day at least: they are what is counted.
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Notices of sign-ins that are kept at once; only a later one of the same kind takes their place.</summary>
    internal const int SignInsKept = 40;

    /// <summary>Whether one more sign-in is told. One that is not stands in the session list alone.</summary>
    public static bool TellsSignIn(AccountSecurity security, AccountSecurityOptions limits, DateTimeOffset now) =>
        Today(security, AlarmKind.SignedIn, now).Length < limits.SignInNoticesPerDay;

    /// <summary>Whether one more contact or password may be changed, each of which is told; null when it may.</summary>
    public static Refusal? RefuseChange(AccountSecurity security, AccountSecurityOptions limits, DateTimeOffset now)
    {
        var made = security.Alarms.Where(alarm => IsChange(alarm.Kind) && alarm.At > now - Day).Select(alarm => alarm.At).Order().ToArray();
        return made.Length < limits.ChangesPerDay ? null : new Refusal(RefusalCode.TooManyChanges, made[^limits.ChangesPerDay] + Day - now);
    }

    /// <summary>Adds a notice. Of the others only sign-ins ever make room, and only for one of their own: a thief's sign-ins must not end the owner's "this was not me".</summary>
    public static Alarm[] With(Alarm[] alarms, Alarm added)
    {
        if (added.Kind != AlarmKind.SignedIn) return [.. alarms, added];
        var gone = alarms.Where(alarm => alarm is { Kind: AlarmKind.SignedIn, ObjectedAt: null }).SkipLast(SignInsKept - 1).ToHashSet();
        return [.. alarms.Where(alarm => !gone.Contains(alarm)), added];
    }

    private static Alarm[] Today(AccountSecurity security, AlarmKind kind, DateTimeOffset now) => [.. security.Alarms.Where(alarm => alarm.Kind == kind && alarm.At > now - Day)];

    private static bool IsChange(AlarmKind kind) => kind switch
    {
        AlarmKind.ContactAdded or AlarmKind.ContactReplaced or AlarmKind.ContactRemoved or AlarmKind.PasswordChanged => true,
        AlarmKind.PasswordReset or AlarmKind.ResetAnnounced or AlarmKind.SignedIn => false,
    };
}
