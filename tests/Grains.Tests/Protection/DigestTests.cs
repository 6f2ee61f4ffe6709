using System.Net;
using AiCloud.Identifiers;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Protection;

public sealed class DigestTests
{
    private static readonly CryptographicRandomness Chance = new();
    private static readonly KeyRing Ring = KeyRing.Generate(Chance);
    private static readonly Identifier Phone = new(IdentifierKind.Phone, "+8613800138000");

    [Fact]
    public void An_identifiers_key_names_kind_and_lookup_key_and_shows_no_contact()
    {
        var key = new IdentifierDigest(Ring).Of(Phone);
        Assert.Matches("^phone\\.k1\\.[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(key, new IdentifierDigest(Ring).Of(Phone));
        Assert.NotEqual(key, new IdentifierDigest(KeyRing.Generate(Chance)).Of(Phone));
    }

    [Fact]
    public void Addresses_that_compare_equal_share_a_key_and_kinds_do_not()
    {
        var digest = new IdentifierDigest(Ring);
        Assert.Equal(digest.Of(new Identifier(IdentifierKind.Email, "Ann@example.com")), digest.Of(new Identifier(IdentifierKind.Email, "ann@example.com")));
        Assert.NotEqual(digest.Of(Phone).Split('.')[2], digest.Of(new Identifier(IdentifierKind.Email, Phone.Address)).Split('.')[2]);
    }

    [Fact]
    public void After_a_rotation_the_older_keys_of_an_identifier_are_still_found()
    {
        var old = new IdentifierDigest(Ring).Of(Phone);
        var rotated = new IdentifierDigest(Ring.Add(RingPart.Lookup, Chance).Promote(RingPart.Lookup));
        Assert.Equal([rotated.Of(Phone), old], rotated.All(Phone));
        Assert.StartsWith("phone.k2.", rotated.Of(Phone), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "0.0.0.1", false)]
    public void Networks_are_told_apart_by_24_and_64_bits(string one, string other, bool same)
    {
        var digest = new NetworkDigest(Ring);
        Assert.Equal(same, digest.Of(IPAddress.Parse(one)) == digest.Of(IPAddress.Parse(other)));
        Assert.Equal(same, digest.Of(IPAddress.Parse(one)).Tag == digest.Of(IPAddress.Parse(other)).Tag);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:2:2::1", false)]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    public void What_one_customer_can_have_whole_is_told_apart_by_24_and_48_bits(string one, string other, bool same)
    {
        var digest = new NetworkDigest(Ring);
        Assert.Equal(same, digest.Of(IPAddress.Parse(one)).Site == digest.Of(IPAddress.Parse(other)).Site);
        Assert.NotEqual(0, digest.Of(IPAddress.Parse(one)).Site);
    }

    [Fact]
    public void A_networks_digest_is_keyed() =>
        Assert.NotEqual(new NetworkDigest(Ring).Of(IPAddress.Loopback), new NetworkDigest(KeyRing.Generate(Chance)).Of(IPAddress.Loopback));

    [Fact]
    public void A_code_counts_for_its_session_destination_and_purpose_only()
    {
        var codes = new CodeDigest(Ring);
        var kept = codes.Of("session", "phone.k1.x", "registration", "123456");
        Assert.True(codes.Matches(kept, "session", "phone.k1.x", "registration", "123456"));
        Assert.False(codes.Matches(kept, "session", "phone.k1.x", "registration", "123457"));
        Assert.False(codes.Matches(kept, "session", "phone.k1.x", "reset", "123456"));
        Assert.False(codes.Matches(kept, "session", "phone.k1.y", "registration", "123456"));
        Assert.False(codes.Matches(kept, "sessio", "nphone.k1.x", "registration", "123456"));
        Assert.False(new CodeDigest(KeyRing.Generate(Chance)).Matches(kept, "session", "phone.k1.x", "registration", "123456"));
    }

    [Fact]
    public void A_code_sent_before_a_rotation_is_still_right_after_it()
    {
        var kept = new CodeDigest(Ring).Of("s", "d", "p", "123456");
        var rotated = Ring.Add(RingPart.Secrets, Chance).Promote(RingPart.Secrets);
        Assert.True(new CodeDigest(rotated).Matches(kept, "s", "d", "p", "123456"));
        Assert.StartsWith("s2.", new CodeDigest(rotated).Of("s", "d", "p", "123456"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("s1.")]
    [InlineData("s9.abc")]
    [InlineData("s1.é")]
    public void What_is_no_digest_matches_nothing(string kept) => Assert.False(new CodeDigest(Ring).Matches(kept, "s", "d", "p", "123456"));

    [Fact]
    public void Requests_differ_in_fingerprint_exactly_when_they_differ()
    {
        var prints = new Fingerprint(Ring);
        var part = Gen.Char["ab\0"].Array[0, 3].Select(c => new string(c)).Null();
        Gen.Select(part.Array[0, 3], part.Array[0, 3]).Sample((one, other) =>
            Assert.Equal(one.SequenceEqual(other), prints.Matches(prints.Of("op", one), "op", other)));
        Assert.False(prints.Matches(prints.Of("op", "a"), "other", "a"));
    }

    [Fact]
    public void One_idempotency_key_gives_one_id_per_purpose_and_installation()
    {
        var (ids, key) = (new DerivedIds(Ring), Guid.NewGuid().ToString());
        var id = ids.FromIdempotencyKey(key, "registration");
        Assert.Matches("^[A-Za-z0-9_-]{22}$", id);
        Assert.Equal(id, new DerivedIds(Ring).FromIdempotencyKey(key, "registration"));
        Assert.NotEqual(id, ids.FromIdempotencyKey(key, "account"));
        Assert.NotEqual(id, new DerivedIds(KeyRing.Generate(Chance)).FromIdempotencyKey(key, "registration"));
    }

    [Theory]
    [InlineData("0b1e7f54-6f2c-4a55-9a86-6c1b1f4f9f10", true)]
    [InlineData("0B1E7F54-6F2C-4A55-9A86-6C1B1F4F9F10", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA", true)] // 22
    [InlineData("AAAAAAAAAAAAAAAAAAAAA", false)] // 21
    [InlineData("AAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("{0b1e7f54-6f2c-4a55-9a86-6c1b1f4f9f10}", false)]
    [InlineData("\"0b1e7f54-6f2c-4a55-9a86-6c1b1f4f9f10\"", false)]
    [InlineData("order 12345 of customer 6789", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_key_is_strong_as_a_uuid_or_with_128_bits(string? key, bool strong) => Assert.Equal(strong, DerivedIds.IsStrong(key));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_key_has_at_most_255_characters(int length, bool strong) => Assert.Equal(strong, DerivedIds.IsStrong(new string('a', length)));

    [Fact]
    public void Fresh_ids_do_not_repeat() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => DerivedIds.New(Chance)).Distinct().Count());

    [Fact]
    public void Everything_that_works_with_keys_comes_from_one_registration()
    {
        using var services = new ServiceCollection().AddProtection(Ring).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        Assert.Same(Ring, services.GetRequiredService<KeyRing>());
        Assert.NotNull(services.GetRequiredService<Tokens>());
        Assert.IsType<CryptographicRandomness>(services.GetRequiredService<IRandomness>());
    }
}
