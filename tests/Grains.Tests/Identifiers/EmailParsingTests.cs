using CsCheck;

namespace AiCloud.Identifiers;

public sealed class EmailParsingTests
{
    [Theory]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData("  a@example.com\u3000", "a@example.com")]
    [InlineData("Ann.Lee+shop@EXAMPLE.Com", "Ann.Lee+shop@example.com")]
    [InlineData("a@bücher.example", "a@xn--bcher-kva.example")]
    [InlineData("a@bu\u0308cher.example", "a@xn--bcher-kva.example")] // NFD
    [InlineData("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example")]
    [InlineData("a@例子。公司", "a@xn--fsqu00a.xn--55qx5d")] // ideographic full stop
    [InlineData("a@ＥＸＡＭＰＬＥ.com", "a@example.com")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com")]
    public void The_local_part_stays_as_typed_and_the_domain_becomes_a_labels(string typed, string address) =>
        Assert.Equal(address, IdentifierParsing.Email(typed).Value?.Address);

    [Theory]
    [InlineData("Ann@example.com", "aNN@EXAMPLE.com", true)]
    [InlineData("ann@example.com", "a.nn@example.com", false)] // no tricks with dots
    [InlineData("ann@example.com", "ann+x@example.com", false)] // none with tags
    public void One_compare_rule_ascii_case_and_nothing_else(string one, string other, bool same) =>
        Assert.Equal(same, IdentifierParsing.Email(one).Value!.Compared == IdentifierParsing.Email(other).Value!.Compared);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@example.")]
    [InlineData("a@.example")]
    [InlineData("a@ex..ample")]
    [InlineData("a@-example.com")]
    [InlineData("a@exa_mple.com")]
    [InlineData("a@b@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("\"a b\"@example.com")] // quoted
    [InlineData("a(comment)@example.com")]
    [InlineData("Ann <a@example.com>")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("a@192.0.2.1")]
    [InlineData("a b@example.com")]
    [InlineData("a\0@example.com")]
    [InlineData("a\r\nBcc: b@example.com")] // header injection
    [InlineData("a@example.com\r\nBcc:b")]
    [InlineData("a\u202e@example.com")] // RTL override
    [InlineData("a\u200b@example.com")] // zero width
    [InlineData("a＠example.com")]
    [InlineData("a@xn--a-ecp.ru\u0000")]
    [InlineData("用户@example.com")]
    public void What_cannot_be_reached_or_can_be_spelt_twice_is_refused(string? typed) =>
        Assert.Equal(IdentifierFault.EmailInvalid, IdentifierParsing.Email(typed).Fault);

    [Fact] // not as attribute arguments: those are UTF-8, where a lone surrogate becomes U+FFFD
    public void Lone_surrogates_are_refused() => Assert.All(
        ["a\ud800@example.com", "\udc00a@example.com", "a@\udc00example.com", "a@example.com\ud800", "a\udc00\ud800@example.com"],
        typed => Assert.Equal(IdentifierFault.EmailInvalid, IdentifierParsing.Email(typed, smtpUtf8: true).Fault));

    [Fact]
    public void A_local_part_beyond_ascii_needs_a_relay_that_can_deliver_it()
    {
        Assert.Equal("用户@example.com", IdentifierParsing.Email("用户@example.com", smtpUtf8: true).Value?.Address);
        Assert.Equal(IdentifierParsing.Email("é@example.com", true).Value, IdentifierParsing.Email("e\u0301@example.com", true).Value);
        Assert.Null(IdentifierParsing.Email("a\u202e@example.com", smtpUtf8: true).Value);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_local_part_has_at_most_64_octets(int octets, bool taken) =>
        Assert.Equal(taken, IdentifierParsing.Email(new string('a', octets) + "@example.com").Value is not null);

    [Theory]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public void Octets_are_counted_not_characters(int characters, bool taken) =>
        Assert.Equal(taken, IdentifierParsing.Email(new string('户', characters) + "@example.com", smtpUtf8: true).Value is not null);

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void An_address_has_at_most_254_octets(int octets, bool taken)
    {
        var label = new string('b', 60);
        var domain = $"{label}.{label}.{label}.com";
        var address = $"{new string('a', octets - domain.Length - 1 - 5)}@cccc.{domain}";
        Assert.Equal(octets, address.Length);
        Assert.Equal(taken, IdentifierParsing.Email(address).Value is not null);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_at_most_63_octets(int octets, bool taken) =>
        Assert.Equal(taken, IdentifierParsing.Email($"a@{new string('b', octets)}.com").Value is not null);

    [Theory]
    [InlineData("ann@example.com", "a***@example.com")]
    [InlineData("a@example.com", "a***@example.com")]
    public void A_masked_address_does_not_tell_the_length(string typed, string masked) =>
        Assert.Equal(masked, IdentifierParsing.Email(typed).Value?.Masked);

    [Fact]
    public void Reading_what_was_read_changes_nothing()
    {
        var piece = Gen.Char["abzAZ09-_+.ü例ß\u0301＠@ "].Array[0, 12].Select(c => new string(c));
        Gen.Select(piece, piece, (local, domain) => $"{local}@{domain}.com").Sample(typed =>
        {
            if (IdentifierParsing.Email(typed, true).Value is not { } identifier) return;
            Assert.Equal(identifier, IdentifierParsing.Email(identifier.Address, true).Value);
            Assert.Equal(identifier.Compared, IdentifierParsing.Email(identifier.Compared, true).Value?.Compared);
        });
    }

    [Fact]
    public void An_identifier_hides_its_address()
    {
        var identifier = IdentifierParsing.Email("ann@example.com").Value!;
        Assert.Equal("Identifier(Email)", $"{identifier}");
        Assert.DoesNotContain("ann", $"{IdentifierParsing.Email("ann@example.com")}", StringComparison.Ordinal);
    }
}
