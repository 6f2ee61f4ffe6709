using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Protection;
using AiCloud.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Ledger;

/// <summary>A database with accounts whose chains are in the ledger and under a checkpoint, and the command that verifies it.</summary>
internal sealed class LedgerOnDisk : IAsyncDisposable
{
    private readonly string _keys = Path.Combine(Directory.CreateTempSubdirectory("aicloud-test-keys-").FullName, "keys.json");
    private readonly KeyRing _ring = KeyRing.Generate(new CryptographicRandomness());
    private LedgerCheckpoint? _latest;

    private LedgerOnDisk(StorageUnderTest storage)
    {
        Storage = storage;
        _ring.SaveNew(_keys);
    }

    public StorageUnderTest Storage { get; }
    private ILedgerStore Store => Storage.Services.GetRequiredService<ILedgerStore>();
    private ICheckpointStore CheckpointStore => Storage.Services.GetRequiredService<ICheckpointStore>();

    public static async Task<LedgerOnDisk> Start(DatabaseProvider provider) => new(await StorageUnderTest.Start(provider));

    /// <summary>An account that accepted one text, and then by use another.</summary>
    public async Task<string> Account(bool flushed = true)
    {
        var account = LedgerStoreTests.NewAccount();
        var state = new AccountState
        {
            Phase = AccountPhase.Open,
            CreatedAt = LedgerStoreTests.At,
            Acceptances = [new StoredAcceptance("1", Text("1.0"), [Text("1.0") with { Kind = "violation-rules" }], LedgerStoreTests.At, AcceptanceManner.Explicit, "registration_completion", [1, 2, 3])],
        }.WithLedger(account);
        state = state.WithAcceptance(account, new StoredAcceptance("2", Text("2.0"), [], LedgerStoreTests.At.AddDays(8), AcceptanceManner.Deemed, "change_account", [4, 5, 6]));
        state = state.WithEntry(LedgerDrafts.Consent(account, Text("2.0"), "marketing", given: true, LedgerStoreTests.At.AddDays(9), "settings", [7]));
        await Keep(account, state, flushed);
        return account;
    }

    public async Task Keep(string account, AccountState state, bool flushed = true)
    {
        var row = new KeptRow<AccountState>();
        await Storage.State.ReadStateAsync("account", GrainId.Create("account", account), row);
        row.State = state;
        await Storage.State.WriteStateAsync("account", GrainId.Create("account", account), row);
        if (!flushed) return;
        Assert.Empty(await Store.Append([new LedgerFlush
        {
            Account = account, Version = int.Parse(row.ETag!, System.Globalization.CultureInfo.InvariantCulture), OpenedAt = state.CreatedAt, Standing = "good", Entries = state.Unflushed(),
        }]));
    }

    /// <summary>The next hour's checkpoint over everything.</summary>
    public async Task<LedgerCheckpoint> Checkpoint() => _latest = await CheckpointAfter(_latest);

    /// <summary>What a process does that knows of no checkpoint later than one.</summary>
    public async Task<LedgerCheckpoint> CheckpointAfter(LedgerCheckpoint? before)
    {
        var number = (before?.Number ?? 0) + 1;
        for (var after = -1; await CheckpointStore.SumUp(number, after, 100) is { } last;) after = last;
        return await CheckpointStore.Close(before,
            (tree, accounts) => Checkpoints.Make(before, LedgerStoreTests.At.AddDays(10).AddHours(number), accounts, tree.Root, new EvidenceSigner(_ring)));
    }

    /// <summary>What somebody with rights on the database does first.</summary>
    public async Task TakeAwayTriggers()
    {
        string[] statements = Storage.Settings.Provider == DatabaseProvider.PostgreSql
            ? ["DROP TRIGGER ledger_append_only ON ledger", "DROP TRIGGER checkpoint_append_only ON checkpoint"]
            : ["DROP TRIGGER ledger_not_updated", "DROP TRIGGER ledger_not_deleted", "DROP TRIGGER checkpoint_not_updated", "DROP TRIGGER checkpoint_not_deleted"];
        foreach (var statement in statements) await Storage.Execute(statement);
    }

    public async Task<(int Exit, string Said)> Run(params string[] words)
    {
        var said = new StringWriter();
        try
        {
            return (await LedgerCommand.Run(words, Configuration(), said, TimeSpan.FromMilliseconds(1)), said.ToString());
        }
        catch (Hosting.StartRefusedException refused)
        {
            return (1, refused.Message);
        }
    }

    public async Task<(int Exit, string Said)> Check()
    {
        var said = new StringWriter();
        return (await Invariants.CheckCommand.Run(Configuration(), said, TimeSpan.FromMilliseconds(1)), said.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_keys)!, recursive: true);
    }

    public static DocumentReference Text(string version) => new() { Kind = "registration-agreement", Version = version, Sha256 = new string('a', 64) };

    private IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("AiCloud:Keys:File", _keys),
        new("AiCloud:Cluster:ServiceId", Storage.ServiceId),
        Storage.Settings.Provider == DatabaseProvider.PostgreSql
            ? new("AiCloud:Storage:ConnectionString", Storage.Settings.ConnectionString)
            : new("AiCloud:DataDirectory", Path.GetDirectoryName(Storage.Settings.File)),
    ]).Build();
}
