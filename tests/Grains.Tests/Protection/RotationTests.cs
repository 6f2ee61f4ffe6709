using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AiCloud.Accounts;
using AiCloud.Hosting;
using AiCloud.Registration;
using AiCloud.Storage;
using Dapper;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Protection;

/// <summary>Epochs of key-encryption keys (C2.4a, C2.5e, C-01): rotated, brought under and retired beside actors at work, with nothing lost.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aicloud-test-rotation-").FullName;
    private readonly StringWriter _output = new();
    private ClusterFixture _cluster = null!;

    public static TheoryData<DatabaseProvider> Both => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    private string File => Path.Combine(_folder, "keys.json");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        await _output.DisposeAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task C2_5e_after_rotation_rewrap_and_retirement_a_copy_from_before_does_not_open_and_the_account_does(DatabaseProvider provider)
    {
        var person = await (await Cluster(provider)).NewPerson().SignUp();
        await _cluster.NewPerson().Prove(); // an attempt under way has a key too
        var before = await Payload(person);
        await Rotate();
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Task(Ring()).Retire("e1", null));
        Assert.Contains("2 keys in account rows, 2 keys in registration rows stand under e1", refused.Message, StringComparison.Ordinal);

        Assert.Equal(0, await Task(Ring()).Rewrap(new Rewrapping.Pace(), CancellationToken.None));
        Assert.Contains("3 rows looked at, 3 brought under e2. Done.", _output.ToString(), StringComparison.Ordinal);
        await _cluster.Forget(person.AccountActor);
        Assert.Equal("Somebody", Granted(await person.AccountActor.View(person.Session)).DisplayName);

        Assert.Equal(0, await Task(Ring()).Retire("e1", null));
        Assert.Equal(["e2"], Ring().Epochs);
        await StartKeys.Verify(_cluster.Database.Settings, Ring()); // whoever starts with the new file does

        var now = new AccountVault(new Envelope(Ring(), new CryptographicRandomness()));
        Assert.Equal("$argon2id$of-a-password", now.Password(AccountKeys.Of(person.Account), Read(await Payload(person))));
        Assert.Contains("\"e1\"", Assert.Throws<KeyRingException>(() => now.Password(AccountKeys.Of(person.Account), Read(before))).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    [Trait("Takes", "long")]
    public async Task Rewrapping_beside_people_who_change_their_accounts_undoes_no_change(DatabaseProvider provider)
    {
        var people = new List<Registrant>();
        await Cluster(provider);
        for (var i = 0; i < 40; i++) people.Add(await _cluster.NewPerson().SignUp());
        await Rotate();

        using var done = new CancellationTokenSource();
        var names = new string[people.Count];
        async Task GoOnChanging(Registrant person, int i)
        {
            for (var n = 0; !done.IsCancellationRequested || n == 0; n++)
            {
                Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = $"Name {i} {n}" }));
                names[i] = $"Name {i} {n}";
            }
        }
        var changes = people.Select(GoOnChanging).ToArray();
        for (var round = 0; round < 5; round++) await Task(Ring()).Rewrap(new Rewrapping.Pace(Chunk: 7, PerSecond: 100_000), CancellationToken.None);
        await done.CancelAsync();
        await System.Threading.Tasks.Task.WhenAll(changes);

        foreach (var (person, name) in people.Zip(names))
        {
            await _cluster.Forget(person.AccountActor);
            Assert.Equal(name, Granted(await person.AccountActor.View(person.Session)).DisplayName);
        }
        Assert.Empty((await Dependents()).On("encryption e1"));
        Assert.Equal(80, (await Dependents()).On("encryption e2").Single(found => found.State == "account").Number);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_row_that_is_written_while_it_is_being_rewrapped_keeps_what_was_written(DatabaseProvider provider)
    {
        var person = await (await Cluster(provider)).NewPerson().SignUp();
        await Rotate();
        var (rows, envelope) = (new KeyedRows(_cluster.Database), new Envelope(Ring(), new CryptographicRandomness()));
        var read = (await rows.Page(("", "", ""), 10, KeyedRow.Holders)).Single(row => row.Name == "account");
        var fresh = await envelope.Rewrap(read.HeldKeys());
        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "Written meanwhile" }));

        Assert.Equal(0, await rows.Put("e2", [(read, read.With(read.HeldKeys().Select(held => (held, fresh.Values.First()))))], RewrapProgress.None));

        await _cluster.Forget(person.AccountActor);
        Assert.Equal("Written meanwhile", Granted(await person.AccountActor.View(person.Session)).DisplayName);
    }

    [Fact]
    public async Task An_account_in_use_moves_to_the_new_epoch_with_its_next_write_and_costs_no_statement_more()
    {
        var person = await (await Cluster(DatabaseProvider.Sqlite)).NewPerson().SignUp();
        await Rotate();
        var writes = _cluster.Faults.Writes("account", AccountKeys.Of(person.Account));
        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "Else" }));
        Assert.Equal(writes + 1, _cluster.Faults.Writes("account", AccountKeys.Of(person.Account)));
        Assert.Equal(["e2", "e2"], Read(await Payload(person)).HeldKeys("x").Select(held => held.Key.KekId));
        Assert.Equal("Else", Granted(await person.AccountActor.View(person.Session)).DisplayName); // the activation goes on with its new wraps
    }

    [Fact]
    public async Task Whoever_lacks_the_new_epoch_or_still_wraps_under_the_old_one_holds_the_rotation_up()
    {
        await Cluster(DatabaseProvider.Sqlite);
        await Task(Ring()).Rotate(null);
        var holders = new KeyHolders(_cluster.Database);
        await holders.Say("silo-a", "e1", ["e1", "e2"], CancellationToken.None);
        await holders.Say("silo-b", "e1", ["e1"], CancellationToken.None);
        Assert.Contains("silo-b does not hold e2 yet", (await Assert.ThrowsAsync<StartRefusedException>(() => Task(Ring()).Rotate(null))).Message, StringComparison.Ordinal);
        Assert.Equal("e1", Ring().CurrentEpoch);

        await holders.Say("silo-b", "e1", ["e1", "e2"], CancellationToken.None);
        await Task(Ring()).Rotate(null);
        Assert.Equal("e2", Ring().CurrentEpoch);
        Assert.Contains("silo-a still wraps under e1", (await Assert.ThrowsAsync<StartRefusedException>(
            () => Task(Ring()).Rewrap(new Rewrapping.Pace(), CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Contains("wraps under e1", (await Assert.ThrowsAsync<StartRefusedException>(() => Task(Ring()).Retire("e1", null))).Message, StringComparison.Ordinal);

        await holders.Leave("silo-a");
        await holders.Leave("silo-b");
        await Task(Ring()).Retire("e1", null);
    }

    [Fact]
    public async Task The_current_epoch_an_unknown_one_and_one_that_a_row_names_are_not_retired()
    {
        var person = await (await Cluster(DatabaseProvider.Sqlite)).NewPerson().SignUp();
        Assert.Contains("current", (await Assert.ThrowsAsync<KeyRingException>(() => Task(Ring()).Retire("e1", null))).Message, StringComparison.Ordinal);
        Assert.Contains("no encryption key", (await Assert.ThrowsAsync<KeyRingException>(() => Task(Ring()).Retire("e7", null))).Message, StringComparison.Ordinal);
        await Rotate();
        // A state that no release of today keeps, as a newer one might leave behind: what it needs is found all the same.
        await using (var connection = await _cluster.Database.State.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("UPDATE state SET name = 'of-a-newer-release' WHERE name = 'account'");
        }
        Assert.Contains("2 keys in of-a-newer-release rows", (await Assert.ThrowsAsync<StartRefusedException>(() => Task(Ring()).Retire("e1", null))).Message, StringComparison.Ordinal);
        Assert.NotNull(person);
    }

    [Fact]
    public async Task Members_that_only_a_newer_release_knows_survive_a_rewrap()
    {
        var person = await (await Cluster(DatabaseProvider.Sqlite)).NewPerson().SignUp();
        var payload = await Payload(person);
        var json = JsonNode.Parse(payload.AsSpan(20))!;
        json["ofANewerRelease"] = new JsonObject { ["名"] = "值 <&>", ["n"] = 1.50m };
        await using (var connection = await _cluster.Database.State.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("UPDATE state SET payload = @payload WHERE name = 'account'",
                new { payload = (byte[])[.. payload.AsSpan(0, 20), .. System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(HeaderedStateSerializer.Json))] });
        }
        await Rotate();
        await Task(Ring()).Rewrap(new Rewrapping.Pace(), CancellationToken.None);
        var after = JsonNode.Parse((await Payload(person)).AsSpan(20))!;
        Assert.True(JsonNode.DeepEquals(json["ofANewerRelease"], after["ofANewerRelease"]));
        Assert.Equal("e2", after["accountKey"]!["kekId"]!.GetValue<string>());
        foreach (var name in new[] { "accountKey", "evidenceKey" }) { json[name] = null; after[name] = null; }
        Assert.Equal(json.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public async Task A_list_says_what_depends_on_what()
    {
        await (await Cluster(DatabaseProvider.Sqlite)).NewPerson().SignUp();
        await Task(Ring()).Rotate(null);
        await new KeyHolders(_cluster.Database).Say("silo", "e1", ["e1"], CancellationToken.None);
        await Task(Ring()).List();
        var said = _output.ToString();
        Assert.Matches(@"lookup k1 \(current\): .*\d in account, \d+ in identifier", said);
        Assert.Contains("encryption e1 (current): held by 1 of 1 processes; 2 in account", said, StringComparison.Ordinal);
        Assert.Contains("encryption e2 (stands by): held by 0 of 1 processes; nothing depends on it", said, StringComparison.Ordinal);
        Assert.Matches(@"secrets s1 \(current\): \d+ in ", said);
    }

    [Fact]
    public async Task A_rotation_under_way_leaves_a_ring_and_a_database_that_a_start_accepts_at_every_step()
    {
        await Cluster(DatabaseProvider.Sqlite);
        var first = Ring();
        await Task(first).Rotate(null);
        await StartKeys.Verify(_cluster.Database.Settings, Ring());
        await Task(Ring()).Rotate(null);
        await StartKeys.Verify(_cluster.Database.Settings, Ring());
        var both = Ring();
        await Task(both).Retire("e1", null);
        await StartKeys.Verify(_cluster.Database.Settings, Ring());
        await StartKeys.Verify(_cluster.Database.Settings, both); // a process that still has the old file does no harm
        await Assert.ThrowsAsync<KeyRingException>(() => StartKeys.Verify(_cluster.Database.Settings, first)); // one without the new epoch would
        await Assert.ThrowsAsync<KeyRingException>(() => StartKeys.Verify(_cluster.Database.Settings, KeyRing.Generate(new CryptographicRandomness())));
    }

    [Fact]
    public async Task A_ring_that_cannot_be_written_where_it_is_goes_where_it_is_told_to_and_never_over_another()
    {
        await Cluster(DatabaseProvider.Sqlite);
        var elsewhere = Path.Combine(_folder, "next.json");
        await Task(Ring()).Rotate(elsewhere);
        Assert.Equal((null, "e2"), (Ring().StandsBy, KeyRing.Load(elsewhere).StandsBy));
        Assert.Contains("cannot be written", (await Assert.ThrowsAsync<StartRefusedException>(() => Task(Ring()).Rotate(elsewhere))).Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(elsewhere));
    }

    private async Task<ClusterFixture> Cluster(DatabaseProvider provider)
    {
        _cluster = provider == DatabaseProvider.Sqlite ? new ClusterFixture() : new PostgreSqlFixture();
        await _cluster.InitializeAsync();
        _cluster.Ring.SaveNew(File);
        await StartKeys.Verify(_cluster.Database.Settings, Ring());
        return _cluster;
    }

    // What an operator does, and what every process does when its file changes.
    private async Task Rotate()
    {
        await Task(Ring()).Rotate(null);
        await Task(Ring()).Rotate(null);
        Assert.True(_cluster.Ring.Adopt(Ring()));
    }

    private KeyRing Ring() => KeyRing.Load(File);

    private KeysTask Task(KeyRing ring) => new(_cluster.Database, ring, File, _output);

    private Task<KeyDependents> Dependents() => new KeyedRows(_cluster.Database).Dependents(Ring());

    private async Task<byte[]> Payload(Registrant person)
    {
        await using var connection = await _cluster.Database.State.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<byte[]>("SELECT payload FROM state WHERE name = 'account' AND key = @key", new { key = AccountKeys.Of(person.Account) }))!;
    }

    private static AccountState Read(byte[] payload) => new HeaderedStateSerializer().Deserialize<AccountState>(new BinaryData(payload));
}
