using AiCloud.Contacts;

namespace AiCloud.Objections;

public sealed class AlarmBudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountSecurityOptions Limits = new();

    [Fact]
    public void Only_sign_ins_make_room_and_only_for_sign_ins__C2_4c()
    {
        Alarm[] alarms = [.. Enum.GetValues<AlarmKind>().Select((kind, index) => Of(kind, Noon.AddMinutes(index))), Of(AlarmKind.SignedIn, Noon) with { ObjectedAt = Noon }];
        foreach (var added in Enumerable.Range(0, 2 * AlarmBudget.SignInsKept).Select(index => Of(AlarmKind.SignedIn, Noon.AddHours(index + 1)))) alarms = AlarmBudget.With(alarms, added);
        Assert.Equal(Enum.GetValues<AlarmKind>(), alarms.Select(alarm => alarm.Kind).Distinct().Order());
        Assert.Equal((AlarmBudget.SignInsKept, 1), (alarms.Count(alarm => alarm is { Kind: AlarmKind.SignedIn, ObjectedAt: null }), alarms.Count(alarm => alarm.ObjectedAt is not null)));
        Assert.Equal(Noon.AddHours(2 * AlarmBudget.SignInsKept), alarms[^1].At);
        foreach (var added in Enumerable.Range(0, 100)) alarms = AlarmBudget.With(alarms, Of(AlarmKind.PasswordReset, Noon.AddDays(added)));
        Assert.Equal(101, alarms.Count(alarm => alarm.Kind == AlarmKind.PasswordReset));
        Assert.Equal(AlarmBudget.SignInsKept + 1, alarms.Count(alarm => alarm.Kind == AlarmKind.SignedIn));
    }

    [Theory, InlineData(2, true), InlineData(3, false)]
    public void Three_sign_ins_are_told_in_a_day(int told, bool tells)
    {
        var security = Security(Enumerable.Repeat(Of(AlarmKind.SignedIn, Noon), told));
        Assert.Equal(tells, AlarmBudget.TellsSignIn(security, Limits, Noon.AddDays(1).AddTicks(-1)));
        Assert.True(AlarmBudget.TellsSignIn(security, Limits, Noon.AddDays(1)));
    }

    [Theory, InlineData(9, false), InlineData(10, true)]
    public void Ten_changes_are_made_in_a_day_and_the_refusal_says_until_when(int made, bool refused)
    {
        AlarmKind[] kinds = [AlarmKind.ContactAdded, AlarmKind.ContactRemoved, AlarmKind.ContactReplaced, AlarmKind.PasswordChanged];
        var security = Security(Enumerable.Range(0, made).Select(index => Of(kinds[index % 4], Noon.AddMinutes(index))));
        var refusal = AlarmBudget.RefuseChange(security, Limits, Noon.AddHours(23));
        Assert.Equal(refused ? (RefusalCode.TooManyChanges, TimeSpan.FromHours(1)) : null, refusal is null ? null : ((RefusalCode, TimeSpan?)?)(refusal.Code, refusal.RetryAfter));
        Assert.NotEqual(refused, AlarmBudget.RefuseChange(security, Limits, Noon.AddDays(1).AddTicks(-1)) is null);
        Assert.Null(AlarmBudget.RefuseChange(security, Limits, Noon.AddDays(1)));
    }

    [Fact]
    public void Neither_sign_ins_nor_resets_use_up_what_changes_have()
    {
        var others = new[] { AlarmKind.SignedIn, AlarmKind.PasswordReset, AlarmKind.ResetAnnounced }.SelectMany(kind => Enumerable.Repeat(Of(kind, Noon), 100));
        Assert.Null(AlarmBudget.RefuseChange(Security(others), Limits, Noon));
    }

    private static AccountSecurity Security(IEnumerable<Alarm> alarms) => new() { Alarms = [.. alarms] };

    private static Alarm Of(AlarmKind kind, DateTimeOffset at) => new(Guid.NewGuid().ToString("N"), kind, at, at.AddDays(14), [], [], "", null, null);
}
