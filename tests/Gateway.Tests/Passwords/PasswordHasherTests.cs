using AiCloud.Protection;
using Microsoft.Extensions.Options;

namespace AiCloud.Passwords;

public sealed class PasswordHasherTests
{
    private static readonly CryptographicRandomness Chance = new();
    private static readonly KeyRing Ring = KeyRing.Generate(Chance);

    // Weak on purpose: these tests are about everything but the cost.
    private static readonly PasswordOptions Cheap = new() { MemoryKib = 8, Passes = 1 };

    [Theory] // computed with another implementation (hash-wasm, built from the reference code)
    [InlineData("password", "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$0qsHs573+LgGInzYb7sRqlOTBmqY4X6srNEm6ybpJ20")]
    [InlineData("password", "$argon2id$v=19$m=47104,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$mzYcNUC8fWxkiIKkYZM59DHrCpEhSGXCaUOGXXQ4m/4")]
    [InlineData("Paßwort 😀", "$argon2id$v=19$m=64,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$z7UNVgSKj+u7SPLXfwe8Rg9IlApWbh7UIvCIO0ALNuY")]
    [InlineData("123456789", "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")]
    public void Known_answers_of_argon2id_verify(string password, string hash)
    {
        Assert.True(Hasher(Cheap).Verify(Read(password), hash));
        Assert.False(Hasher(Cheap).Verify(Read(password + "x"), hash));
    }

    [Fact]
    public void By_default_a_hash_names_19_mib_two_passes_and_a_fresh_salt()
    {
        var hasher = Hasher(new PasswordOptions());
        var (one, two) = (hasher.Hash(Read("correct horse")), hasher.Hash(Read("correct horse")));
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", one);
        Assert.NotEqual(one, two);
        Assert.True(hasher.Verify(Read("correct horse"), one));
        Assert.False(hasher.Verify(Read("Correct horse"), one));
    }

    [Theory]
    [InlineData("p\u00e4ssw\u00f6rter", "pa\u0308sswo\u0308rter")] // NFC, NFD
    [InlineData("ﬁre and water", "fire and water")]
    [InlineData("１２３４５ abc", "12345 abc")]
    public void However_a_device_composes_letters_the_password_is_the_same(string chosen, string typed) =>
        Assert.True(Hasher(Cheap).Verify(Read(typed), Hasher(Cheap).Hash(Read(chosen))));

    [Theory]
    [InlineData(71)]
    [InlineData(72)] // where bcrypt stops reading
    [InlineData(255)]
    [InlineData(4095)]
    public void The_last_character_always_counts(int before)
    {
        var (hasher, text) = (Hasher(Cheap), new string('a', before));
        Assert.False(hasher.Verify(Read(text + "c"), hasher.Hash(Read(text + "b"))));
        Assert.False(hasher.Verify(Read(text), hasher.Hash(Read(text + "b"))));
    }

    [Fact]
    public void A_hash_of_other_parameters_verifies_and_asks_to_be_made_anew()
    {
        var old = Hasher(Cheap).Hash(Read("correct horse"));
        foreach (var options in new[] { new PasswordOptions { MemoryKib = 16, Passes = 1 }, new PasswordOptions { MemoryKib = 8, Passes = 2 }, new PasswordOptions { MemoryKib = 8, Passes = 1, Pepper = true } })
        {
            Assert.True(Hasher(options).Verify(Read("correct horse"), old));
            Assert.True(Hasher(options).NeedsRehash(old));
        }
        Assert.False(Hasher(Cheap).NeedsRehash(old));
    }

    [Fact]
    public void The_dummy_has_the_parameters_in_force_and_opens_for_nothing()
    {
        var peppered = new PasswordOptions { MemoryKib = 16, Passes = 3, Pepper = true };
        var hasher = Hasher(peppered);
        Assert.False(hasher.NeedsRehash(hasher.Dummy));
        Assert.False(hasher.Verify(Read("correct horse"), hasher.Dummy));
        Assert.False(hasher.Verify(Read("        "), hasher.Dummy));
        Assert.NotEqual(hasher.Dummy, Hasher(peppered).Dummy);
    }

    [Fact]
    public void A_peppered_hash_names_its_root_and_is_worthless_without_the_ring()
    {
        var options = new PasswordOptions { MemoryKib = 8, Passes = 1, Pepper = true };
        var hash = Hasher(options).Hash(Read("correct horse"));
        Assert.Contains(",keyid=czE$", hash, StringComparison.Ordinal); // s1
        Assert.True(Hasher(options).Verify(Read("correct horse"), hash));
        Assert.True(Hasher(Cheap).Verify(Read("correct horse"), hash));
        Assert.False(Hasher(options, KeyRing.Generate(Chance)).Verify(Read("correct horse"), hash));
        Assert.False(Hasher(options).Verify(Read("correct horse"), hash.Replace(",keyid=czE", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void After_a_rotation_a_peppered_hash_verifies_and_asks_to_be_made_anew()
    {
        var options = new PasswordOptions { MemoryKib = 8, Passes = 1, Pepper = true };
        var hash = Hasher(options).Hash(Read("correct horse"));
        var rotated = Ring.Add(RingPart.Secrets, Chance).Promote(RingPart.Secrets);
        Assert.True(Hasher(options, rotated).Verify(Read("correct horse"), hash));
        Assert.True(Hasher(options, rotated).NeedsRehash(hash));
        Assert.Throws<KeyRingException>(() => Hasher(options).Verify(Read("correct horse"), Hasher(options, rotated).Hash(Read("correct horse"))));
    }

    [Theory]
    [InlineData("m=131072,t=10", true)]
    [InlineData("m=131073,t=1", false)] // a stored text must not exhaust the memory
    [InlineData("m=8,t=11", false)]
    [InlineData("m=7,t=1", false)]
    [InlineData("m=8,t=0", false)]
    [InlineData("m=08,t=1", false)]
    [InlineData("m=9999999999,t=1", false)]
    [InlineData("m=-8,t=1", false)]
    public void Parameters_of_a_stored_hash_are_bounded(string parameters, bool read) =>
        Assert.Equal(read, Phc.TryParse($"$argon2id$v=19${parameters},p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y", out _));

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("$argon2i$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")]
    [InlineData("$argon2id$v=16$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=2$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2Rl$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y\n")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZh$YJMplbHqJqG/tj1z1PH1M86SMl9saM1ozX9T3SWMz9Y")] // another spelling of the salt
    public void What_is_no_hash_is_an_error_and_not_a_wrong_password(string stored)
    {
        var error = Assert.Throws<FormatException>(() => Hasher(Cheap).Verify(Read("correct horse"), stored));
        if (stored.Contains('$', StringComparison.Ordinal)) Assert.DoesNotContain(stored, error.Message, StringComparison.Ordinal);
    }

    private static Password Read(string text) => Password.Read(text)!;

    private static PasswordHasher Hasher(PasswordOptions options, KeyRing? ring = null) =>
        new(Options.Create(options), Chance, new PasswordPepper(ring ?? Ring));
}
