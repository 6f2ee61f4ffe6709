using AiCloud.Delivery;
using AiCloud.Expiry;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Challenges;

/// <summary>A code for anything but registering: the protocol of registration, one act each.</summary>
public sealed class ChallengeGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static int _born;

    [Fact]
    public async Task The_right_code_authorises_and_answers_the_same_until_the_challenge_lapses()
    {
        var asked = New();
        Granted(await asked.Start());
        var code = await asked.Code();
        var proven = Granted(await asked.Answer(code));
        Assert.Equal((asked.Id, ChallengePurpose.NewContact, asked.Subject, asked.Contact), (proven.Challenge, proven.Purpose, proven.Subject, proven.Contact));
        await cluster.Forget(asked.Actor);
        cluster.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(proven.ExpiresAt, Granted(await asked.Answer(code)).ExpiresAt);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Refused(RefusalCode.NotFound, await asked.Answer(code));
    }

    [Fact]
    public async Task A_code_is_bound_to_who_asked_and_to_what_for()
    {
        var asked = New();
        Granted(await asked.Start());
        var code = await asked.Code();
        Refused(RefusalCode.NotFound, await asked.Answer(code, subject: "somebody else"));
        Refused(RefusalCode.NotFound, await asked.Answer(code, purpose: ChallengePurpose.PasswordReset));
        Refused(RefusalCode.NotFound, await asked.Actor.View("somebody else"));
        Granted(await asked.Answer(code));
    }

    [Fact]
    public async Task A_try_is_kept_before_its_answer_and_repeated_under_its_operation_for_nothing()
    {
        var asked = New();
        Granted(await asked.Start());
        var code = await asked.Code();
        for (var tries = 1; tries <= 5; tries++)
        {
            Assert.Equal(5 - tries, Refused(RefusalCode.CodeWrong, await asked.Answer(Wrong(code), $"try {tries}")).AttemptsLeft);
            // Its key guesses no second time: another code is told apart while that is remembered, and has the outcome of the first after.
            Refused(RefusalCode.IdempotencyKeyReused, await asked.Answer(code, $"try {tries}"));
            await cluster.Forget(asked.Actor);
            Assert.Equal(5 - tries, Refused(RefusalCode.CodeWrong, await asked.Answer(code, $"try {tries}")).AttemptsLeft);
        }
        Refused(RefusalCode.CodeAttemptsExhausted, await asked.Answer(code));
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public async Task A_code_works_for_five_minutes(int seconds, bool works)
    {
        var asked = New();
        Granted(await asked.Start());
        var code = await asked.Code();
        cluster.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var outcome = await asked.Answer(code);
        Assert.Equal(works ? null : RefusalCode.CodeExpired, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Another_code_after_a_minute_voids_the_one_before_and_its_repeat_sends_nothing()
    {
        var asked = New();
        Granted(await asked.Start());
        var first = await asked.Code();
        cluster.Clock.Advance(TimeSpan.FromSeconds(59));
        Refused(RefusalCode.ResendTooSoon, await asked.Resend("again"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Granted(await asked.Resend("again"));
        Granted(await asked.Resend("again"));
        var second = await asked.Code();
        Assert.Equal(2, cluster.Delivery.To(asked.IdentifierKey).Count);
        if (first != second) Refused(RefusalCode.CodeWrong, await asked.Answer(first));
        Granted(await asked.Answer(second));
    }

    [Fact]
    public async Task It_shares_the_contacts_budgets_with_registrations_and_other_challenges()
    {
        var contact = new Identifier(IdentifierKind.Email, $"budget{Interlocked.Increment(ref _born)}@example.com");
        Granted(await cluster.NewPerson(contact, network: 77).Start());
        for (var sends = 2; sends <= 4; sends++)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            Granted(await New(contact, network: 77).Start());
        }
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Refused(RefusalCode.SendLimit, await New(contact, network: 77).Start());
    }

    [Fact]
    public async Task When_the_days_guesses_are_spent_its_codes_have_ten_digits()
    {
        var contact = new Identifier(IdentifierKind.Email, $"guessed{Interlocked.Increment(ref _born)}@example.com");
        for (var codes = 0; codes < 3; codes++)
        {
            Assert.Equal(6, Granted(await New(contact, network: codes).Start()).CodeLength);
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(10, Granted(await New(contact, network: 9).Start()).CodeLength);
    }

    [Fact]
    public async Task The_right_code_gives_back_what_it_leased_and_did_not_need()
    {
        var contact = new Identifier(IdentifierKind.Email, $"returned{Interlocked.Increment(ref _born)}@example.com");
        for (var codes = 0; codes < 4; codes++)
        {
            var asked = New(contact, network: 50 + codes);
            Assert.Equal(6, Granted(await asked.Start()).CodeLength);
            Granted(await asked.Answer(await asked.Code()));
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_second_start_within_the_cool_down_is_answered_like_the_first_and_leaves_when_it_ends()
    {
        var contact = new Identifier(IdentifierKind.Email, $"cool{Interlocked.Increment(ref _born)}@example.com");
        Granted(await New(contact).Start());
        var second = New(contact);
        var view = Granted(await second.Start());
        Assert.Equal((DeliveryState.Queued, cluster.Now + TimeSpan.FromSeconds(60)), (view.Delivery, view.SendsAt));
        await cluster.Delivery.Next(second.IdentifierKey);
        cluster.Clock.Advance(TimeSpan.FromSeconds(60));
        Granted(await second.Answer(await second.Code()));
    }

    [Fact]
    public async Task A_repeated_start_answers_the_same_also_from_a_fresh_activation_and_another_request_is_refused()
    {
        var asked = New();
        var view = Granted(await asked.Start());
        await cluster.Forget(asked.Actor);
        Assert.Equal(view.SendsAt, Granted(await asked.Start()).SendsAt);
        Assert.Single(cluster.Delivery.To(asked.IdentifierKey));
        Refused(RefusalCode.IdempotencyKeyReused, await asked.Start(fingerprint: "another"));
        Refused(RefusalCode.IdempotencyKeyReused, await asked.Start(subject: "another"));
    }

    [Theory]
    [InlineData(WriteFault.Before)]
    [InlineData(WriteFault.After)]
    public async Task A_start_whose_write_fails_hands_nothing_over(WriteFault fault)
    {
        var asked = New();
        cluster.Faults.FailNext("challenge", asked.Id, fault);
        await Assert.ThrowsAnyAsync<Exception>(asked.Start);
        Assert.Empty(cluster.Delivery.To(asked.IdentifierKey));
        Granted(await asked.Start()); // and the repeat gets there
    }

    [Fact]
    public async Task What_needs_an_account_tells_no_code_to_a_contact_without_one_and_answers_alike__R04()
    {
        var person = await cluster.NewPerson().SignUp();
        var (known, unknown) = (New(person.Contact), New());
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var (view, decoy) = (Granted(await known.Start(knownOnly: true)), Granted(await unknown.Start(knownOnly: true)));
        Assert.Equal(view with { Destination = "" }, decoy with { Destination = "" });
        var told = await cluster.Delivery.Next(unknown.IdentifierKey);
        Assert.Equal((MessagePurpose.OfUnknown, ""), (told.Purpose, told.Code));
        Assert.Equal(4, Refused(RefusalCode.CodeWrong, await unknown.Answer("000000")).AttemptsLeft);
    }

    [Fact]
    public async Task What_lapsed_is_swept_and_erased_at_once_when_its_subject_says_so()
    {
        var (left, ended) = (New(), New());
        Granted(await left.Start());
        Granted(await ended.Start());
        Refused(RefusalCode.NotFound, await ended.Actor.Erase("somebody else"));
        Granted(await ended.Actor.Erase(ended.Subject));
        Assert.False(await cluster.HasRow("challenge", ended.Id));
        cluster.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(6));
        for (var shard = 0; shard < new ExpiryOptions().Shards; shard++) await cluster.Grains.GetGrain<ISweeperGrain>(shard).Sweep();
        Assert.False(await cluster.HasRow("challenge", left.Id));
    }

    private Asked New(Identifier? contact = null, long network = 5) =>
        new(cluster, contact ?? new Identifier(IdentifierKind.Email, $"asked{Interlocked.Increment(ref _born)}@example.com"), network);

    private sealed class Asked(ClusterFixture cluster, Identifier contact, long network)
    {
        public string Id { get; } = NewId();
        public string Subject => "account~session";
        public Identifier Contact => contact;
        public string IdentifierKey { get; } = new IdentifierDigest(cluster.Ring).Of(contact);
        public IChallengeGrain Actor => cluster.Grains.GetGrain<IChallengeGrain>(Id);

        public Task<Outcome<ChallengeView>> Start() => Start("fingerprint");

        public Task<Outcome<ChallengeView>> Start(string fingerprint = "fingerprint", string? subject = null, bool knownOnly = false) => Actor.Start(new StartChallenge
        {
            Purpose = ChallengePurpose.NewContact,
            Subject = subject ?? Subject,
            Contact = contact,
            IdentifierKey = IdentifierKey,
            Locale = "en",
            Network = network,
            Fingerprint = fingerprint,
            KnownOnly = knownOnly,
        });

        public Task<Outcome<ChallengeView>> Resend(string operation) => Actor.Resend(new ResendChallenge { Subject = Subject, Operation = operation, Network = network });

        public Task<Outcome<ChallengeProven>> Answer(string code, string? operation = null, string? subject = null, ChallengePurpose purpose = ChallengePurpose.NewContact) =>
            Actor.Answer(new AnswerChallenge { Subject = subject ?? Subject, Purpose = purpose, Operation = operation ?? NewId(), Code = code, Network = network });

        public async Task<string> Code() => (await cluster.Delivery.Next(IdentifierKey)).Code;
    }
}
