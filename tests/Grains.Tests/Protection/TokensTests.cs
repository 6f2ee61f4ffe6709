using System.Security.Cryptography;
using CsCheck;

namespace AiCloud.Protection;

public sealed class TokensTests
{
    private static readonly CryptographicRandomness Chance = new();
    private static readonly KeyRing Ring = KeyRing.Generate(Chance);
    private static readonly Tokens Mint = new(Ring);

    [Fact]
    public void A_token_names_its_thing_and_carries_the_secret_whose_digest_is_stored() =>
        Gen.Select(Gen.Char["azAZ09-_~"].Array[1, 160], Gen.Byte.Array[32]).Sample((id, secret) =>
        {
            var issued = Mint.Issue(Tokens.Session, new string(id), secret);
            Assert.True(Mint.TryRead(issued.Text, Tokens.Session, out var token));
            Assert.Equal(new string(id), token.Id);
            Assert.Equal(SHA256.HashData(secret), token.SecretDigest);
            Assert.Equal(issued.SecretDigest, token.SecretDigest);
        }, iter: 1000);

    [Fact]
    public void Changing_any_character_forges_nothing()
    {
        var text = Mint.Issue(Tokens.Registration, "id", Chance).Text;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in "A0.-_~é\0")
            {
                if (text[i] == c) continue;
                Assert.False(Mint.TryRead(text[..i] + c + text[(i + 1)..], Tokens.Registration, out _));
            }
            Assert.False(Mint.TryRead(text[..i], Tokens.Registration, out _));
        }
    }

    [Fact]
    public void Every_other_spelling_of_the_last_character_is_refused()
    {
        var text = Mint.Issue(Tokens.Registration, "id", Chance).Text;
        foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")
            Assert.Equal(c == text[^1], Mint.TryRead(text[..^1] + c, Tokens.Registration, out _));
    }

    [Fact]
    public void A_session_token_is_no_registration_token()
    {
        var text = Mint.Issue(Tokens.Session, "id", Chance).Text;
        Assert.False(Mint.TryRead(text, Tokens.Registration, out _));
        Assert.False(Mint.TryRead(Tokens.Registration + text[3..], Tokens.Registration, out _));
    }

    [Fact]
    public void A_token_of_another_installation_is_refused() =>
        Assert.False(Mint.TryRead(new Tokens(KeyRing.Generate(Chance)).Issue(Tokens.Session, "id", Chance).Text, Tokens.Session, out _));

    [Fact]
    public void Two_tokens_cannot_be_spliced()
    {
        var one = Mint.Issue(Tokens.Session, "mine", Chance).Text.Split('.');
        var other = Mint.Issue(Tokens.Session, "yours", Chance).Text.Split('.');
        for (var mask = 1; mask < 31; mask++)
        {
            var mixed = string.Join('.', Enumerable.Range(0, 5).Select(i => (mask >> i & 1) == 0 ? one[i] : other[i]));
            Assert.Equal(mixed == string.Join('.', one) || mixed == string.Join('.', other), Mint.TryRead(mixed, Tokens.Session, out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("....")]
    [InlineData("ses....")]
    [InlineData("ses.s1.id.secret.mac")]
    [InlineData("ses.s1.id.secret.mac.more")]
    [InlineData("ses.s9.id.secret.mac")]
    public void What_is_no_token_is_refused(string? text) => Assert.False(Mint.TryRead(text, Tokens.Session, out _));

    [Fact]
    public void No_text_makes_reading_throw() => Gen.String.Sample(text => Assert.False(Mint.TryRead(text, "", out _)));

    [Fact]
    public void An_oversized_text_costs_no_memory()
    {
        var huge = "ses." + new string('.', 1 << 20);
        Mint.TryRead(huge, Tokens.Session, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Mint.TryRead(huge, Tokens.Session, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("ü")]
    public void An_id_that_would_blur_the_parts_is_refused(string id) => Assert.Throws<ArgumentException>(() => Mint.Issue(Tokens.Session, id, Chance));

    [Theory]
    [InlineData(160, true)]
    [InlineData(161, false)]
    public void An_id_has_at_most_160_characters(int length, bool issued) =>
        Assert.Equal(issued, Record.Exception(() => Mint.Issue(Tokens.Session, new string('a', length), Chance)) is null);

    [Fact]
    public void The_longest_token_fits_the_limit() =>
        Assert.True(Mint.Issue(Tokens.Session, new string('a', 160), Chance).Text.Length <= Tokens.LongestText);

    [Fact]
    public void A_derived_token_can_be_repeated_and_tells_nothing_about_another_id()
    {
        var first = Mint.IssueDerived(Tokens.Registration, "one");
        Assert.Equal(first, new Tokens(Ring).IssueDerived(Tokens.Registration, "one") with { SecretDigest = first.SecretDigest });
        Assert.NotEqual(first.SecretDigest, Mint.IssueDerived(Tokens.Registration, "two").SecretDigest);
        Assert.NotEqual(first.SecretDigest, Mint.IssueDerived(Tokens.Session, "one").SecretDigest);
    }

    [Fact]
    public void After_a_rotation_old_tokens_still_read_and_a_derived_one_is_still_repeated()
    {
        var old = Mint.IssueDerived(Tokens.Registration, "one");
        var rotated = new Tokens(Ring.Add(RingPart.Secrets, Chance).Promote(RingPart.Secrets));
        Assert.True(rotated.TryRead(old.Text, Tokens.Registration, out _));
        Assert.NotEqual(old.Text, rotated.IssueDerived(Tokens.Registration, "one").Text);
        Assert.Equal(old.Text, rotated.RepeatDerived(Tokens.Registration, "one", old.SecretDigest)?.Text);
        Assert.Null(rotated.RepeatDerived(Tokens.Registration, "one", new byte[32]));
    }

    [Fact]
    public void Tokens_hide_in_texts()
    {
        var issued = Mint.Issue(Tokens.Session, "id", Chance);
        Assert.True(Mint.TryRead(issued.Text, Tokens.Session, out var token));
        Assert.Equal("IssuedToken Token(ses)", $"{issued} {token}");
    }
}
