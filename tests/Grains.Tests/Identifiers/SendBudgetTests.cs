namespace AiCloud.Identifiers;

public sealed class SendBudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdentifierBudgetOptions Limits = new();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Tick = TimeSpan.FromTicks(1);

    private SendBudget _budget = new();
    private int _sessions;

    [Fact]
    public void The_first_message_leaves_at_once_with_five_guesses_at_six_digits()
    {
        var grant = Granted(Noon);
        Assert.Equal((Noon, 5, 6, false), (grant.LeavesAt, grant.Guesses, grant.CodeLength, grant.Known));
    }

    [Fact]
    public void A_second_start_within_the_cool_down_leaves_when_it_ends()
    {
        Granted(Noon);
        Assert.Equal(Noon + Minute, Granted(Noon + Minute - Tick).LeavesAt);
        Assert.Equal(Noon + 2 * Minute, Granted(Noon + Minute).LeavesAt); // behind the one that waits
    }

    [Fact]
    public void A_start_at_the_end_of_the_cool_down_leaves_at_once()
    {
        Granted(Noon);
        Assert.Equal(Noon + Minute, Granted(Noon + Minute).LeavesAt);
    }

    [Fact]
    public void The_same_session_and_number_gets_the_same_answer_and_spends_nothing()
    {
        var first = Granted(Noon, session: "a");
        Granted(Noon, session: "b");
        var budget = _budget;
        Assert.Equal(first, Granted(Noon + 30 * Minute, session: "a"));
        Assert.Same(budget, _budget);
    }

    [Fact]
    public void One_network_gets_four_messages_an_hour()
    {
        for (var i = 0; i < 4; i++) Granted(Noon + i * Minute, network: 1);
        var refusal = Refused(Noon + 5 * Minute, network: 1);
        Assert.Equal(55 * Minute, refusal.RetryAfter);
        Refused(Noon + 60 * Minute - Tick, network: 1);
        Granted(Noon + 60 * Minute, network: 1);
    }

    [Fact]
    public void The_fifth_message_of_an_hour_is_kept_for_a_new_network_and_nobody_gets_a_sixth()
    {
        for (var i = 0; i < 4; i++) Granted(Noon + i * Minute, network: 1);
        Granted(Noon + 5 * Minute, network: 2);
        var refusal = Refused(Noon + 6 * Minute, network: 3);
        Assert.Equal(54 * Minute, refusal.RetryAfter);
        Granted(Noon + 6 * Minute + refusal.RetryAfter!.Value, network: 3);
    }

    [Fact]
    public void One_network_gets_six_messages_a_day_and_the_seventh_when_the_first_is_a_day_old()
    {
        for (var i = 0; i < 6; i++) Granted(Noon + TimeSpan.FromHours(i), network: 1);
        var at = Noon + TimeSpan.FromHours(8);
        Assert.Equal(TimeSpan.FromHours(16), Refused(at, network: 1).RetryAfter);
        Refused(Noon + TimeSpan.FromHours(24) - Tick, network: 1);
        Granted(Noon + TimeSpan.FromHours(24), network: 1);
    }

    [Fact]
    public void The_four_kept_messages_of_a_day_are_released_one_by_one_and_the_eleventh_is_refused()
    {
        for (var i = 0; i < 6; i++) Granted(Noon + i * 20 * Minute, network: 1);
        Granted(Noon + TimeSpan.FromHours(3), network: 2); // the first kept one is free at once
        Assert.Equal(TimeSpan.FromHours(1), Refused(Noon + TimeSpan.FromHours(3), network: 3).RetryAfter);
        Refused(Noon + TimeSpan.FromHours(4) - Tick, network: 4);
        Granted(Noon + TimeSpan.FromHours(4), network: 5);
        Granted(Noon + TimeSpan.FromHours(8), network: 6);
        Granted(Noon + TimeSpan.FromHours(12), network: 7);
        Assert.Equal(TimeSpan.FromHours(11), Refused(Noon + TimeSpan.FromHours(13), network: 8).RetryAfter);
        Granted(Noon + TimeSpan.FromHours(24), network: 9);
    }

    [Fact]
    public void A_network_that_got_its_message_is_no_longer_new()
    {
        for (var i = 0; i < 6; i++) Granted(Noon + i * 20 * Minute, network: 1);
        Granted(Noon + TimeSpan.FromHours(3), network: 2);
        Refused(Noon + TimeSpan.FromHours(4), network: 2); // free for new ones since this instant
        Granted(Noon + TimeSpan.FromHours(4), network: 3);
    }

    [Fact]
    public void A_network_that_was_refused_is_still_new_when_it_comes_back_as_told_but_not_at_its_fifth_try()
    {
        for (var i = 0; i < 5; i++) Granted(Noon + i * Minute, network: 10 + i);
        foreach (var tries in (int[])[3, 4])
        {
            for (var i = 0; i < tries; i++) Refused(Noon + (10 + i) * Minute, network: 100 + tries);
        }
        // At the hour's end one message is free, and it is kept for new networks.
        Refused(Noon + 60 * Minute, network: 104);
        Granted(Noon + 60 * Minute, network: 103);
    }

    [Fact]
    public void A_network_from_which_the_contact_was_proven_counts_as_new()
    {
        for (var i = 0; i < 4; i++) Granted(Noon + i * Minute, session: $"s{i}", network: 1);
        Refused(Noon + 5 * Minute, network: 1);
        _budget = _budget.Proven("s3", guessesSpent: 0, network: 1);
        Granted(Noon + 5 * Minute, network: 1);
    }

    [Fact]
    public void The_owners_network_gets_no_message_more_than_any_other_so_that_neighbours_cannot_count_whether_there_is_an_account()
    {
        Granted(Noon, session: "s", network: 1);
        _budget = _budget.Proven("s", guessesSpent: 0, network: 1);
        var later = Noon + TimeSpan.FromHours(24) + SendBudget.Guessable;
        var (known, unknown) = (_budget, new SendBudget());
        for (var i = 0; i < 12; i++)
        {
            var at = later + i * 25 * Minute;
            foreach (var asking in new[] { at, at + Minute, at + 2 * Minute, at + 3 * Minute, at + 4 * Minute })
            {
                var request = new SendRequest { Session = $"{asking:O}", Number = 1, Network = 1 };
                (known, var ofKnown) = known.Grant(request, known: true, Limits, asking);
                (unknown, var ofUnknown) = unknown.Grant(request, known: false, Limits, asking);
                Assert.Equal((ofUnknown.Refusal, ofUnknown.Value?.LeavesAt, ofUnknown.Value?.Guesses), (ofKnown.Refusal, ofKnown.Value?.LeavesAt, ofKnown.Value?.Guesses));
            }
        }
    }

    [Fact]
    public void An_unknown_network_never_gets_what_is_kept_for_new_ones()
    {
        for (var i = 0; i < 4; i++) Granted(Noon + i * Minute, network: 0);
        Refused(Noon + 5 * Minute, network: 0);
        _budget = _budget.Proven("none", 0, network: 0);
        Refused(Noon + 5 * Minute, network: 0);
    }

    [Fact]
    public void Three_codes_share_fifteen_guesses_and_every_further_code_has_ten_digits()
    {
        for (var i = 0; i < 3; i++)
        {
            var grant = Granted(Noon + i * Minute, network: 1);
            Assert.Equal((5, 6), (grant.Guesses, grant.CodeLength));
        }
        var longer = Granted(Noon + 4 * Minute, network: 1);
        Assert.Equal((5, 10), (longer.Guesses, longer.CodeLength));
    }

    [Fact]
    public void The_last_short_code_has_what_is_left_of_the_guesses()
    {
        Granted(Noon, session: "a");
        Granted(Noon + Minute, session: "a", number: 2, spent: 3); // three of five used: two return
        Granted(Noon + 2 * Minute, session: "b");
        var last = Granted(Noon + 3 * Minute, session: "c");
        Assert.Equal((2, 6), (last.Guesses, last.CodeLength));
    }

    [Fact]
    public void Guesses_return_when_their_day_is_over()
    {
        for (var i = 0; i < 3; i++) Granted(Noon + i * Minute, network: i + 1);
        var over = Noon + TimeSpan.FromHours(24) + SendBudget.Guessable;
        Assert.Equal(10, Granted(over - Tick, network: 5).CodeLength);
        Assert.Equal((5, 6), (Granted(over + Minute, network: 6) is var back ? back.Guesses : 0, back.CodeLength));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)] // the longest life that the settings allow
    public void However_late_codes_are_guessed_at_no_24_hours_see_more_than_fifteen_guesses(int lifetime)
    {
        // The attack: guess at each code in its last moment, and at those of the next day in their first.
        var guesses = new List<(DateTimeOffset First, DateTimeOffset Last, int Count)>();
        for (var at = Noon; at < Noon + TimeSpan.FromDays(3); at += Minute)
        {
            if (Ask(at, network: at.Ticks).Outcome.Value is { CodeLength: 6 } grant) guesses.Add((grant.LeavesAt, grant.LeavesAt + lifetime * Minute, grant.Guesses));
        }
        foreach (var (_, from, _) in guesses)
            Assert.InRange(guesses.Where(code => code.Last >= from && code.First < from + TimeSpan.FromHours(24)).Sum(code => code.Count), 1, Limits.GuessesPerDay);
        Assert.InRange(guesses.Sum(code => code.Count), 2 * Limits.GuessesPerDay, 3 * Limits.GuessesPerDay);
    }

    [Fact]
    public void The_right_answer_returns_the_unused_guesses_of_its_own_session_only()
    {
        Granted(Noon, session: "a");
        Granted(Noon + Minute, session: "b");
        _budget = _budget.Proven("a", guessesSpent: 1, network: 1);
        Assert.Equal([1, 5], _budget.Sends.Select(sent => sent.Leased));
    }

    [Fact]
    public void Guesses_made_while_a_resend_lost_its_answer_are_charged()
    {
        // The attack: ask for another code and break the connection off before its grant is heard. The old code stays in force, the
        // budget took its guesses back, and now they are made.
        Granted(Noon, session: "a");
        Granted(Noon + Minute, session: "a", number: 2, spent: 0);
        Assert.Equal(5, _budget.Sends.Sum(sent => sent.Leased));
        Granted(Noon + 2 * Minute, session: "a", number: 2, spent: 5);
        Assert.Equal(10, _budget.Sends.Sum(sent => sent.Leased));
    }

    [Fact]
    public void Everything_is_forgotten_a_day_after_the_last_code_or_request()
    {
        Assert.Null(_budget.EndsAt);
        Granted(Noon, network: 1);
        Assert.Equal(Noon + SendBudget.Guessable + TimeSpan.FromHours(24), _budget.EndsAt);
        for (var i = 1; i < 4; i++) Granted(Noon, network: 1); // the last leaves at three past
        Assert.Equal(Noon + 3 * Minute + SendBudget.Guessable + TimeSpan.FromHours(24), _budget.EndsAt);
        Ask(Noon + 30 * Minute, network: 2);
        Refused(Noon + 50 * Minute, network: 3);
        Assert.Equal(Noon + 50 * Minute + TimeSpan.FromHours(24), _budget.EndsAt);
    }

    [Fact]
    public void What_is_remembered_of_networks_is_bounded()
    {
        for (var i = 0; i < 3 * SendBudget.AskedMax; i++) Ask(Noon + i * TimeSpan.FromSeconds(10), network: i + 1);
        Assert.Equal(SendBudget.AskedMax, _budget.Askers.Length);
        Assert.InRange(_budget.Sends.Length, 1, Limits.SendsPerDay);
    }

    private (SendBudget, Outcome<SendGrant> Outcome) Ask(DateTimeOffset at, long network = 1, string? session = null, int number = 1, int spent = 0)
    {
        var request = new SendRequest { Session = session ?? $"session-{_sessions++}", Number = number, Network = network, GuessesSpent = spent };
        var (next, outcome) = _budget.Grant(request, known: false, Limits, at);
        _budget = next;
        return (next, outcome);
    }

    private SendGrant Granted(DateTimeOffset at, long network = 1, string? session = null, int number = 1, int spent = 0)
    {
        var outcome = Ask(at, network, session, number, spent).Outcome;
        Assert.NotNull(outcome.Value);
        return outcome.Value;
    }

    private Refusal Refused(DateTimeOffset at, long network)
    {
        var outcome = Ask(at, network).Outcome;
        Assert.Equal(RefusalCode.SendLimit, outcome.Refusal?.Code);
        Assert.True(outcome.Refusal!.RetryAfter > TimeSpan.Zero);
        return outcome.Refusal;
    }
}
