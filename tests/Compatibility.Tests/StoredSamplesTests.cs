using System.Reflection;
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

    [Fact]
    public void Every_state_that_this_release_keeps_has_a_sample()
    {
        var sampled = Releases.SelectMany(release => Rows(release.Data)).Select(row => row.Name).ToHashSet(StringComparer.Ordinal);
        var missing = StoredStates.All.Keys.Where(name => !sampled.Contains(name)).Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, $"""
            No sample holds: {string.Join(", ", missing)}
            Have scripts/record-samples.sh bring such a row about, and record the samples of the release that keeps it first.
            """);
    }

    [Theory, InlineData("factMarks"), InlineData("ward"), InlineData("security"), InlineData("head"), InlineData("factMarks.contest")]
    public void A_part_of_an_account_that_came_later_has_a_sample(string part) => Assert.Contains(
        Releases.SelectMany(release => Rows(release.Data)).Where(row => row.Name == "account"),
        row => part.Split('.').Aggregate(JsonNode.Parse(row.Payload.AsSpan(20)), (at, name) => (at is JsonArray many ? many[0] : at)?[name]) is JsonArray { Count: > 0 } or JsonObject { Count: > 0 });

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
        var kept = Serializer.Deserialize<AccountState>(new BinaryData(row.Payload));
        if (kept.Head is { } head)
        {
            Assert.True(head.Number >= kept.Acceptances.Length); // acts of other kinds stand in it too
            return;
        }
        var account = kept.WithLedger(row.Key); // of before there were chains
        Assert.Equal(account.Acceptances.Length, account.Head!.Number);
        Assert.Equal(account.Acceptances.Select(acceptance => acceptance.Document), account.Unflushed().Select(entry => entry.Document));
    }

    [Theory, MemberData(nameof(Releases))]
    public void Texts_keep_their_digests(string release) =>
        Assert.All(Rows(release).Where(row => row.Name == "document").SelectMany(row => Serializer.Deserialize<DocumentState>(new BinaryData(row.Payload)).Versions),
            version => Assert.Equal(version.Sha256, DocumentDigest.Of(version.Texts)));

    private static bool SameAgain(string name, byte[] payload) => (bool)Again.MakeGenericMethod(StoredStates.All[name]).Invoke(null, [payload])!;

    private static readonly MethodInfo Again = typeof(StoredSamplesTests).GetMethod(nameof(IsSameAgain), BindingFlags.NonPublic | BindingFlags.Static)!;

    // A later release may write more; what the sample holds must still be there with the same value.
    private static bool IsSameAgain<T>(byte[] payload)
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
        Directory.GetFiles(Folder(release), "*.row").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file).Split('~')[0], Path.GetFileNameWithoutExtension(file).Split('~')[1], File.ReadAllBytes(file)));

    private static Envelope Envelope(string release)
    {
        var keys = Path.Combine(Folder(release), "keys.json");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new Envelope(KeyRing.Load(keys), new CryptographicRandomness());
    }

    private static string Folder(string release) => Path.Combine(AppContext.BaseDirectory, "Samples", release);
}
