using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;

namespace AiCloud.Protection;

public sealed class EnvelopeTests
{
    private static readonly CryptographicRandomness Chance = new();
    private static readonly KeyRing Ring = KeyRing.Generate(Chance);
    private static readonly Envelope Sealing = new(Ring, Chance);

    [Fact]
    public void What_is_sealed_opens_again_with_the_same_key_and_context() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.String).Sample((plaintext, context) =>
        {
            using var key = Sealing.NewKey();
            Assert.Equal(plaintext, key.Unprotect(key.Protect(plaintext, context), context));
        }, iter: 300);

    [Fact]
    public void Any_flipped_bit_of_a_value_is_noticed()
    {
        using var key = Sealing.NewKey();
        var value = key.ProtectText("2000-01-31", "account/1/facts");
        for (var i = 0; i < value.Length * 8; i++)
        {
            value[i / 8] ^= (byte)(1 << (i % 8));
            Assert.ThrowsAny<CryptographicException>(() => key.Unprotect(value, "account/1/facts"));
            value[i / 8] ^= (byte)(1 << (i % 8));
        }
        Assert.Equal("2000-01-31", key.UnprotectText(value, "account/1/facts"));
    }

    [Fact]
    public void A_value_cut_short_or_lengthened_is_noticed()
    {
        using var key = Sealing.NewKey();
        var value = key.ProtectText("abc", "c");
        for (var length = 0; length < value.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => key.Unprotect(value.AsSpan(0, length), "c"));
        Assert.ThrowsAny<CryptographicException>(() => key.Unprotect([.. value, 0], "c"));
    }

    [Fact]
    public void A_value_moved_to_another_place_does_not_open()
    {
        using var key = Sealing.NewKey();
        Assert.ThrowsAny<CryptographicException>(() => key.Unprotect(key.Protect([1], "account/1/facts"), "account/2/facts"));
    }

    [Fact]
    public void Another_accounts_key_does_not_open_a_value()
    {
        using var mine = Sealing.NewKey();
        using var other = Sealing.NewKey();
        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect(mine.Protect([1], "c"), "c"));
    }

    [Fact]
    public void No_nonce_repeats_and_equal_texts_look_different()
    {
        using var key = Sealing.NewKey();
        var values = Enumerable.Range(0, 20_000).Select(_ => key.Protect([42], "c")).ToList();
        Assert.Equal(values.Count, values.Select(value => Convert.ToHexString(value.AsSpan(5, 12))).Distinct().Count());
    }

    [Fact]
    public void A_value_begins_with_its_algorithm_and_key_id_and_costs_33_bytes()
    {
        using var key = Sealing.NewKey();
        var (one, two) = (key.Protect([1, 2, 3], "c"), key.Protect([], "d"));
        Assert.Equal(1, one[0]);
        Assert.Equal(one[..5], two[..5]);
        Assert.Equal((36, 33), (one.Length, two.Length));
    }

    [Fact]
    public void A_wrapped_key_survives_storage_and_opens_what_it_sealed()
    {
        using var key = Sealing.NewKey();
        var value = key.ProtectJson(new[] { "a", "b" }, "c");
        var stored = JsonSerializer.Serialize(Sealing.Wrap(key, "account/1"));
        using var again = Sealing.Unwrap(JsonSerializer.Deserialize<WrappedKey>(stored)!, "account/1");
        Assert.Equal(["a", "b"], again.UnprotectJson<string[]>(value, "c")!);
    }

    [Fact]
    public void A_wrapped_key_opens_for_its_owner_only()
    {
        using var key = Sealing.NewKey();
        var wrapped = Sealing.Wrap(key, "account/1");
        Assert.ThrowsAny<CryptographicException>(() => Sealing.Unwrap(wrapped, "account/2"));
        Assert.ThrowsAny<CryptographicException>(() => Sealing.Unwrap(wrapped, "evidence/1"));
        Assert.ThrowsAny<CryptographicException>(() => new Envelope(KeyRing.Generate(Chance), Chance).Unwrap(wrapped, "account/1"));
    }

    [Fact]
    public void Any_flipped_byte_of_a_wrapped_key_is_noticed()
    {
        using var key = Sealing.NewKey();
        var wrapped = Sealing.Wrap(key, "account/1");
        for (var i = 0; i < wrapped.Bytes.Length; i++)
        {
            var bytes = wrapped.Bytes.ToArray();
            bytes[i] ^= 0x80;
            Assert.ThrowsAny<CryptographicException>(() => Sealing.Unwrap(wrapped with { Bytes = bytes }, "account/1"));
        }
        Assert.ThrowsAny<CryptographicException>(() => Sealing.Unwrap(wrapped with { Bytes = [] }, "account/1"));
    }

    [Fact]
    public void After_a_rotation_old_keys_still_open_and_are_rewrapped_under_the_new_epoch()
    {
        using var key = Sealing.NewKey();
        var value = key.Protect([7], "c");
        var old = Sealing.Wrap(key, "account/1");
        var rotated = new Envelope(Ring.Add(RingPart.Encryption, Chance).Promote(RingPart.Encryption), Chance);

        Assert.False(Sealing.NeedsRewrap(old));
        Assert.True(rotated.NeedsRewrap(old));
        var fresh = rotated.Rewrap(old, "account/1");
        Assert.False(rotated.NeedsRewrap(fresh));
        using var again = rotated.Unwrap(fresh, "account/1");
        Assert.Equal([7], again.Unprotect(value, "c"));
    }

    [Fact]
    public void Without_its_epoch_a_wrapped_key_is_lost_and_the_error_says_which_epoch()
    {
        var rotated = new Envelope(Ring.Add(RingPart.Encryption, Chance).Promote(RingPart.Encryption), Chance);
        using var key = rotated.NewKey();
        var wrapped = rotated.Wrap(key, "account/1");
        Assert.Contains("\"e2\"", Assert.Throws<KeyRingException>(() => Sealing.Unwrap(wrapped, "account/1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_key_is_overwritten()
    {
        var key = Sealing.NewKey();
        var material = key.Material;
        Assert.True(material.ContainsAnyExcept((byte)0));
        key.Dispose();
        Assert.False(material.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => key.Protect([1], "c"));
        Assert.Throws<ObjectDisposedException>(() => Sealing.Wrap(key, "account/1")); // zeros must not be stored as a key
    }
}
