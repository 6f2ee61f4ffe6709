using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.PersonalData;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;
using Dapper;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Shredding;

/// <summary>
/// The last step of every ending (C2.5e, L-20, C-01): shown on copies of every table from before and from after, with the keys at hand.
/// </summary>
public sealed partial class ShreddingTests(EitherDatabase<ClusterFixture, PostgreSqlFixture> databases) : IClassFixture<EitherDatabase<ClusterFixture, PostgreSqlFixture>>
{
    public static TheoryData<DatabaseProvider> Both => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    [Theory, MemberData(nameof(Both))]
    public async Task C2_5e_afterwards_no_copy_in_any_table_decrypts_and_nothing_of_the_person_stands_in_clear(DatabaseProvider provider)
    {
        var cluster = await databases.On(provider);
        var person = await Someone(cluster);
        var before = await Dump(cluster);
        using var key = cluster.KeyOf(person, evidence: false);
        using var evidence = cluster.KeyOf(person, evidence: true);
        Assert.True(Sealed(before, key) >= 6, "The scan must find what it looks for: contact, password, birth date, name, session, copy.");
        Assert.True(Sealed(before, evidence) >= 3);
        var wrap = Convert.ToBase64String((await State(cluster, person)).AccountKey!.Bytes);
        Assert.Contains(before, value => Holds(value, wrap));

        Granted(await Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
        await Flushed(cluster, person);
        await Sweep(cluster);

        var after = await Dump(cluster);
        Assert.Equal(0, Sealed(after, key));
        Assert.DoesNotContain(after, value => Holds(value, wrap));
        foreach (var known in new[] { person.Contact.Address, "Wei-Shredded", "1990-05-17", "Test on Linux", person.PasswordHash, person.IdentifierKey, person.Id })
            Assert.DoesNotContain(after, value => Holds(value, known));
        // What must outlive the account does, under its own key: every acceptance of the chain opens.
        Assert.True(Sealed(after, evidence) >= 3);
        Assert.Null((await State(cluster, person)).AccountKey);
        Assert.Equal([LedgerKinds.Acceptance, LedgerKinds.Acceptance, LedgerKinds.Acceptance, LedgerKinds.Ended],
            (await Ledger(cluster).Entries(AccountKeys.Of(person.Account))).Select(entry => entry.Kind).Where(kind => kind is LedgerKinds.Acceptance or LedgerKinds.Ended));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_gets_in_any_more_and_the_contact_is_free(DatabaseProvider provider)
    {
        var cluster = await databases.On(provider);
        var person = await Someone(cluster);
        Granted(await Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session));
        Assert.Null((await person.AccountActor.Credential()).PasswordHash);
        Assert.Null((await person.Identifier.Standing()).Owner);
        await cluster.Forget(person.AccountActor, person.Identifier);
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session));
        Assert.False(await person.AccountActor.Settle());

        cluster.Clock.Advance(TimeSpan.FromMinutes(2)); // the wait between two messages to one contact outlives its owner
        var again = await cluster.NewPerson(person.Contact).SignUp();
        Assert.NotEqual(person.Account, again.Account);
        Granted(await again.AccountActor.View(again.Session));
        // A shred of the former account that is repeated late takes nothing from the new one.
        Granted(await Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
        Assert.Equal(again.Account, (await again.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task It_is_on_the_list_before_the_key_goes_and_a_crash_in_between_is_taken_up()
    {
        var cluster = await databases.On(DatabaseProvider.Sqlite);
        var person = await Someone(cluster);
        cluster.Shredded.Failing = 1;
        await Assert.ThrowsAnyAsync<Exception>(() => Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
        var half = await State(cluster, person);
        Assert.Equal((AccountPhase.Ending, true), (half.Phase, half.AccountKey is not null));
        Assert.DoesNotContain(AccountKeys.Of(person.Account), cluster.Shredded.Accounts);
        Refused(RefusalCode.NotFound, await person.AccountActor.View(person.Session)); // and nobody gets in meanwhile

        await cluster.Forget(person.AccountActor);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster.Wake();
        Assert.Equal(AccountPhase.Ended, (await State(cluster, person)).Phase);
        Assert.Single(cluster.Shredded.Accounts, account => account == AccountKeys.Of(person.Account));
    }

    [Theory, InlineData(WriteFault.Before), InlineData(WriteFault.After)]
    public async Task A_write_that_fails_in_the_middle_leaves_an_account_that_ends_all_the_same(WriteFault fault)
    {
        var cluster = await databases.On(DatabaseProvider.Sqlite);
        foreach (var write in new[] { 0, 1 })
        {
            var person = await Someone(cluster);
            var key = AccountKeys.Of(person.Account);
            if (write == 1)
            {
                cluster.Shredded.Failing = 1;
                await Assert.ThrowsAnyAsync<Exception>(() => Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
            }
            cluster.Faults.FailNext("account", key, fault);
            await Record.ExceptionAsync(() => Shredding(cluster, person).Shred(EndingGrounds.Cancellation));
            Granted(await Repeatable.Call(() => Shredding(cluster, person).Shred(EndingGrounds.Cancellation)));
            Assert.Equal(AccountPhase.Ended, (await State(cluster, person)).Phase);
            Assert.Null((await person.Identifier.Standing()).Owner);
        }
    }

    [Fact]
    public async Task An_account_that_never_was_is_not_ended_and_one_that_is_prepared_neither()
    {
        var cluster = await databases.On(DatabaseProvider.Sqlite);
        Refused(RefusalCode.NotFound, await cluster.Grains.GetGrain<IAccountShredding>(AccountKeys.Of(Guid.CreateVersion7())).Shred(EndingGrounds.Cancellation));
    }

    [Fact]
    public void What_remains_is_named_and_what_is_new_goes()
    {
        string[] remains =
        [
            nameof(AccountState.Phase), nameof(AccountState.CreatedAt), nameof(AccountState.EndingSince), nameof(AccountState.Declarations), nameof(AccountState.EvidenceKey),
            nameof(AccountState.Acceptances), nameof(AccountState.Consents), nameof(AccountState.Responsibilities), nameof(AccountState.Head), nameof(AccountState.Pending),
        ];
        var source = File.ReadAllText(Repository.At("src", "Grains", "Accounts", "AccountState.Shredding.cs"));
        var body = source[source.IndexOf("Shredded() => new()", StringComparison.Ordinal)..];
        Assert.Equal(remains.Order(StringComparer.Ordinal), Assigned().Matches(body).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static async Task<Registrant> Someone(ClusterFixture cluster)
    {
        var person = await cluster.NewPerson().SignUp();
        Granted(await person.AccountActor.Change(person.Session, new ChangeAccount { DisplayName = "Wei-Shredded" }));
        Granted(await person.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(NewId()), MatchedHash = person.PasswordHash }));
        var data = cluster.Grains.GetGrain<IAccountData>(AccountKeys.Of(person.Account));
        var copy = Granted(await data.RequestExport(person.Session, NewId()));
        while (Granted(await data.Export(person.Session, copy.Id)).State == ExportState.Preparing) cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // a part a tick
        return person;
    }

    // The attempt that made the account lapses by itself half an hour later, and so does what is counted for a contact that is nobody's.
    private static async Task Sweep(ClusterFixture cluster)
    {
        cluster.Clock.Advance(TimeSpan.FromHours(25) + TimeSpan.FromMinutes(31));
        await cluster.Sweep();
    }

    private static async Task Flushed(ClusterFixture cluster, Registrant person)
    {
        Assert.True(await person.AccountActor.Flush());
        await cluster.Forget(person.AccountActor);
    }

    private static ILedgerReader Ledger(ClusterFixture cluster) => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ILedgerReader>(cluster.Cluster.GetSiloServiceProvider());

    private static IAccountShredding Shredding(ClusterFixture cluster, Registrant person) => cluster.Grains.GetGrain<IAccountShredding>(AccountKeys.Of(person.Account));

    private static async Task<AccountState> State(ClusterFixture cluster, Registrant person)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        var payload = await connection.QuerySingleAsync<byte[]>("SELECT payload FROM state WHERE name = 'account' AND key = @key", new { key = AccountKeys.Of(person.Account) });
        return new HeaderedStateSerializer().Deserialize<AccountState>(new BinaryData(payload!));
    }

    /// <summary>Every value of every column of every table, as bytes.</summary>
    private static async Task<List<byte[]>> Dump(ClusterFixture cluster)
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(cluster.Database.Provider == DatabaseProvider.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        var values = new List<byte[]>();
        foreach (var table in tables.ToArray())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using DbDataReader rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                for (var i = 0; i < rows.FieldCount; i++)
                    if (!rows.IsDBNull(i)) values.Add(rows.GetValue(i) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!));
        }
        return values;
    }

    // Found as it is, and as base64 at each of the three places where it may begin within a longer text.
    private static bool Holds(byte[] value, string text) => value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
        || value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..^4])) >= 0;

    /// <summary>How many values a key opens: whatever begins with algorithm and key id, in clear bytes or in base64 within a payload.</summary>
    private static int Sealed(IEnumerable<byte[]> dump, DataKey key)
    {
        byte[] mark = [1, .. key.Material[..4]];
        var found = 0;
        foreach (var value in dump)
        {
            if (value.AsSpan().StartsWith(mark)) found++;
            foreach (Match text in Base64().Matches(Encoding.Latin1.GetString(value)))
                if (Bytes(text.Value) is { } bytes && bytes.AsSpan().StartsWith(mark)) found++;
        }
        return found;
    }

    private static byte[]? Bytes(string base64)
    {
        try { return Convert.FromBase64String(base64); }
        catch (FormatException) { return null; }
    }

    [GeneratedRegex("[A-Za-z0-9+/]{40,}={0,2}")]
    private static partial Regex Base64();

    [GeneratedRegex(@"^        (\w+) = ", RegexOptions.Multiline)]
    private static partial Regex Assigned();
}

internal static class KeysOfPeople
{
    /// <summary>The person's key as whoever has ring and database gets it.</summary>
    public static DataKey KeyOf(this ClusterFixture cluster, Registrant person, bool evidence)
    {
        using var connection = cluster.Database.State.OpenConnection();
        var payload = connection.QuerySingle<byte[]>("SELECT payload FROM state WHERE name = 'account' AND key = @key", new { key = AccountKeys.Of(person.Account) });
        var state = new HeaderedStateSerializer().Deserialize<AccountState>(new BinaryData(payload!));
        var held = state.HeldKeys(AccountKeys.Of(person.Account)).Single(one => one.Path == (evidence ? "evidenceKey" : "accountKey"));
        return new Envelope(cluster.Ring, new CryptographicRandomness()).Unwrap(held.Key, held.Owner);
    }
}
