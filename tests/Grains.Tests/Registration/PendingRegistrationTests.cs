using AiCloud.Challenges;
using AiCloud.Identifiers;

namespace AiCloud.Registration;

public sealed class PendingRegistrationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RegistrationOptions Limits = new();

    private PendingRegistration _attempt = new PendingRegistration { State = RegistrationState.CodeSent, ExpiresAt = Noon + TimeSpan.FromMinutes(30) }
        .Granted(new SendGrant { LeavesAt = Noon, Guesses = 5, CodeLength = 6, Known = false }, network: 1)
        .Leaving("digest", Noon);

    [Fact]
    public void The_right_code_verifies_and_renews_the_attempts_life()
    {
        Assert.Null(Answer("a", right: true, at: Noon + TimeSpan.FromMinutes(4)));
        Assert.Equal((RegistrationState.Verified, Noon + TimeSpan.FromMinutes(34)), (_attempt.State, _attempt.ExpiresAt));
    }

    [Fact]
    public void The_right_code_for_an_owned_contact_says_that_an_account_exists_and_a_wrong_one_does_not()
    {
        Assert.Equal(RefusalCode.CodeWrong, Answer("a", right: false, owned: true)?.Code);
        Assert.Equal(RegistrationState.CodeSent, _attempt.State);
        Assert.Null(Answer("b", right: true, owned: true));
        Assert.Equal(RegistrationState.AccountExists, _attempt.State);
    }

    [Fact]
    public void Each_wrong_code_says_how_many_tries_are_left()
    {
        Assert.Equal([4, 3, 2, 1, 0], Enumerable.Range(0, 5).Select(i => Answer($"{i}", right: false)!.AttemptsLeft!.Value));
        var exhausted = Answer("right", right: true, at: Noon + TimeSpan.FromSeconds(20));
        Assert.Equal((RefusalCode.CodeAttemptsExhausted, TimeSpan.FromSeconds(40)), (exhausted!.Code, exhausted.RetryAfter));
    }

    [Fact]
    public void A_repeat_of_the_same_request_answers_the_same_and_spends_no_second_try()
    {
        var first = Answer("a", right: false);
        var kept = _attempt;
        Assert.Equal(first, Answer("a", right: false));
        Assert.Same(kept, _attempt);
        Assert.Equal(3, Answer("b", right: false)!.AttemptsLeft);
    }

    [Fact]
    public void While_the_message_waits_there_is_nothing_to_guess_at_and_nothing_to_spend()
    {
        _attempt = _attempt.Granted(new SendGrant { LeavesAt = Noon + TimeSpan.FromMinutes(1), Guesses = 5, CodeLength = 6, Known = false }, network: 1);
        var kept = _attempt;
        Assert.Equal((RefusalCode.CodeWrong, 5), (Answer("a", right: false)!.Code, Answer("a", right: false)!.AttemptsLeft));
        Assert.Same(kept, _attempt);
    }

    [Fact]
    public void A_new_grant_voids_the_code_before_and_remembers_the_guesses_made_at_it()
    {
        Answer("a", right: false);
        Answer("b", right: false);
        _attempt = _attempt.Granted(new SendGrant { LeavesAt = Noon + TimeSpan.FromMinutes(1), Guesses = 3, CodeLength = 10, Known = true }, network: 1);
        Assert.Null(_attempt.Challenge);
        Assert.Equal((2, 2, DeliveryState.Queued), (_attempt.Sends, _attempt.EarlierWrongGuesses, _attempt.Delivery));
        _attempt = _attempt.Leaving("next", Noon + TimeSpan.FromMinutes(2));
        Assert.Equal((3, 10, DeliveryState.Unknown), (_attempt.Challenge!.GuessesLeft, _attempt.Challenge.Length, _attempt.Delivery));
        Assert.Equal(Noon + TimeSpan.FromMinutes(2), _attempt.SendsAt);
    }

    [Fact]
    public void An_attempt_lapses_at_its_instant_exactly()
    {
        Assert.False(_attempt.HasExpired(_attempt.ExpiresAt - TimeSpan.FromTicks(1)));
        Assert.True(_attempt.HasExpired(_attempt.ExpiresAt));
        Assert.True(new PendingRegistration().HasExpired(Noon));
    }

    [Fact]
    public void A_completion_outlives_its_hold_and_never_shortens_the_attempt()
    {
        Assert.Equal(_attempt.ExpiresAt, _attempt.WithSaga(Noon, Limits).ExpiresAt);
        var late = _attempt.WithSaga(_attempt.ExpiresAt, Limits);
        Assert.Equal(_attempt.ExpiresAt + TimeSpan.FromSeconds(80), late.ExpiresAt);
        Assert.True(late.SagaStarted);
        Assert.Same(late, late.WithSaga(_attempt.ExpiresAt, Limits));
    }

    [Fact]
    public void A_completed_attempt_keeps_neither_birth_date_nor_consent_nor_code()
    {
        var done = (_attempt with { BirthDate = [1], Consent = new PrivacyConsent(new() { Kind = "k", Version = "1", Sha256 = "s" }, Noon, "en", "api", 1) })
            .Completed("op", "print");
        Assert.Equal((null, null, null), (done.BirthDate, done.Consent, done.Challenge));
        Assert.Equal(new CompletedBy("op", "print"), done.CompletedBy);
    }

    private Refusal? Answer(string operation, bool right, bool owned = false, DateTimeOffset? at = null)
    {
        var (next, refusal) = _attempt.Answer(operation, right, owned, Limits, at ?? Noon);
        _attempt = next;
        return refusal;
    }
}
