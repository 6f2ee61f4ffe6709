using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.PersonalData;

/// <summary>When a copy is made, begun again and given up (L-17).</summary>
public sealed class DataExportsTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1), Day = TimeSpan.FromHours(24);
    private readonly DataExportOptions _limits = new();

    [Theory, InlineData(1, false), InlineData(0, true)]
    public void None_is_made_before_leaving_is_allowed_again_after_a_contact_or_the_password_changed(int milliseconds, bool made)
    {
        var allowed = Now + TimeSpan.FromMilliseconds(milliseconds);
        var (next, refusal) = DataExports.Request(new AccountState(), "op", "id", allowed, _limits, Now);
        Assert.Equal(made, refusal is null);
        Assert.Equal(made, next.Export is not null);
        if (!made) Assert.Equal((RefusalCode.ExportTooSoon, Millisecond), (refusal!.Code, refusal.RetryAfter));
        Assert.Equal(allowed, DataExports.NextAt(new AccountState(), allowed, _limits, Now));
    }

    [Fact]
    public void Three_a_day_are_made_and_the_fourth_as_soon_as_the_first_is_a_day_old()
    {
        var state = new AccountState();
        foreach (var number in new[] { 1, 2, 3 })
        {
            (state, var refusal) = DataExports.Request(state, $"op{number}", $"id{number}", null, _limits, Now + number * Millisecond);
            Assert.Null(refusal);
            state = DataExports.Ready(state, $"id{number}", _limits, Now + number * Millisecond);
        }
        Assert.Equal(RefusalCode.ExportLimit, DataExports.Request(state, "op4", "id4", null, _limits, Now + Day).Refusal!.Code);
        Assert.Equal(Now + Day + Millisecond, DataExports.NextAt(state, null, _limits, Now + Day));
        var (fourth, none) = DataExports.Request(state, "op4", "id4", null, _limits, Now + Day + Millisecond);
        Assert.Null(none);
        Assert.Equal(("id4", 3), (fourth.Export!.Id, fourth.ExportsAt.Length));
    }

    [Fact]
    public void While_one_is_being_made_whoever_asks_gets_that_one()
    {
        var (first, _) = DataExports.Request(new AccountState(), "one", "id1", null, _limits, Now);
        var (second, refusal) = DataExports.Request(first, "two", "id2", null, _limits, Now + Millisecond);
        Assert.Same(first, second);
        Assert.Null(refusal);
    }

    [Fact]
    public void One_that_is_not_finished_is_begun_five_times_a_minute_apart_and_then_given_up()
    {
        var (state, _) = DataExports.Request(new AccountState { Phase = AccountPhase.Open }, "op", "id", null, _limits, Now);
        var now = Now;
        for (var attempt = 2; attempt <= 5; attempt++)
        {
            now = state.Export!.RetryAt!.Value;
            Assert.Equal(now, state.DueAt);
            Assert.Same(state, DataExports.Retry(state, _limits, now - Millisecond));
            state = DataExports.Retry(state, _limits, now);
            Assert.Equal((attempt, now + _limits.RetryAfter), (state.Export!.Attempts, state.Export.RetryAt));
        }
        state = DataExports.Retry(state, _limits, state.Export!.RetryAt!.Value);
        Assert.Equal((ExportState.Failed, null), (state.Export!.StateAt(now), state.DueAt));
        Assert.NotNull(DataExports.Request(state, "again", "id2", null, _limits, now + _limits.RetryAfter).Next.Export!.RetryAt);
    }

    [Fact]
    public async Task One_whose_process_ended_in_the_middle_is_made_when_it_falls_due()
    {
        var person = await cluster.NewPerson().SignUp();
        await cluster.Forget(person.AccountActor);
        // As a crash leaves it: asked for and kept, nothing collected.
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(person.Account), state =>
            DataExports.Request(state, "op", "left-behind", null, _limits, cluster.Now).Next);
        cluster.Clock.Advance(_limits.RetryAfter + TimeSpan.FromSeconds(1));
        await cluster.Wake();
        var data = cluster.Grains.GetGrain<IAccountData>(AccountKeys.Of(person.Account));
        ExportView view;
        do
        {
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // a part a tick
            view = Granted(await data.Export(person.Session, "left-behind"));
        }
        while (view.State == ExportState.Preparing);
        Assert.Equal(ExportState.Ready, view.State);
        var document = JsonDocument.Parse(Granted(await data.DownloadExport(person.Session, "left-behind")).Json).RootElement;
        Assert.Equal(person.Contact.Address, document.GetProperty("contacts")[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_sign_up_writes_and_reads_no_more_for_it()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.False(await cluster.HasRow("data-export", person.Id));
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(person.Account), state =>
        {
            Assert.Null(state.Export);
            Assert.Empty(state.ExportsAt);
            return state with { };
        });
    }
}
