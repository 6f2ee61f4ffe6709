using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using AiCloud.Identifiers;

namespace AiCloud.Protection;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private static readonly CryptographicRandomness Chance = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;

    private string Path => System.IO.Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_ring_loads_as_the_same_ring_and_is_private()
    {
        var ring = KeyRing.Generate(Chance);
        ring.SaveNew(Path);
        Assert.Equal(ring.CheckValues(), KeyRing.Load(Path).CheckValues());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_ring_is_never_written_over_another()
    {
        var first = KeyRing.Generate(Chance);
        first.SaveNew(Path);
        Assert.Throws<IOException>(() => KeyRing.Generate(Chance).SaveNew(Path));
        Assert.Equal(first.CheckValues(), KeyRing.Load(Path).CheckValues());
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"lookup":null,"encryption":null,"secrets":null}""")]
    public void A_file_that_is_no_ring_is_refused_in_one_line(string content) => Refused(content);

    [Fact]
    public void A_missing_file_is_refused_in_one_line_that_names_the_setting()
    {
        var refusal = Assert.Throws<KeyRingException>(() => KeyRing.Load(Path));
        Assert.Equal($"AiCloud:Keys:File: there is no file {Path}.", refusal.Message);
        Assert.Throws<KeyRingException>(() => KeyRing.Load(""));
        Assert.Throws<KeyRingException>(() => KeyRing.Load(_folder));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite, false)]
    public void A_file_open_to_others_is_refused(UnixFileMode mode, bool loads)
    {
        KeyRing.Generate(Chance).SaveNew(Path);
        File.SetUnixFileMode(Path, mode);
        Assert.Equal(loads, Record.Exception(() => KeyRing.Load(Path)) is null);
    }

    [Theory]
    [InlineData("a key of 31 bytes")]
    [InlineData("a key of zeros")]
    [InlineData("an id twice")]
    [InlineData("an id with a dot")]
    [InlineData("no such current key")]
    [InlineData("no key at all")]
    [InlineData("another format")]
    [InlineData("an unknown member")]
    public void A_broken_ring_is_refused_without_showing_key_material(string fault)
    {
        KeyRing.Generate(Chance).SaveNew(Path);
        var json = JsonNode.Parse(File.ReadAllText(Path))!;
        var lookup = json["lookup"]!;
        var keys = lookup["keys"]!.AsArray();
        var material = keys[0]!["key"]!.GetValue<string>();
        switch (fault)
        {
            case "a key of 31 bytes": keys[0]!["key"] = material = Convert.ToBase64String(Convert.FromBase64String(material)[..31]); break;
            case "a key of zeros": keys[0]!["key"] = Convert.ToBase64String(new byte[32]); break;
            case "an id twice": keys.Add(keys[0]!.DeepClone()); break;
            case "an id with a dot": keys[0]!["id"] = "k.1"; lookup["current"] = "k.1"; break;
            case "no such current key": lookup["current"] = "k2"; break;
            case "no key at all": keys.Clear(); break;
            case "another format": json["version"] = 2; break;
            case "an unknown member": json["lookups"] = 1; break;
        }
        File.Delete(Path);
        Refused(json.ToJsonString(), material);
    }

    [Fact]
    public void A_ring_in_use_takes_over_new_epochs_and_forgets_none()
    {
        var used = KeyRing.Generate(Chance);
        var envelope = new Envelope(used, Chance);
        using var key = envelope.NewKey();
        var old = envelope.Wrap(key, "account/1");
        var standing = used.Add(RingPart.Encryption, Chance);
        Assert.True(used.Adopt(standing));
        Assert.Equal(("e1", "e2"), (used.CurrentEpoch, used.StandsBy));
        Assert.True(used.Adopt(standing.Promote(RingPart.Encryption).Without("e1")));
        Assert.Equal(["e2", "e1"], used.Epochs);
        Assert.Equal("e2", envelope.Wrap(key, "account/1").KekId);
        using var again = envelope.Unwrap(old, "account/1"); // an activation may hold it still
        Assert.Equal([7], again.Unprotect(key.Protect([7], "c"), "c"));
    }

    [Fact]
    public void A_ring_in_use_takes_over_no_other_ring_and_waits_with_other_kinds_of_key()
    {
        var used = KeyRing.Generate(Chance);
        Assert.Contains("is another key now", Assert.Throws<KeyRingException>(() => used.Adopt(KeyRing.Generate(Chance))).Message, StringComparison.Ordinal);
        Assert.False(used.Adopt(used.Add(RingPart.Secrets, Chance).Promote(RingPart.Secrets)));
        Assert.Equal(["s1"], used.Ids(RingPart.Secrets));
    }

    [Fact]
    public void A_retired_key_may_be_in_a_ring_or_not_and_its_id_stays_taken()
    {
        var ring = KeyRing.Generate(Chance).Add(RingPart.Encryption, Chance).Promote(RingPart.Encryption);
        var stored = ring.CheckValues().ToDictionary();
        stored["encryption.e1"] = KeyCheck.Retired;
        Assert.True(KeyCheck.Compare(ring.CheckValues(), stored).IsSound);
        Assert.True(KeyCheck.Compare(ring.Without("e1").CheckValues(), stored).IsSound);
        Assert.False(KeyCheck.Compare(ring.Without("e1").CheckValues(), ring.CheckValues()).IsSound);
    }

    [Fact]
    public void Rotating_adds_a_current_key_and_keeps_the_others()
    {
        var ring = KeyRing.Generate(Chance);
        var rotated = ring.Add(RingPart.Lookup, Chance).Promote(RingPart.Lookup).Add(RingPart.Encryption, Chance).Promote(RingPart.Encryption).Add(RingPart.Secrets, Chance).Promote(RingPart.Secrets);
        Assert.Equal(["encryption.e1", "encryption.e2", "lookup.k1", "lookup.k2", "secrets.s1", "secrets.s2"], rotated.CheckValues().Keys.Order(StringComparer.Ordinal));
        Assert.All(ring.CheckValues(), check => Assert.Equal(check.Value, rotated.CheckValues()[check.Key]));
        rotated.SaveNew(Path);
        Assert.Equal(rotated.CheckValues(), KeyRing.Load(Path).CheckValues());
    }

    [Fact]
    public void An_added_key_stands_by_until_it_is_promoted()
    {
        var ring = KeyRing.Generate(Chance).Add(RingPart.Lookup, Chance);
        var phone = new Identifier(IdentifierKind.Phone, "+8613800138000");
        Assert.StartsWith("phone.k1.", new IdentifierDigest(ring).Of(phone), StringComparison.Ordinal);
        Assert.StartsWith("phone.k2.", new IdentifierDigest(ring.Promote(RingPart.Lookup)).Of(phone), StringComparison.Ordinal);
        Assert.Contains("lookup.k2", ring.CheckValues().Keys);
    }

    [Fact]
    public void A_new_database_takes_every_key_and_the_same_ring_again_none()
    {
        var ring = KeyRing.Generate(Chance).CheckValues();
        var first = KeyCheck.Compare(ring, new Dictionary<string, string>());
        Assert.True(first.IsSound);
        Assert.Equal(ring, first.New);
        Assert.Empty(KeyCheck.Compare(ring, first.New).New);
    }

    [Fact]
    public void Another_ring_under_the_same_ids_stops_the_start()
    {
        var check = KeyCheck.Compare(KeyRing.Generate(Chance).CheckValues(), KeyRing.Generate(Chance).CheckValues());
        Assert.False(check.IsSound);
        Assert.Equal(["encryption.e1", "lookup.k1", "secrets.s1"], check.Different);
        Assert.Contains("AiCloud:Keys:File", Assert.Throws<KeyRingException>(check.ThrowIfUnsound).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_lost_a_key_stops_the_start()
    {
        var ring = KeyRing.Generate(Chance);
        var check = KeyCheck.Compare(ring.CheckValues(), ring.Add(RingPart.Lookup, Chance).Promote(RingPart.Lookup).CheckValues());
        Assert.Equal(["lookup.k2"], check.Missing);
        Assert.Contains("lookup.k2", Assert.Throws<KeyRingException>(check.ThrowIfUnsound).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_values_and_texts_of_a_ring_show_no_key()
    {
        var ring = KeyRing.Generate(Chance);
        ring.SaveNew(Path);
        var keys = new[] { "lookup", "encryption", "secrets" }.Select(part => JsonNode.Parse(File.ReadAllText(Path))![part]!["keys"]![0]!["key"]!.GetValue<string>()).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal("KeyRing(lookup.k1 encryption.e1 secrets.s1)", ring.ToString());
        Assert.All(keys, key => Assert.DoesNotContain(Convert.ToHexStringLower(Convert.FromBase64String(key))[..16], string.Concat(ring.CheckValues().Values), StringComparison.Ordinal));
    }

    private void Refused(string content, string material = "AAAA")
    {
        File.WriteAllText(Path, content);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        var refusal = Assert.Throws<KeyRingException>(() => KeyRing.Load(Path));
        Assert.StartsWith("AiCloud:Keys:File: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(material, refusal.ToString(), StringComparison.Ordinal);
    }
}
