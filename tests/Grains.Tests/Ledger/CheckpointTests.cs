using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Ledger;

public sealed class CheckpointTests(TwoSilosFixture cluster) : CheckpointsTaken(cluster), IClassFixture<TwoSilosFixture>;

[Trait("Takes", "long")]
public sealed class CheckpointOnPostgreSqlTests(PostgreSqlFixture cluster) : CheckpointsTaken(cluster), IClassFixture<PostgreSqlFixture>;

/// <summary>A signed root over the ends of all chains, once an hour, and what can be proved with it.</summary>
public abstract class CheckpointsTaken(ClusterFixture cluster)
{
    private ICheckpointGrain Driver => cluster.Grains.GetGrain<ICheckpointGrain>(0);
    private ILedgerGrain Ledger => cluster.Grains.GetGrain<ILedgerGrain>(0);
    private IReadOnlyList<EvidenceKey> Keys => new EvidenceSigner(cluster.Ring).PublicKeys();

    [Fact]
    public async Task Every_hour_has_one_checkpoint_that_covers_every_chain_and_names_the_one_before()
    {
        var people = new List<Registrant>();
        for (var i = 0; i < 5; i++) people.Add(await SignUp());
        var first = await Next();
        Assert.Null(await Driver.Take());
        await cluster.Forget(Driver);
        Assert.Null(await Driver.Take());
        people.Add(await SignUp());
        var second = await Next();

        Assert.Equal((first.Number + 1, first.Accounts + 1), (second.Number, second.Accounts));
        Assert.Null(Checkpoints.Fault(first, second, Keys));
        foreach (var person in people) await AssertProven(person, second);
    }

    [Fact]
    public async Task Twenty_drivers_at_once_take_one()
    {
        await SignUp();
        var before = await Next();
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await cluster.Forget(Driver);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Driver.Take()));
        Assert.Equal(before.Number + 1, Assert.Single(taken.OfType<LedgerCheckpoint>()).Number);
        Assert.Equal(before.Number + 1, (await Ledger.Checkpoint(null)).Value!.Number);
    }

    [Fact]
    public async Task An_account_opened_after_the_checkpoint_is_in_the_next_one()
    {
        await Next();
        var person = await SignUp();
        Refused(RefusalCode.NotInCheckpoint, await Ledger.Prove(person.Key()));
        await AssertProven(person, await Next());
    }

    [Fact]
    public async Task A_proof_is_of_the_chain_as_the_checkpoint_saw_it_whatever_was_added_since()
    {
        var person = await SignUp();
        var taken = await Next();
        await Add(person);
        var proof = await AssertProven(person, taken);
        Assert.Equal(3, proof.Number);
        Assert.Equal(4, (await AssertProven(person, await Next())).Number);
    }

    [Fact]
    public async Task Only_buckets_that_something_touched_are_summed_up_anew()
    {
        var (quiet, busy) = (await SignUp(), await SignUp());
        var first = await Next();
        await Add(busy);
        var second = await Next();
        Assert.Equal((long)first.Number, await SummedFor(quiet));
        Assert.Equal((long)second.Number, await SummedFor(busy));
        await AssertProven(quiet, second);
        await AssertProven(busy, second);
    }

    [Fact]
    public async Task Checkpoints_are_read_by_number_newest_first_and_never_more_than_a_hundred()
    {
        await Next();
        var latest = await Next();
        Assert.Equal(latest, (await Ledger.Checkpoint(null)).Value);
        Assert.Equal(latest, (await Ledger.Checkpoint(latest.Number)).Value);
        Refused(RefusalCode.NotFound, await Ledger.Checkpoint(latest.Number + 1));
        Refused(RefusalCode.NotFound, await Ledger.Checkpoint(0));
        Assert.Equal([latest.Number, latest.Number - 1], (await Ledger.Checkpoints(null, 2)).Select(checkpoint => checkpoint.Number));
        Assert.Equal([latest.Number - 1], (await Ledger.Checkpoints(latest.Number, 1)).Select(checkpoint => checkpoint.Number));
    }

    // Whoever can write the database writes a whole chain anew, consistently, and everything that is derived from it.
    [Fact]
    public async Task A_rewritten_past_contradicts_a_proof_that_was_given_out_before()
    {
        var person = await SignUp();
        var taken = await Next();
        var held = await AssertProven(person, taken);

        var rewritten = LedgerChain.Append(null, LedgerDrafts.Notice(person.Key(), cluster.Texts[0].Reference, cluster.Now, "forged", null));
        var forged = new SummedHead(person.Key(), new LedgerHead(1, rewritten.Hash));
        var roots = new[] { (LedgerBucket.Of(person.Key()), CheckpointTree.BucketRoot([forged])) };

        // No tree over the forged chain has the root that was signed, and the proof held leads from the true chain to it and from the forged one not.
        Assert.NotEqual(taken.Root, Convert.ToHexStringLower(new CheckpointTree(roots).Root));
        Assert.Equal(taken.Root, Root(held, new LedgerHead(held.Number, held.Hash)));
        Assert.NotEqual(taken.Root, Root(held, forged.Head));
        Assert.NotNull(EvidenceSigner.Verify(taken.Jws, Checkpoints.Type, Keys));
    }

    [Theory, InlineData("number"), InlineData("at"), InlineData("accounts"), InlineData("root"), InlineData("previous"), InlineData("jws")]
    public async Task A_changed_checkpoint_is_found(string what)
    {
        await Next();
        var (before, taken) = ((await Ledger.Checkpoint(null)).Value!, await Next());
        Assert.Null(Checkpoints.Fault(before, taken, Keys));
        var changed = what switch
        {
            "number" => taken with { Number = taken.Number + 1 },
            "at" => taken with { At = taken.At.AddTicks(1) },
            "accounts" => taken with { Accounts = taken.Accounts + 1 },
            "root" => taken with { Root = LedgerChain.Beginning },
            "previous" => taken with { Previous = LedgerChain.Beginning },
            _ => taken with { Jws = taken.Jws[..^2] + (taken.Jws[^2] == 'A' ? 'B' : 'A') + taken.Jws[^1] },
        };
        Assert.NotNull(Checkpoints.Fault(before, changed, Keys));
    }

    [Fact]
    public async Task C2_5c_who_was_bound_by_what_at_an_instant()
    {
        var before = cluster.Now - TimeSpan.FromSeconds(1);
        var person = await SignUp();
        Assert.Empty(Granted(await Ledger.Bound(person.Key(), before)).Agreements);
        var bound = Granted(await Ledger.Bound(person.Key(), cluster.Now));
        Assert.Equal([("cancellation-rules", "registration-agreement"), ("privacy-agreement", null), ("registration-agreement", null), ("violation-rules", "registration-agreement")],
            bound.Agreements.Select(text => (text.Document.Kind, text.With?.Kind)));
        Assert.All(bound.Agreements, text => Assert.Equal(("explicit", "registration_completion", "1.0"), (text.Manner, text.Act, text.Document.Version)));
        Refused(RefusalCode.NotFound, await Ledger.Bound(LedgerBucketKey(), cluster.Now));
    }

    private static string LedgerBucketKey() => Guid.CreateVersion7().ToString("N");

    private async Task<LedgerProof> AssertProven(Registrant person, LedgerCheckpoint under)
    {
        var proof = Granted(await Ledger.Prove(person.Key()));
        Assert.Equal(under, proof.Checkpoint);
        Assert.Equal(under.Root, Root(proof, new LedgerHead(proof.Number, proof.Hash)));
        Assert.Equal((await cluster.Entries(person.Key()))[proof.Number - 1].Hash, proof.Hash);
        // The last sixteen steps say where the account must stand: there is no second place for another end of its chain.
        Assert.Equal(LedgerBucket.Of(person.Key()), proof.Path[^16..].Select((step, height) => step.IsLeft ? 1 << height : 0).Sum());
        return proof;
    }

    private static string Root(LedgerProof proof, LedgerHead head) => Convert.ToHexStringLower(
        MerkleTree.Follow(CheckpointTree.Leaf(proof.Account, head), proof.Path.Select(step => new MerkleStep(step.IsLeft, Convert.FromHexString(step.Sha256)))));

    private async Task<Registrant> SignUp()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.True(await person.AccountActor.Flush());
        return person;
    }

    /// <summary>The account's next act.</summary>
    private async Task Add(Registrant person)
    {
        await cluster.Forget(person.AccountActor);
        await cluster.Rewrite<Accounts.AccountState>("account", person.Key(),
            kept => kept.WithEntry(LedgerDrafts.Notice(person.Key(), cluster.Texts[0].Reference, cluster.Now, "sign_in", null)));
        Assert.True(await person.AccountActor.Flush());
    }

    private async Task<LedgerCheckpoint> Next()
    {
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        return (await Driver.Take())!;
    }

    private Task<long?> SummedFor(Registrant person) =>
        cluster.One<long?>("SELECT checkpoint FROM ledger_bucket WHERE bucket = @bucket", new { bucket = LedgerBucket.Of(person.Key()) });
}
