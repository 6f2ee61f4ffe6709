using System.Text.Json.Nodes;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Networks;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Storage;

namespace AiCloud.Compatibility;

/// <summary>
/// Rows as released versions wrote them, with the key ring they were written under (scripts/record-samples.sh), read by today's code.
/// A sample is never edited: a release that cannot read one cannot be rolled out.
/// </summary>
public sealed class StoredSamplesTests
{
    private static readonly HeaderedStateSerializer Serializer = new();

    public static TheoryData<string> Releases => [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Samples")).Select(folder => Path.GetFileName(folder)!)];

    [Theory, MemberData(nameof(Releases))]
    public void Every_row_of_a_release_is_read_and_written_again_without_loss(string release)
    {
        var read = Rows(release).Select(row => (row.Name, row.Key, Same: SameAgain(row.Name, row.Payload))).ToArray();
        Assert.All(read, row => Assert.True(row.Same, $"{row.Name} {row.Key}"));
        Assert.Superset(new HashSet<string> { "account", "document", "identifier", "network", "registration" }, read.Select(row => row.Name).ToHashSet());
    }

    [Theory, MemberData(nameof(Releases))]
    public void The_facts_of_an_account_open_under_the_release_s_keys(string release)
    {
        var vault = new AccountVault(Envelope(release));
        var row = Rows(release).First(row => row.Name == "account");
        var account = Serializer.Deserialize<AccountState>(new BinaryData(row.Payload));
        var view = vault.View(row.Key, account);
        Assert.Equal("s***@example.com", view.Contacts.Single().Masked);
        Assert.Equal("1990-**-**", view.BirthDate);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", vault.Password(row.Key, account));
        Assert.Equal(["privacy-agreement", "registration-agreement", "privacy-agreement"],
            vault.Acceptances(row.Key, account).Select(acceptance => acceptance.Acceptance.Document.Kind));
    }

    [Theory, MemberData(nameof(Releases))]
    public void An_open_account_has_a_chain_of_its_acceptances(string release)
    {
        var row = Rows(release).First(row => row.Name == "account");
        var account = Serializer.Deserialize<AccountState>(new BinaryData(row.Payload)).WithLedger(row.Key);
        Assert.Equal(account.Acceptances.Length, account.Head!.Number);
        Assert.Equal(account.Acceptances.Select(acceptance => acceptance.Document), account.Unflushed().Select(entry => entry.Document));
    }

    [Theory, MemberData(nameof(Releases))]
    public void Texts_keep_their_digests(string release) =>
        Assert.All(Rows(release).Where(row => row.Name == "document").SelectMany(row => Serializer.Deserialize<DocumentState>(new BinaryData(row.Payload)).Versions),
            version => Assert.Equal(version.Sha256, DocumentDigest.Of(version.Texts)));

    private static bool SameAgain(string name, byte[] payload) => name switch
    {
        "account" => SameAgain<AccountState>(payload),
        "document" => SameAgain<DocumentState>(payload),
        "identifier" => SameAgain<IdentifierState>(payload),
        "guardian-invitation" => SameAgain<GuardianInvitation>(payload),
        "ledger-backfill" => SameAgain<LedgerBackfill>(payload),
        "network" => SameAgain<NetworkState>(payload),
        "registration" => SameAgain<PendingRegistration>(payload),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A state that this test does not know."),
    };

    // A later release may write more; what the sample holds must still be there with the same value.
    private static bool SameAgain<T>(byte[] payload)
    {
        var again = Serializer.Serialize(Serializer.Deserialize<T>(new BinaryData(payload))).ToArray();
        return again.AsSpan(0, 20).SequenceEqual(payload.AsSpan(0, 20)) && Holds(JsonNode.Parse(again.AsSpan(20)), JsonNode.Parse(payload.AsSpan(20)));
    }

    private static bool Holds(JsonNode? now, JsonNode? sample) => (now, sample) switch
    {
        (JsonObject mine, JsonObject theirs) => theirs.All(member => Holds(mine[member.Key], member.Value)),
        (JsonArray mine, JsonArray theirs) => mine.Count == theirs.Count && mine.Zip(theirs).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(now, sample),
    };

    private static IEnumerable<(string Name, string Key, byte[] Payload)> Rows(string release) =>
        Directory.GetFiles(Folder(release), "*.row").Select(file => (Path.GetFileName(file).Split('~')[0], Path.GetFileNameWithoutExtension(file).Split('~')[1], File.ReadAllBytes(file)));

    private static Envelope Envelope(string release)
    {
        var keys = Path.Combine(Folder(release), "keys.json");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new Envelope(KeyRing.Load(keys), new CryptographicRandomness());
    }

    private static string Folder(string release) => Path.Combine(AppContext.BaseDirectory, "Samples", release);
}
