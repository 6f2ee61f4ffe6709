using AiCloud.Delivery;
using CsCheck;

namespace AiCloud.Registration;

/// <summary>Random sequences of everything a person, the clock, the sweepers and a restart can do, against a model of one page.</summary>
[Trait("Takes", "long")]
public sealed class RandomWalkTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly Gen<Act[]> Walks = Gen.Frequency(
        (2, Gen.Const(Act.StartAnew)), (2, Gen.Const(Act.StartAgain)), (2, Gen.Const(Act.Resend)), (4, Gen.Const(Act.AnswerRight)), (2, Gen.Const(Act.AnswerWrong)),
        (4, Gen.Const(Act.Complete)), (2, Gen.Const(Act.CompleteAgain)), (3, Gen.Const(Act.Minute)), (1, Gen.Const(Act.HalfHour)), (1, Gen.Const(Act.Day)),
        (1, Gen.Const(Act.Sweep)), (2, Gen.Const(Act.Restart)), (1, Gen.Const(Act.Disagree))).Array[5, 45];

    [Fact]
    public Task Whatever_happens_in_whatever_order_the_actors_answer_as_the_model_does() =>
        Walks.SampleAsync(async walk =>
        {
            var world = new RegistrationModel(cluster);
            foreach (var act in walk) await world.Do(act);
            await world.CheckTheEnd();
        }, iter: 60, threads: 1);
}

internal enum Act { StartAnew, StartAgain, Resend, AnswerRight, AnswerWrong, Complete, CompleteAgain, Minute, HalfHour, Day, Sweep, Restart, Disagree }

/// <summary>What one contact's sign-up should do. Knows of budgets only what limits them from both sides.</summary>
internal sealed class RegistrationModel(ClusterFixture cluster)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Registrant _person = cluster.NewPerson();
    private readonly List<DateTimeOffset> _messages = [];
    private Attempt? _attempt;
    private Guid? _account;
    private string _lastOperation = "none";
    private int _operations;

    private sealed class Attempt
    {
        public RegistrationState State { get; set; } = RegistrationState.CodeSent;
        public DateTimeOffset ExpiresAt { get; set; }
        public DateTimeOffset SendsAt { get; set; }
        public bool Waits { get; set; }
        public bool InMemory { get; set; } = true;
        public string? Code { get; set; }
        public int TriesLeft { get; set; }
        public bool Known { get; set; }
        public string? CompletedBy { get; set; }
        public bool Ended { get; set; }
    }

    private DateTimeOffset Now => cluster.Now;
    private Attempt? Live => _attempt is { Ended: false } attempt && Now < attempt.ExpiresAt ? attempt : null;

    public async Task Do(Act act)
    {
        switch (act)
        {
            case Act.StartAnew:
                // Else the former attempt's message would still leave, and the model would take its code for the new one's.
                if (_attempt is { Waits: true }) Registrant.Granted(await _person.Registration.Erase(_person.Proof));
                _person.BeginAnew();
                _attempt = null;
                await Start();
                break;
            case Act.StartAgain: await Start(); break;
            case Act.Resend: await Resend(); break;
            case Act.AnswerRight: await Answer(right: true); break;
            case Act.AnswerWrong: await Answer(right: false); break;
            case Act.Complete: await Complete($"op-{_operations++}"); break;
            case Act.CompleteAgain: await Complete(_lastOperation); break;
            case Act.Minute: await Pass(Minute); break;
            case Act.HalfHour: await Pass(30 * Minute); break;
            case Act.Day: await Pass(TimeSpan.FromDays(1)); break;
            case Act.Sweep:
                await cluster.Sweep();
                await cluster.Wake();
                if (_attempt is { } lapsed && lapsed.ExpiresAt < Now - TimeSpan.FromSeconds(5)) await Gone();
                break;
            case Act.Restart:
                await cluster.Forget(_person.Registration, _person.Identifier);
                if (_account is not null) await cluster.Forget(_person.AccountActor);
                if (_attempt is not null) _attempt.InMemory = false;
                break;
            case Act.Disagree:
                Registrant.Granted(await _person.Registration.Erase(_person.Proof));
                // Its key is used up for as long as an attempt lives.
                if (_attempt is { Ended: false }) _attempt = new Attempt { Ended = true, ExpiresAt = Now + 30 * Minute };
                break;
        }
    }

    public async Task CheckTheEnd()
    {
        Assert.Equal(_account, (await _person.Identifier.Standing()).Owner);
        if (_account is not { } account) return;
        var actor = cluster.Grains.GetGrain<Accounts.IAccountGrain>(Accounts.AccountKeys.Of(account));
        Assert.NotNull((await actor.Credential()).PasswordHash);
    }

    private async Task Start()
    {
        var outcome = await _person.Start(keyed: true, minted: true);
        if (_attempt is { } before)
        {
            before.InMemory = true;
            if (Live is null) Expect(RefusalCode.RegistrationExpired, outcome);
            else Expect(before, outcome);
            return;
        }
        if (!Granted(outcome)) return;
        _attempt = new Attempt { ExpiresAt = Now + 30 * Minute };
        await Sent(outcome.Value!);
        Expect(_attempt, outcome);
    }

    private async Task Resend()
    {
        var outcome = await _person.Resend();
        if (Seen() is not { } attempt) Expect(RefusalCode.RegistrationExpired, outcome);
        else if (attempt.State != RegistrationState.CodeSent) Expect(attempt, outcome);
        else if (Now < attempt.SendsAt + Minute) Expect(RefusalCode.ResendTooSoon, outcome);
        else if (Granted(outcome))
        {
            await Sent(outcome.Value!);
            Expect(attempt, outcome);
        }
    }

    private async Task Answer(bool right)
    {
        var attempt = Live;
        var code = attempt?.Code ?? "000000";
        var outcome = await _person.Verify(right ? code : Registrant.Wrong(code));
        if (Seen() is null) Expect(RefusalCode.RegistrationExpired, outcome);
        else if (attempt!.State == RegistrationState.Completed) Expect(attempt, outcome);
        else if (attempt.State != RegistrationState.CodeSent)
        {
            if (right) Expect(attempt, outcome);
            else Expect(RefusalCode.CodeWrong, outcome);
        }
        else if (attempt.Code is null) Expect(RefusalCode.CodeWrong, outcome);
        else if (Now >= attempt.SendsAt + 5 * Minute) Expect(RefusalCode.CodeExpired, outcome);
        else if (attempt.TriesLeft == 0) Expect(RefusalCode.CodeAttemptsExhausted, outcome);
        else if (!right) Assert.Equal(--attempt.TriesLeft, Registrant.Refused(RefusalCode.CodeWrong, outcome).AttemptsLeft);
        else
        {
            attempt.State = attempt.Known && _account is not null ? RegistrationState.AccountExists : RegistrationState.Verified;
            attempt.ExpiresAt = Now + 30 * Minute;
            Expect(attempt, outcome);
        }
    }

    private async Task Complete(string operation)
    {
        var known = _person.Account;
        var outcome = await _person.Complete(operation);
        if (Seen() is not { } attempt) Expect(RefusalCode.RegistrationExpired, outcome);
        else if (attempt.State == RegistrationState.Completed && attempt.CompletedBy != operation) Expect(RefusalCode.AlreadyCompleted, outcome);
        else if (attempt.State == RegistrationState.Completed) Assert.Equal(_account, Registrant.Granted(outcome).Account!.Id);
        else if (attempt.State == RegistrationState.CodeSent) Expect(RefusalCode.NotVerified, outcome);
        else if (attempt.State == RegistrationState.AccountExists) Expect(RefusalCode.AccountExists, outcome);
        else
        {
            var saga = Now + TimeSpan.FromSeconds(95);
            if (attempt.ExpiresAt < saga) attempt.ExpiresAt = saga;
            _lastOperation = operation;
            if (_account is not null)
            {
                Expect(RefusalCode.AccountExists, outcome);
                attempt.State = RegistrationState.AccountExists;
                return;
            }
            _account = Registrant.Granted(outcome).Account!.Id;
            attempt.State = RegistrationState.Completed;
            attempt.CompletedBy = operation;
        }
        Assert.True(_account is null || known == _person.Account || outcome.Value is not null || _person.Account != _account, "no second account");
    }

    private async Task Pass(TimeSpan time)
    {
        cluster.Clock.Advance(time);
        if (_attempt is not { Waits: true } attempt || Now < attempt.SendsAt) return;
        attempt.Waits = false;
        // Nobody there, or the clock went past the attempt's end in one step: the message stays unsent.
        if (!attempt.InMemory || Now >= attempt.ExpiresAt) return;
        attempt.Code = await _person.Code();
        attempt.SendsAt = Now;
    }

    /// <summary>The sweeper took the row; the activation that remembers it goes too, as it does after its first failed write.</summary>
    private async Task Gone()
    {
        await cluster.Forget(_person.Registration);
        _attempt = null;
    }

    private Attempt? Seen()
    {
        if (_attempt is not null) _attempt.InMemory = true;
        return Live;
    }

    private bool Granted(Outcome<RegistrationView> outcome)
    {
        var hour = _messages.Count(at => at > Now - 60 * Minute);
        var day = _messages.Count(at => at > Now - TimeSpan.FromDays(1));
        if (outcome.Refusal is { } refusal)
        {
            Assert.Equal(RefusalCode.SendLimit, refusal.Code);
            Assert.True(hour >= 4 || day >= 6, $"refused after {hour} and {day}");
            return false;
        }
        Assert.True(hour < 5 && day < 10, $"granted after {hour} and {day}");
        return true;
    }

    private async Task Sent(RegistrationView view)
    {
        var free = _messages.Count > 0 && _messages[^1] + Minute > Now ? _messages[^1] + Minute : Now;
        Assert.Equal(free, view.SendsAt);
        Assert.InRange(view.AttemptsLeft, 1, 5);
        Assert.True(view.CodeLength is 6 or 10);
        _messages.Add(view.SendsAt);
        var attempt = _attempt!;
        attempt.SendsAt = view.SendsAt;
        attempt.TriesLeft = view.AttemptsLeft;
        attempt.Known = _account is not null;
        attempt.Waits = view.SendsAt > Now;
        attempt.Code = null;
        if (attempt.Waits) return;
        var message = await cluster.Delivery.Next(_person.IdentifierKey);
        Assert.Equal(attempt.Known ? MessagePurpose.RegistrationOfKnown : MessagePurpose.Registration, message.Purpose);
        attempt.Code = message.Code;
    }

    private static void Expect<T>(RefusalCode code, Outcome<T> outcome) where T : class => Registrant.Refused(code, outcome);

    private static void Expect(Attempt attempt, Outcome<RegistrationView> outcome)
    {
        var view = Registrant.Granted(outcome);
        Assert.Equal((attempt.State, attempt.ExpiresAt, attempt.SendsAt), (view.State, view.ExpiresAt, view.SendsAt));
    }
}
