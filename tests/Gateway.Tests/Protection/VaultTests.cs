using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using AiCloud.Hosting;
using AiCloud.Live;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Protection;

/// <summary>
/// Key-encryption keys in a vault (C2.4a, C2.5e, C-01; DESIGN §6) over its real protocol and TLS: what it costs, what an outage costs, and that a
/// destroyed version takes every copy from before with it.
/// </summary>
public sealed class VaultTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aicloud-test-vault-").FullName;
    private TransitStandIn _vault = null!;

    private string Data => Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;

    public async ValueTask InitializeAsync() => _vault = await TransitStandIn.Start(_folder);

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_sign_up_costs_two_calls_an_activation_one_and_what_is_in_memory_none()
    {
        await using var gateway = await Start();
        var before = (Encrypt: _vault.CountOf("encrypt"), Decrypt: _vault.CountOf("decrypt"));
        var visitor = Visitor.ByEmail(gateway);
        var token = await visitor.Registered();
        Assert.Equal((before.Encrypt + 2, before.Decrypt), (_vault.CountOf("encrypt"), _vault.CountOf("decrypt")));
        for (var i = 0; i < 5; i++) (await gateway.Get("/v1/account", token)).Is(200);
        Assert.Equal((before.Encrypt + 2, before.Decrypt), (_vault.CountOf("encrypt"), _vault.CountOf("decrypt")));
        await Forget(gateway);
        for (var i = 0; i < 5; i++) (await gateway.Get("/v1/account", token)).Is(200);
        Assert.Equal(before.Decrypt + 1, _vault.CountOf("decrypt"));
        Assert.Equal(("decrypt", 2), _vault.Calls.Last(call => call.Act == "decrypt"));
    }

    [Fact]
    public async Task No_key_of_the_vault_s_making_stands_in_the_database()
    {
        await using var gateway = await Start();
        await Visitor.ByPhone(gateway).Registered();
        var rows = await Payloads(gateway);
        Assert.Contains(rows, row => row.Contains("\"kekId\":\"vault:aicloud-accounts:1\"", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains("\"kekId\":\"e1\"", StringComparison.Ordinal));
        Assert.True(_vault.Plaintexts.Count >= 3);
        Assert.All(_vault.Plaintexts, plain => Assert.DoesNotContain(rows, row => row.Contains(plain, StringComparison.Ordinal)
            || row.Contains(Convert.ToBase64String(Convert.FromBase64String(plain).AsSpan(20)), StringComparison.Ordinal)));
        Assert.DoesNotContain(gateway.Log.Lines, line => line.Contains(_vault.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_answers_503_to_whoever_needs_a_key_and_loses_nothing()
    {
        await using var gateway = await Start(("AiCloud:Keys:Reload", "00:00:01"));
        var (warm, cold) = (Visitor.ByEmail(gateway), Visitor.ByEmail(gateway));
        var coldToken = await cold.Registered();
        await Forget(gateway);
        var warmToken = await warm.Registered();
        var rows = await gateway.Rows("account");

        foreach (var broken in new Action<bool>[] { on => _vault.IsSealed = on, on => _vault.Slowness = on ? TimeSpan.FromSeconds(5) : TimeSpan.Zero, on => _vault.Token = on ? "another" : "hvs.stand-in-token" })
        {
            broken(true);
            Assert.NotEmpty((await gateway.Get("/v1/account", coldToken)).Is(503).Header("Retry-After")!);
            await (await Visitor.ByEmail(gateway).Start()).Problem(503, "unavailable");
            (await gateway.Get("/v1/account", warmToken)).Is(200); // in memory already
            await Shown(gateway, "aicloud.keys.vault.unreachable", 1);
            broken(false);
            await Shown(gateway, "aicloud.keys.vault.unreachable", 0);
        }
        Assert.Equal(rows, await gateway.Rows("account"));
        (await gateway.Get("/v1/account", coldToken)).Is(200);
        (await cold.SignIn()).Is(201);
        await Visitor.ByEmail(gateway).Registered();
    }

    [Fact]
    public async Task A_try_at_a_password_asks_the_vault_alike_whether_or_not_there_is_an_account__no_time_and_no_outage_tells_it()
    {
        await using var gateway = await Start();
        var (owner, nobody) = (Visitor.ByEmail(gateway), Visitor.ByEmail(gateway));
        await owner.Registered();
        await Wrong(nobody, 401); // what is made once in the life of a process
        foreach (var person in new[] { owner, nobody })
        {
            await Forget(gateway);
            Assert.Equal(1, await Asked(() => Wrong(person, 401)));
            Assert.Equal(("decrypt", 2), _vault.Calls.Last(call => call.Act == "decrypt"));
            Assert.Equal(0, await Asked(() => Wrong(person, 401)));
        }
        await Forget(gateway);
        _vault.IsSealed = true;
        Assert.Equal(await Asked(() => Wrong(owner, 503)), await Asked(() => Wrong(nobody, 503)));
        _vault.IsSealed = false;
        await Wrong(nobody, 401);
        (await owner.SignIn()).Is(201);

        async Task<int> Asked(Func<Task> act)
        {
            var before = _vault.CountOf("decrypt");
            await act();
            return _vault.CountOf("decrypt") - before;
        }
        async Task Wrong(Visitor who, int status) => (await gateway.Post("/v1/sessions", new { identifier = who.Contact, password = "not the password" })).Is(status);
    }

    [Fact]
    public async Task C2_5e_once_a_version_is_destroyed_copies_from_before_do_not_open_and_the_accounts_do()
    {
        await using var gateway = await Start();
        var visitor = Visitor.ByEmail(gateway);
        var token = await visitor.Registered();
        var copy = (await Rows(gateway)).Single(row => row.Name == "account");
        var file = Path.Combine(Data, "keys.json");
        var (output, database) = (new StringWriter(), gateway.Services.GetRequiredService<Database>());

        Assert.Contains("current", (await Assert.ThrowsAsync<StartRefusedException>(() => Retire())).Message, StringComparison.Ordinal);
        await (await Keys()).Rotate(null);
        await gateway.Services.GetRequiredService<Start>().Vault!.Renew(default);
        await new KeyHolders(database).Say("this", "vault:aicloud-accounts:2", [], default);
        await database.State.Run("DELETE FROM keyholder WHERE process <> 'this'");
        Assert.Contains("rows stand under vault:aicloud-accounts:1", (await Assert.ThrowsAsync<StartRefusedException>(() => Retire())).Message, StringComparison.Ordinal);
        var plaintexts = _vault.Plaintexts.Count;
        await (await Keys()).Rewrap(new Rewrapping.Pace(), default);
        Assert.Equal(plaintexts, _vault.Plaintexts.Count); // re-wrapped inside the vault
        await Retire();

        await Forget(gateway);
        (await gateway.Get("/v1/account", token)).Is(200);
        (await visitor.SignIn()).Is(201);
        await Visitor.ByEmail(gateway).Registered();
        await Assert.ThrowsAsync<KeyRingException>(async () => await Door().Unwrap([.. copy.HeldKeys()]));

        async Task<KeysTask> Keys()
        {
            var door = Door();
            await door.Renew(default);
            return new KeysTask(database, KeyRing.Load(file), file, output, door);
        }
        async Task<int> Retire() => await (await Keys()).Retire("vault:aicloud-accounts:1", null);
    }

    [Fact]
    public async Task An_installation_moves_from_its_ring_into_the_vault_without_losing_anybody()
    {
        string token;
        await using (var before = await LiveGateway.Start(Data, null)) token = await Visitor.ByEmail(before).Registered();
        await using var gateway = await Start();
        (await gateway.Get("/v1/account", token)).Is(200);
        (await gateway.Send(HttpMethod.Patch, "/v1/account", new StringContent("{\"displayName\":\"Moved\"}", Encoding.UTF8, "application/merge-patch+json"), token)).Is(200);
        Assert.Equal(["vault:aicloud-accounts:1", "vault:aicloud-accounts:1"], (await Rows(gateway)).Single(row => row.Name == "account").HeldKeys().Select(held => held.Key.KekId));
        await Forget(gateway);
        Assert.Equal("Moved", (await gateway.Get("/v1/account", token)).Is(200)["displayName"]);
    }

    [Fact]
    public async Task A_wrap_that_was_moved_to_another_account_does_not_open()
    {
        var door = Door();
        await door.Renew(default);
        var wraps = await door.Wrap([([.. Enumerable.Repeat((byte)7, 36)], "account/1/facts")]);
        await Assert.ThrowsAsync<CryptographicException>(async () => await door.Unwrap([new HeldKey("", "account/2/facts", wraps[0])]));
        Assert.Equal(Enumerable.Repeat((byte)7, 36), (await door.Unwrap([new HeldKey("", "account/1/facts", wraps[0])]))[0]);
    }

    [Fact]
    public async Task The_token_does_not_follow_a_redirect()
    {
        await using var thief = await TransitStandIn.Start(Directory.CreateDirectory(Path.Combine(_folder, "thief")).FullName);
        _vault.RedirectTo = $"{thief.Address}v1/transit/keys/aicloud-accounts";
        await Assert.ThrowsAsync<KeysUnavailableException>(() => Door().Renew(default));
        Assert.Empty(thief.Calls);
    }

    [Fact]
    public async Task A_renewed_token_is_taken_from_the_file_without_a_restart()
    {
        var door = Door();
        await door.Renew(default);
        _vault.Token = "hvs.the-next";
        await Assert.ThrowsAsync<KeysUnavailableException>(() => door.Renew(default));
        _vault.WriteToken("hvs.the-next");
        await door.Renew(default);
    }

    [Fact]
    public async Task A_start_with_another_vault_a_missing_key_or_an_open_token_file_is_one_line_and_changes_nothing()
    {
        await using (var first = await Start()) await Visitor.ByEmail(first).Registered();
        await using (var other = await TransitStandIn.Start(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName))
            await Refused("AiCloud:Keys:Vault:Key: ", other.Settings);
        await Refused("AiCloud:Keys:Vault:Key: the vault has no such key", [.. _vault.Settings, ("AiCloud:Keys:Vault:Key", "another")]);
        await Refused("AiCloud:Keys:Vault:Address: must be https", [.. _vault.Settings, ("AiCloud:Keys:Vault:Address", "http://vault.example.com")]);
        await Refused("AiCloud:Keys:Vault:TokenFile: ", [.. _vault.Settings, ("AiCloud:Keys:Vault:TokenFile", Path.Combine(_folder, "none"))]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_vault.TokenFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            await Refused("AiCloud:Keys:Vault:TokenFile: ", _vault.Settings);
            File.SetUnixFileMode(_vault.TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        _vault.IsSealed = true;
        await Refused("AiCloud:Keys:Vault:Address: The vault answered 503.", _vault.Settings);
        _vault.IsSealed = false;
        // Not the authority that the operator named.
        using var stranger = new AiCloud.Tls.Authority();
        await File.WriteAllTextAsync(Path.Combine(_folder, "stranger.crt"), stranger.Pem);
        await Refused("AiCloud:Keys:Vault:Address: The vault cannot be reached", [.. _vault.Settings, ("AiCloud:Keys:Vault:CaFile", Path.Combine(_folder, "stranger.crt"))]);
        await using var again = await Start();
        Assert.Equal(1, await again.Rows("account"));
    }

    // What AccountsVaultGone looks at: asked every second here.
    private static async Task Shown(LiveGateway gateway, string metric, int value)
    {
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        var shown = -1;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // The scope is the factory: other tests' meters have the same name.
            if (instrument.Name == metric && ReferenceEquals(instrument.Meter.Scope, meters)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, measured, _, _) => shown = measured);
        listener.Start();
        for (var tries = 0; shown != value; tries++)
        {
            Assert.True(tries < 200, $"{metric} {shown}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
            listener.RecordObservableInstruments();
        }
    }

    private async Task Refused(string line, (string Key, string Value)[] settings)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => LiveGateway.Start(Data, null, settings));
        Assert.True(refused is StartRefusedException or KeyRingException, refused.ToString());
        Assert.StartsWith(line, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(_vault.Token, refused.Message, StringComparison.Ordinal);
    }

    private Task<LiveGateway> Start(params (string Key, string Value)[] more) => LiveGateway.Start(Data, null, [.. _vault.Settings, .. more]);

    private TransitKeyEncryption Door() => new(new TransitClient(_vault.Options), "aicloud-accounts");

    private static Task Forget(LiveGateway gateway) => gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    private static Task<IReadOnlyList<KeyedRow>> Rows(LiveGateway gateway) => new KeyedRows(gateway.Services.GetRequiredService<Database>()).Page(("", "", ""), 100, null);

    private static async Task<string[]> Payloads(LiveGateway gateway) => [.. (await Rows(gateway)).Select(row => Encoding.UTF8.GetString(row.Payload))];
}

internal static class Statements
{
    public static async Task Run(this System.Data.Common.DbDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
