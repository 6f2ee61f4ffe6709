using AiCloud.Accounts;
using AiCloud.Hosting;
using AiCloud.Identifiers;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiCloud.Shredding;

/// <summary>A backup brings ended accounts back; the list ends them again before anything serves (C2.5e).</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private readonly string _list = Directory.CreateTempSubdirectory("aicloud-test-shredded-").FullName;
    private readonly Guid _ended = Guid.CreateVersion7(), _living = Guid.CreateVersion7();
    private TemporarySqlite _file = null!;
    private Database _database = null!;

    public async ValueTask InitializeAsync()
    {
        _file = await TemporarySqlite.Create();
        _database = Database.Open(_file.Settings);
        // As a backup from before the ending holds them.
        foreach (var (account, contact) in new[] { (_ended, "email.k1.ended"), (_living, "email.k1.living") })
        {
            await Put("account", AccountKeys.Of(account), new AccountState
            {
                Phase = AccountPhase.Open, AccountKey = new WrappedKey { KekId = "e1", Bytes = [1] }, EvidenceKey = new WrappedKey { KekId = "e1", Bytes = [2] },
                Contacts = [new StoredContact(IdentifierKind.Email, contact, [7], DateTimeOffset.UnixEpoch)], BirthDate = [8], PasswordHash = [9],
            });
            await Put("identifier", contact, new IdentifierState { Owner = account, SignIns = new SignInThrottle { Trusted = [5] } });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _file.DisposeAsync();
        Directory.Delete(_list, recursive: true);
    }

    [Fact]
    public async Task Whoever_is_on_the_list_is_ended_again_and_nobody_else()
    {
        await List(AccountKeys.Of(_ended), "0190b0a0000070008000000000000000"); // and one that the backup does not know
        Assert.Equal((0, "2 accounts on the list, 1 of them ended again."), await Replay());
        var ended = await Get<AccountState>("account", AccountKeys.Of(_ended));
        Assert.Equal((AccountPhase.Ended, null, null, null), (ended.Phase, ended.AccountKey, ended.BirthDate, ended.PasswordHash));
        Assert.NotNull(ended.EvidenceKey);
        var free = await Get<IdentifierState>("identifier", "email.k1.ended");
        Assert.Null(free.Owner);
        Assert.Empty(free.SignIns.Trusted);
        Assert.Equal((AccountPhase.Open, _living), ((await Get<AccountState>("account", AccountKeys.Of(_living))).Phase, (await Get<IdentifierState>("identifier", "email.k1.living")).Owner));
        Assert.Equal((0, "2 accounts on the list, 0 of them ended again."), await Replay());
    }

    [Fact]
    public async Task A_contact_that_went_to_somebody_else_meanwhile_stays_theirs()
    {
        await Put("identifier", "email.k1.ended", new IdentifierState { Owner = _living });
        await List(AccountKeys.Of(_ended));
        await Replay();
        Assert.Equal(_living, (await Get<IdentifierState>("identifier", "email.k1.ended")).Owner);
    }

    [Fact]
    public async Task It_refuses_while_a_process_runs_and_with_a_list_that_cannot_be_read()
    {
        await List(AccountKeys.Of(_ended));
        await new KeyHolders(_database).Say("silo-a", "e1", ["e1"], default);
        Assert.Contains("silo-a is running", (await Assert.ThrowsAsync<StartRefusedException>(Replay)).Message, StringComparison.Ordinal);
        await new KeyHolders(_database).Leave("silo-a");
        await File.WriteAllTextAsync(Path.Combine(_list, "other.shredded"), "nonsense\n{}\n");
        Assert.Contains("cannot be read (1)", (await Assert.ThrowsAsync<StartRefusedException>(Replay)).Message, StringComparison.Ordinal);
        Assert.Equal(AccountPhase.Open, (await Get<AccountState>("account", AccountKeys.Of(_ended))).Phase);
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_off_names_nobody_and_hides_nobody()
    {
        await List(AccountKeys.Of(_ended), AccountKeys.Of(_living));
        var file = Directory.GetFiles(_list).Single();
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text[..^20]);
        Assert.Equal([AccountKeys.Of(_ended)], ShredListFile.Read(_list));
    }

    [Fact]
    public async Task The_list_is_readable_by_the_service_alone_and_each_process_has_a_file_of_its_own()
    {
        await List(AccountKeys.Of(_ended));
        await List(AccountKeys.Of(_living));
        var files = Directory.GetFiles(_list);
        Assert.Equal(2, files.Length);
        foreach (var file in files)
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(2, ShredListFile.Read(_list).Count);
    }

    [Fact]
    public async Task Without_a_folder_a_cluster_ends_nobody()
    {
        using var list = new ShredListFile(ClusterStart(), Options.Create(new ShreddingOptions()));
        Assert.Contains("AiCloud:Shredding:ListFolder", (await Assert.ThrowsAsync<InvalidOperationException>(() => list.Add("a", DateTimeOffset.UnixEpoch, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_where_no_file_can_be_made_refuses_the_start_and_one_that_can_is_left_as_it_was()
    {
        ShredListFile.Prove(_list);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_list));
        ShredListFile.Prove(null);
        var taken = Path.Combine(_list, "a-file");
        File.WriteAllText(taken, "");
        Assert.StartsWith("AiCloud:Shredding:ListFolder: no file can be made there", Assert.Throws<StartRefusedException>(() => ShredListFile.Prove(taken)).Message, StringComparison.Ordinal);
    }

    private async Task List(params string[] accounts)
    {
        using var list = new ShredListFile(ClusterStart(), Options.Create(new ShreddingOptions { ListFolder = _list }));
        foreach (var account in accounts) await list.Add(account, new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero), default);
    }

    private async Task<(int, string)> Replay()
    {
        var output = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AiCloud:DataDirectory", Path.GetDirectoryName(_file.Settings.File))]).Build();
        var code = await ShreddedCommand.Run(["replay", _list], configuration, output);
        return (code, output.ToString().Trim());
    }

    private static Start ClusterStart() => new()
    {
        Options = new AccountsOptions(), Mode = HostMode.Cluster, Keys = KeyRing.Generate(new CryptographicRandomness()), Delivery = DeliveryMode.Development,
        Operations = new Operations.OperationsOptions(), Staff = new Staff.StaffSeeds(), Database = new DatabaseSettings(), Audit = Audit.AuditSink.Open(null, "nobody"),
    };

    private async Task Put<T>(string name, string key, T state)
    {
        await using var connection = await _database.State.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT INTO state (version, slot, key, name, service, payload, modified) VALUES (1, 0, @key, @name, 's', @payload, 0) ON CONFLICT DO UPDATE SET payload = excluded.payload",
            new { key, name, payload = new HeaderedStateSerializer().Serialize(state).ToArray() });
    }

    private async Task<T> Get<T>(string name, string key)
    {
        await using var connection = await _database.State.OpenConnectionAsync();
        return new HeaderedStateSerializer().Deserialize<T>(new BinaryData((await connection.QuerySingleAsync<byte[]>("SELECT payload FROM state WHERE name = @name AND key = @key", new { name, key }))!));
    }
}
