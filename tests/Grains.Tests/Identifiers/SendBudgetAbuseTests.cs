namespace AiCloud.Identifiers;

/// <summary>A day, and a month, of abuse of one contact: from the victim's side and from the attacker's.</summary>
[Trait("Takes", "long")]
public sealed class SendBudgetAbuseTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IdentifierBudgetOptions Limits = new();
    private const long Owner = 1_000_000;

    [Theory]
    [InlineData(200, 3, 1.1)]
    [InlineData(200, 7, 1.1)]
    [InlineData(200, 45, 4.1)]
    [InlineData(200, 240, 10.2)]
    public void Through_a_day_of_abuse_from_200_networks_the_owner_gets_a_message_and_can_answer_it(int networks, int everyMinutes, double worstHours)
    {
        var attack = new Attack();
        var worst = TimeSpan.Zero;
        foreach (var hour in (double[])[0.1, 0.25, 0.5, 0.9, 1, 1.5, 2, 3, 4, 6, 8, 10, 12, 14, 18, 20, 22, 24])
        {
            attack.Run(Start + TimeSpan.FromHours(hour), networks, TimeSpan.FromMinutes(everyMinutes));
            var wait = OwnersWait(attack.Copy(), Start + TimeSpan.FromHours(hour), networks, TimeSpan.FromMinutes(everyMinutes));
            output.WriteLine($"{networks} networks every {everyMinutes} min, after {hour} h: the owner waits {wait}");
            if (wait > worst) worst = wait;
        }
        // Crowds that ask often: at the worst the first hour's limit, from which nobody is exempt. Patient ones win some of the day's kept messages.
        Assert.InRange(worst, TimeSpan.FromMinutes(10), TimeSpan.FromHours(worstHours));
        Assert.InRange(OwnersWait(attack.Copy(), Start + TimeSpan.FromHours(24), networks, TimeSpan.FromMinutes(everyMinutes)), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Even_somebody_with_a_fresh_network_for_every_message_cannot_shut_the_owner_out_for_longer_than_half_a_day()
    {
        // The strongest attack that a bound of ten a day leaves: every message is taken the moment it is free, each by a network never seen before.
        var attack = new Attack();
        var fresh = 1L;
        for (var at = Start; at < Start + TimeSpan.FromHours(25); at += TimeSpan.FromMinutes(1)) attack.Ask(fresh++, at);
        var gaps = attack.Granted.Zip(attack.Granted.Skip(1), (one, next) => next - one).ToArray();
        output.WriteLine($"longest gap between two messages, which the owner must win by being quicker: {gaps.Max()}");
        Assert.Equal(10, attack.Granted.Count(at => at < Start + TimeSpan.FromHours(24)));
        Assert.InRange(gaps.Max(), TimeSpan.FromHours(11), TimeSpan.FromHours(12.1));
    }

    [Fact]
    public void In_a_month_of_guessing_less_than_one_in_a_thousand_attackers_guesses_right()
    {
        var attack = new Attack();
        attack.Run(Start + TimeSpan.FromDays(30), networks: 40, every: TimeSpan.FromMinutes(20));
        output.WriteLine($"a month: {attack.Granted.Count} messages, {attack.Guesses} guesses, expected right {attack.ExpectedRight:E1}");
        Assert.InRange(attack.ExpectedRight, 1e-6, 1e-3);
        Assert.InRange(attack.Granted.Count, 150, 10 * 31);
    }

    [Fact]
    public void Asking_for_new_codes_instead_of_new_sessions_gives_no_more_guesses()
    {
        var attack = new Attack();
        for (var day = 0; day < 30; day++)
        {
            for (var i = 0; i < 24 * 12; i++) attack.Resend(Start + TimeSpan.FromDays(day) + i * TimeSpan.FromMinutes(5), network: 1 + i % 200);
        }
        output.WriteLine($"a month of one session: {attack.Granted.Count} messages, {attack.Guesses} guesses, expected right {attack.ExpectedRight:E1}");
        Assert.InRange(attack.ExpectedRight, 1e-6, 1e-3);
    }

    /// <summary>The owner asks from a network of their own and does as told while the abuse goes on.</summary>
    private static TimeSpan OwnersWait(Attack attack, DateTimeOffset from, int networks, TimeSpan every)
    {
        var late = TimeSpan.FromMinutes(5); // people do not come back to the second
        var at = from;
        for (var tries = 0; tries < 6; tries++)
        {
            var outcome = attack.Request($"owner-{tries}", 1, Owner, 0, at);
            if (outcome.Value is { } grant)
            {
                Assert.True(grant.Guesses >= 1, "the owner must have a guess");
                return grant.LeavesAt - from;
            }
            at += outcome.Refusal!.RetryAfter!.Value + late;
            attack.Run(at, networks, every);
        }
        return TimeSpan.MaxValue;
    }

    private sealed class Attack
    {
        private SendBudget _budget = new();
        private DateTimeOffset _now = Start;
        private long _turn;
        private int _resends;
        private (string Session, int Number, int Guesses) _current;

        public List<DateTimeOffset> Granted { get; private init; } = [];
        public double ExpectedRight { get; private set; }
        public int Guesses { get; private set; }

        public Attack Copy() => new() { _budget = _budget, _now = _now, _turn = _turn, Granted = [.. Granted] };

        /// <summary>Every network asks once in each period, one after the other, and guesses all it may.</summary>
        public void Run(DateTimeOffset until, int networks, TimeSpan every)
        {
            for (; _now < until; _now += every / networks) Ask(1 + _turn++ % networks, _now);
        }

        public void Ask(long network, DateTimeOffset at)
        {
            if (Request($"attack-{_turn}-{at.Ticks}", 1, network, 0, at).Value is { } grant) Guess(grant);
        }

        public void Resend(DateTimeOffset at, long network)
        {
            // Attempts live half an hour; a new one is started then.
            if (_resends++ % 6 == 0) _current = ($"resending-{at.Ticks}", 0, 0);
            if (Request(_current.Session, _current.Number + 1, network, _current.Guesses, at).Value is not { } grant) return;
            _current = (_current.Session, _current.Number + 1, grant.Guesses);
            Guess(grant);
        }

        public Outcome<SendGrant> Request(string session, int number, long network, int spent, DateTimeOffset at)
        {
            var (next, outcome) = _budget.Grant(new SendRequest { Session = session, Number = number, Network = network, GuessesSpent = spent }, false, Limits, at);
            _budget = next;
            if (outcome.Value is { } grant) Granted.Add(grant.LeavesAt);
            return outcome;
        }

        private void Guess(SendGrant grant)
        {
            Guesses += grant.Guesses;
            ExpectedRight += grant.Guesses / Math.Pow(10, grant.CodeLength);
        }
    }
}
