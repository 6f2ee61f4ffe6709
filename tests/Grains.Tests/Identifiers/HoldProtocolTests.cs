using AiCloud.Accounts;
using CsCheck;

namespace AiCloud.Identifiers;

/// <summary>
/// Two completions of one contact, each crashing, resuming and being settled in any order. The contact's decisions are the product's own;
/// a step is one write, and every write is a compare-and-set against the row's version, as storage has it.
/// </summary>
[Trait("Takes", "long")]
public sealed class HoldProtocolTests
{
    private enum Act { StepA, StepB, CrashA, CrashB, SettleA, SettleB, Wait, LongWait }

    [Fact]
    public void Whatever_crashes_and_whoever_settles_there_is_one_open_account_and_the_contact_names_it() =>
        Gen.Enum<Act>().Array[0, 80].Sample(schedule =>
        {
            var world = new World();
            foreach (var act in schedule)
            {
                world.Do(act);
                world.NothingIsBroken();
            }
            world.RunToTheEnd();
        }, iter: 60_000);

    [Fact]
    public void The_model_notices_an_account_that_erases_itself_without_asking() =>
        Assert.ThrowsAny<Exception>(() => Gen.Enum<Act>().Array[0, 80].Sample(schedule =>
        {
            var world = new World { ErasesUnasked = true };
            foreach (var act in schedule)
            {
                world.Do(act);
                world.NothingIsBroken();
            }
            world.RunToTheEnd();
        }, iter: 60_000));

    private sealed class World
    {
        private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20), Late = TimeSpan.FromSeconds(10);
        private readonly Rival _a = new("a", Guid.Parse("00000000-0000-7000-8000-00000000000a")), _b = new("b", Guid.Parse("00000000-0000-7000-8000-00000000000b"));
        private IdentifierState _identifier = new();
        private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public bool ErasesUnasked { get; init; }

        public void Do(Act act)
        {
            switch (act)
            {
                case Act.StepA: Step(_a); break;
                case Act.StepB: Step(_b); break;
                case Act.CrashA: _a.At = Place.Idle; break;
                case Act.CrashB: _b.At = Place.Idle; break;
                case Act.SettleA: Settle(_a); break;
                case Act.SettleB: Settle(_b); break;
                case Act.Wait: _now += TimeSpan.FromSeconds(7); break;
                case Act.LongWait: _now += Duration + Late; break;
            }
        }

        public void NothingIsBroken()
        {
            Assert.False(_a.Phase == AccountPhase.Open && _b.Phase == AccountPhase.Open, "two open accounts");
            foreach (var rival in new[] { _a, _b })
            {
                if (rival.Phase == AccountPhase.Open) Assert.Equal(rival.Account, _identifier.Owner);
                if (_identifier.Owner == rival.Account) Assert.True(rival.Phase is not null, "owned by an account that is erased");
                if (rival.ToldThatOneExists) Assert.NotNull(_identifier.Owner);
            }
        }

        /// <summary>Nothing crashes any more and both are asked again until they hear something final.</summary>
        public void RunToTheEnd()
        {
            for (var round = 0; round < 200 && !(_a.IsFinal && _b.IsFinal); round++)
            {
                Step(_a);
                Step(_b);
                if (round % 8 == 7) _now += Duration;
                NothingIsBroken();
            }
            Assert.True(_a.IsFinal && _b.IsFinal, "stuck");
            for (var round = 0; round < 4; round++)
            {
                _now += Duration + Late;
                Settle(_a);
                Settle(_b);
            }
            NothingIsBroken();
            Assert.Equal(1, new[] { _a, _b }.Count(rival => rival.Phase == AccountPhase.Open));
            Assert.Equal(1, new[] { _a, _b }.Count(rival => rival.Phase is null));
            Assert.Null(_identifier.Hold);
        }

        private void Step(Rival rival)
        {
            switch (rival.At)
            {
                case Place.Idle:
                    if (rival.IsFinal) return;
                    var hold = Decide(_identifier.HoldFor(new HoldRequest { Operation = rival.Name, Account = rival.Account }, Duration, _now));
                    rival.HoldUntil = hold.Until ?? _now;
                    rival.At = hold.Status switch
                    {
                        HoldStatus.Held => Place.Held,
                        HoldStatus.OwnedByYou => Place.Owned,
                        HoldStatus.OwnedByOther => Place.Overtaken,
                        _ => Place.Idle,
                    };
                    break;
                case Place.Held:
                    if (rival.Phase != AccountPhase.Open) rival.Write(AccountPhase.Prepared);
                    rival.At = Place.Prepared;
                    break;
                case Place.Prepared:
                    rival.At = Decide(_identifier.OwnFor(rival.Name, rival.Account)).Status switch
                    {
                        HoldStatus.OwnedByYou => Place.Owned,
                        HoldStatus.OwnedByOther => Place.Overtaken,
                        _ => Place.Idle,
                    };
                    break;
                case Place.Owned:
                    Assert.True(rival.Phase is not null, "committed, and nothing to open");
                    rival.Write(AccountPhase.Open);
                    rival.Completed = true;
                    rival.At = Place.Idle;
                    break;
                case Place.Overtaken:
                    rival.ToldThatOneExists = true;
                    rival.At = Place.Idle;
                    break;
            }
        }

        /// <summary>Two writes with anything in between: the contact gives up the hold, then the account opens or goes, unless its row changed.</summary>
        private void Settle(Rival rival)
        {
            if (rival.Settling is { } settling)
            {
                rival.Settling = null;
                if (settling.Version != rival.Version) return; // lost the compare-and-set: the next one who asks begins again
                rival.Write(settling.Opens ? AccountPhase.Open : null);
                return;
            }
            if (rival.Phase != AccountPhase.Prepared || _now < rival.HoldUntil + Late) return;
            var opens = !ErasesUnasked && Decide(_identifier.ReleaseFor(rival.Name, rival.Account)).Status == HoldStatus.OwnedByYou;
            rival.Settling = (rival.Version, opens);
        }

        private HoldResult Decide((IdentifierState Next, HoldResult Result) decided)
        {
            _identifier = decided.Next;
            return decided.Result;
        }
    }

    private enum Place { Idle, Held, Prepared, Owned, Overtaken }

    private sealed class Rival(string name, Guid account)
    {
        public string Name => name;
        public Guid Account => account;
        public Place At { get; set; }
        public DateTimeOffset HoldUntil { get; set; }
        public AccountPhase? Phase { get; private set; }
        public int Version { get; private set; }
        public (int Version, bool Opens)? Settling { get; set; }
        public bool Completed { get; set; }
        public bool ToldThatOneExists { get; set; }
        public bool IsFinal => Completed || ToldThatOneExists;

        public void Write(AccountPhase? phase)
        {
            Phase = phase;
            Version++;
        }
    }
}
