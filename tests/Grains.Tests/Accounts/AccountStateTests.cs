namespace AiCloud.Accounts;

public sealed class AccountStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionOptions Limits = new();
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void A_session_unused_for_fourteen_days_still_works_and_on_the_fifteenth_it_has_ended()
    {
        var session = Session("a", Noon);
        var midnight = new DateTimeOffset(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);
        Assert.False(session.HasEnded(Limits, midnight - Tick));
        Assert.True(session.HasEnded(Limits, midnight));
    }

    [Fact]
    public void However_much_it_is_used_a_session_ends_after_ninety_days()
    {
        var session = Session("a", Noon) with { LastSeen = DateOnly.FromDateTime((Noon + 90 * Day).DateTime) };
        Assert.False(session.HasEnded(Limits, Noon + 90 * Day - Tick));
        Assert.True(session.HasEnded(Limits, Noon + 90 * Day));
    }

    [Fact]
    public void A_session_is_found_by_its_id_and_secret_only_and_only_while_it_lasts()
    {
        var state = new AccountState { Sessions = [Session("a", Noon), Session("b", Noon)] };
        Assert.Equal("a", state.Find(Proof("a", "a"), Limits, Noon)?.Id);
        Assert.Null(state.Find(Proof("a", "b"), Limits, Noon));
        Assert.Null(state.Find(Proof("c", "a"), Limits, Noon));
        Assert.Null(state.Find(new SessionProof { Session = "a", SecretDigest = [] }, Limits, Noon));
        Assert.Null(state.Find(Proof("a", "a"), Limits, Noon + 16 * Day));
    }

    [Fact]
    public void The_twenty_first_session_ends_the_one_unused_for_longest()
    {
        var state = new AccountState();
        for (var i = 0; i < 20; i++) state = state.With(Session($"{i}", Noon + i * TimeSpan.FromMinutes(1)) with { LastSeen = new DateOnly(2026, 3, i == 7 ? 1 : 2) }, Limits, Noon + Day);
        Assert.Equal(20, state.Sessions.Length);
        state = state.With(Session("new", Noon + Day), Limits, Noon + Day);
        Assert.Equal(20, state.Sessions.Length);
        Assert.DoesNotContain(state.Sessions, session => session.Id == "7");
        Assert.Equal("new", state.Sessions[^1].Id);
    }

    [Fact]
    public void Ended_sessions_go_before_any_open_one()
    {
        var state = new AccountState { Sessions = [Session("old", Noon - 20 * Day), .. Enumerable.Range(0, 19).Select(i => Session($"{i}", Noon))] };
        state = state.With(Session("new", Noon), Limits, Noon);
        Assert.Equal(20, state.Sessions.Length);
        Assert.DoesNotContain(state.Sessions, session => session.Id == "old");
    }

    [Fact]
    public void A_session_with_the_same_id_takes_the_place_of_the_one_before() =>
        Assert.Single(new AccountState().With(Session("a", Noon), Limits, Noon).With(Session("a", Noon), Limits, Noon).Sessions);

    [Fact]
    public void The_current_password_may_be_tried_ten_times_an_hour()
    {
        var state = new AccountState();
        for (var i = 0; i < 10; i++)
        {
            (state, var none) = state.TakePasswordTry(Limits, Noon + i * TimeSpan.FromMinutes(1));
            Assert.Null(none);
        }
        var (same, refusal) = state.TakePasswordTry(Limits, Noon + TimeSpan.FromHours(1) - Tick);
        Assert.Equal((RefusalCode.TooManyAttempts, Tick), (refusal!.Code, refusal.RetryAfter!.Value));
        Assert.Same(state, same);
        Assert.Null(state.TakePasswordTry(Limits, Noon + TimeSpan.FromHours(1)).Refusal);
    }

    [Fact]
    public void A_prepared_account_falls_due_ten_seconds_after_its_hold_and_an_open_one_never()
    {
        var prepared = new AccountState { Phase = AccountPhase.Prepared, HoldUntil = Noon };
        Assert.Equal(Noon + TimeSpan.FromSeconds(10), prepared.DueAt);
        Assert.Null((prepared with { Phase = AccountPhase.Open }).DueAt);
        Assert.Null(new AccountState().DueAt);
    }

    private static SessionProof Proof(string id, string secret) => new() { Session = id, SecretDigest = Digest(secret) };
    private static byte[] Digest(string secret) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private static StoredSession Session(string id, DateTimeOffset at) => new()
    {
        Id = id, SecretDigest = Digest(id), Operation = $"op-{id}", AuthenticatedAt = at, ExpiresAt = at + Limits.AbsoluteLifetime,
        LastSeen = DateOnly.FromDateTime(at.UtcDateTime), Client = [], Methods = ["pwd"],
    };
}
