using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Expiry;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Ledger;

/// <summary>What is left between accounts and ledger by a crash or an outage is taken up; what a release without a ledger left is found.</summary>
public sealed class LedgerDriveTests(LedgerFixture cluster) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task Entries_that_the_database_did_not_take_stay_marked_and_are_taken_up_by_the_reminder()
    {
        var person = cluster.NewPerson();
        await person.Prove();
        cluster.Store.Fails = true;
        Granted(await person.Complete());
        Assert.False(await person.AccountActor.Flush());
        Assert.Equal((1, 0), (await cluster.Marks(person.Key()), (await cluster.Entries(person.Key())).Count));
        cluster.Store.Fails = false;

        Assert.Equal(0, await Drive()); // they may still be on their way
        await Age(person.Key());
        Assert.Equal(1, await Drive());

        Assert.Equal((0, 3), (await cluster.Marks(person.Key()), (await cluster.Entries(person.Key())).Count));
        Assert.Equal(0, await Drive());
    }

    [Fact]
    public async Task A_mark_whose_row_is_gone_is_taken_away()
    {
        var key = AccountKeys.Of(Guid.CreateVersion7());
        await cluster.Do("INSERT INTO dirty (key, name, service, version, since) SELECT @key, 'account', service, 7, 0 FROM state LIMIT 1", new { key });
        await Drive();
        Assert.Equal(0, await cluster.Marks(key));
    }

    [Fact]
    public async Task An_account_that_the_ledger_contradicts_is_told_loudly_and_holds_up_nobody()
    {
        var (first, second) = (cluster.NewPerson(), cluster.NewPerson());
        await first.Prove();
        await second.Prove();
        cluster.Store.Fails = true;
        Granted(await first.Complete());
        Granted(await second.Complete());
        Assert.False(await first.AccountActor.Flush());
        Assert.False(await second.AccountActor.Flush());
        cluster.Store.Fails = false;
        await cluster.Do("""
            INSERT INTO ledger (service, account, number, kind, at, manner, act, document_kind, document_version, document_sha256, incorporated, purpose, given, evidence_sha256, previous, hash)
            SELECT service, key, 2, 'notice', '', '', 'forged', '', '', '', '', '', '', x'', x'', x'aa' FROM state WHERE name = 'account' AND key = @key
            """, new { key = first.Key() });

        var arrived = await Task.WhenAll(first.AccountActor.Flush(), second.AccountActor.Flush());

        Assert.Equal([false, true], arrived);
        Assert.Equal(1, await cluster.Marks(first.Key()));
        Assert.Equal("forged", await cluster.One<string>("SELECT act FROM ledger WHERE account = @key", new { key = first.Key() })); // nothing beside it, nothing over it
        Assert.Equal(0, await cluster.One<long>("SELECT count(*) FROM directory WHERE account = @key", new { key = first.Key() }));
    }

    [Fact]
    public async Task An_entry_whose_predecessor_is_not_in_the_ledger_is_not_appended()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.True(await person.AccountActor.Flush());
        await cluster.Forget(person.AccountActor);
        // What a lost entry would look like: the account is two ahead of the ledger and hands over the second only.
        await cluster.Rewrite<AccountState>("account", person.Key(), kept => Skipped(kept, person.Key()));

        Assert.False(await person.AccountActor.Flush());

        Assert.Equal(3, (await cluster.Entries(person.Key())).Count);
        Assert.Equal(1, await cluster.Marks(person.Key()));
    }

    private static AccountState Skipped(AccountState kept, string account)
    {
        var notice = LedgerDrafts.Notice(account, kept.Acceptances[0].Document, kept.CreatedAt, "sign_in", null);
        var ahead = kept.WithEntry(notice).WithEntry(notice);
        return ahead with { Pending = [ahead.Pending[^1]] };
    }

    private Task Age(string account) => cluster.Do("UPDATE dirty SET since = since - 31000 WHERE key = @account", new { account });

    private async Task<int> Drive()
    {
        var asked = 0;
        for (var shard = 0; shard < new ExpiryOptions().Shards; shard++) asked += await cluster.Grains.GetGrain<ILedgerDriverGrain>(shard).Drive();
        return asked;
    }
}

/// <summary>Accounts of a release without a ledger begin their chains in the background.</summary>
public sealed class LedgerBackfillTests(LedgerFixture cluster) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task C2_5c_accounts_of_a_release_without_a_ledger_are_found_page_by_page_and_then_never_looked_for_again()
    {
        var old = Enumerable.Range(0, 25).Select(_ => AccountKeys.Of(Guid.CreateVersion7())).ToArray();
        foreach (var key in old) await Put(key);
        var pass = cluster.Grains.GetGrain<ILedgerBackfillGrain>(0);
        await pass.EnsureRunning();

        Assert.Equal(10, await pass.Fill()); // FillPerMinute
        await cluster.Forget(pass);          // goes on where it was
        Assert.Equal(10, await pass.Fill());
        Assert.Equal(5, await pass.Fill());
        foreach (var key in old)
        {
            LedgerLook.AssertWhole(await cluster.Entries(key));
            Assert.Single(await cluster.Entries(key));
        }

        // Processes of the old release may have opened accounts behind the pass.
        await Put(AccountKeys.Of(Guid.Parse("00000000000070008000000000000001")));
        Assert.Equal(0, await pass.Fill());
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await pass.Fill());
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await pass.Fill());
        await cluster.Forget(pass);
        await Put(AccountKeys.Of(Guid.Parse("00000000000070008000000000000002")));
        Assert.Equal(0, await pass.Fill()); // over for good
        Assert.Equal(0, await cluster.One<long>("SELECT count(*) FROM reminder WHERE name = 'fill'"));
        await pass.EnsureRunning();
        Assert.Equal(0, await cluster.One<long>("SELECT count(*) FROM reminder WHERE name = 'fill'"));
    }

    private Task Put(string key) => cluster.State.WriteStateAsync("account", GrainId.Create("account", key), new KeptRow<AccountState>
    {
        State = new AccountState
        {
            Phase = AccountPhase.Open,
            CreatedAt = cluster.Now,
            Acceptances = [new StoredAcceptance("1", cluster.Texts[0].Reference, [], cluster.Now, AcceptanceManner.Explicit, "registration_completion", [1, 2, 3])],
        },
    });
}

/// <summary>A store that fails when told to, and a pass of ten accounts a tick.</summary>
public sealed class LedgerFixture : ClusterFixture
{
    internal FlakyLedger Store { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        var original = services.Last(service => service.ServiceType == typeof(ILedgerStore));
        services.AddSingleton<ILedgerStore>(provider => Store.Over((ILedgerStore)original.ImplementationFactory!(provider)));
        services.Configure<LedgerOptions>(options => options.FillPerMinute = 10);
    }
}

/// <summary>Fails as a database that does not answer does.</summary>
internal sealed class FlakyLedger : ILedgerStore
{
    private ILedgerStore _inner = null!;

    public bool Fails { get; set; }

    public ILedgerStore Over(ILedgerStore inner)
    {
        _inner = inner;
        return this;
    }

    public Task<IReadOnlyList<LedgerConflict>> Append(IReadOnlyList<LedgerFlush> batch, CancellationToken cancellation) =>
        Fails ? throw new TimeoutException() : _inner.Append(batch, cancellation);

    public Task<IReadOnlyList<string>> Waiting(int shard, int shards, string after, int max, TimeSpan age, CancellationToken cancellation) => _inner.Waiting(shard, shards, after, max, age, cancellation);
    public Task ForgetErased(IReadOnlyList<string> accounts, CancellationToken cancellation) => _inner.ForgetErased(accounts, cancellation);
    public Task<IReadOnlyList<(string Account, bool Listed)>> Accounts(string after, int max, CancellationToken cancellation) => _inner.Accounts(after, max, cancellation);
    public Task<IReadOnlyList<string>> Listed(string after, int max, CancellationToken cancellation) => _inner.Listed(after, max, cancellation);
    public Task<LedgerBacklog> Backlog(int most, CancellationToken cancellation) => _inner.Backlog(most, cancellation);
}
