using AiCloud.Staff;

namespace AiCloud.Switches;

public sealed class SwitchesStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly StaffActor Ann = new() { Staff = "ann", Creators = [], CreatedAt = Now }, Ben = new() { Staff = "ben", Creators = [], CreatedAt = Now };

    [Theory]
    [InlineData("starts"), InlineData("sends"), InlineData("erasures"), InlineData("read-only"), InlineData("sends.channel.sms"), InlineData("sends.channel.email"), InlineData("sends.provider.carrier-one"), InlineData("sends.country.86")]
    [InlineData("sends.country.1"), InlineData("sends.prefix.86"), InlineData("sends.prefix.8617012"), InlineData("sends.purpose.registration"), InlineData("sends.purpose.document-change"), InlineData("sends.purpose.code"), InlineData("sends.purpose.security")]
    public void A_known_switch_can_be_thrown(string name) => Assert.Null(new SwitchesState().Throw("op", Order(name), Ann, Now).Outcome.Refusal);

    // The last of them would name a person.
    [Theory]
    [InlineData(""), InlineData("Starts"), InlineData("starts\n"), InlineData("sends."), InlineData("sends.channel.fax"), InlineData("sends.provider.1"), InlineData("sends.provider.a b"), InlineData("sends.country.0"), InlineData("sends.country.8613")]
    [InlineData("sends.purpose.registration-of-known"), InlineData("sends.prefix.+86"), InlineData("sends.prefix.86170123")]
    public void An_unknown_switch_cannot(string name) => Assert.Equal(RefusalCode.SwitchUnknown, new SwitchesState().Throw("op", Order(name), Ann, Now).Outcome.Refusal!.Code);

    [Fact]
    public void An_end_is_needed_and_lies_at_most_a_day_ahead()
    {
        Assert.Null(new SwitchesState().Throw("op", Order("starts", TimeSpan.FromHours(24)), Ann, Now).Outcome.Refusal);
        foreach (var wrong in new[] { TimeSpan.FromHours(24) + TimeSpan.FromTicks(1), TimeSpan.Zero, TimeSpan.FromMinutes(-1) })
            Assert.Equal(RefusalCode.SwitchEndInvalid, new SwitchesState().Throw("op", Order("starts", wrong), Ann, Now).Outcome.Refusal!.Code);
    }

    [Fact]
    public void A_late_repeat_of_a_throw_does_not_throw_what_was_taken_back()
    {
        var (thrown, first) = new SwitchesState().Throw("op-1", Order("starts"), Ann, Now);
        var (back, ended) = thrown.TakeBack("op-2", "starts", Ben, Now.AddMinutes(1));
        Assert.Equal(("ann", "ben", Now.AddMinutes(1)), (ended.Value!.By, ended.Value.EndedBy, ended.Value.EndedAt));
        var (again, repeated) = back.Throw("op-1", Order("starts"), Ann, Now.AddMinutes(2));
        Assert.Same(back, again);
        Assert.Equal(first.Value!.At, repeated.Value!.At);
        Assert.Empty(again.Current(Now.AddMinutes(2)));
        Assert.Equal(ended.Value, again.TakeBack("op-2", "starts", Ben, Now.AddMinutes(2)).Outcome.Value);
        Assert.Equal(RefusalCode.NotFound, again.TakeBack("op-3", "starts", Ben, Now.AddMinutes(2)).Outcome.Refusal!.Code);
    }

    [Fact]
    public void Thrown_anew_it_has_the_new_end_and_the_former_is_remembered()
    {
        var state = new SwitchesState().Throw("op-1", Order("starts"), Ann, Now).Next.Throw("op-2", Order("starts", TimeSpan.FromHours(2)), Ben, Now.AddMinutes(1)).Next;
        Assert.Equal(("ben", Now.AddHours(2)), (Assert.Single(state.Thrown).By, state.Thrown[0].EndsAt));
        Assert.Equal(("ann", "ben"), (Assert.Single(state.Past).By, state.Past[0].EndedBy));
    }

    [Fact]
    public void It_ends_by_itself_at_its_instant_and_then_cannot_be_taken_back()
    {
        var state = new SwitchesState().Throw("op-1", Order("starts"), Ann, Now).Next;
        Assert.Single(state.Current(Now.AddHours(1).AddTicks(-1)));
        Assert.Empty(state.Current(Now.AddHours(1)));
        Assert.Equal(RefusalCode.NotFound, state.TakeBack("op-2", "starts", Ann, Now.AddHours(1)).Outcome.Refusal!.Code);
    }

    private static SwitchOrder Order(string name, TimeSpan? lasts = null) => new() { Name = name, Reason = "incident", EndsAt = Now + (lasts ?? TimeSpan.FromHours(1)) };
}
