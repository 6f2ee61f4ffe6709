using CsCheck;

namespace AiCloud.Identifiers;

public sealed class PhoneParsingTests
{
    private static readonly RegionsOptions Everywhere = new();

    [Theory]
    [InlineData("13800138000")]
    [InlineData("8613800138000")]
    [InlineData("+8613800138000")]
    [InlineData("008613800138000")]
    [InlineData("0086 138 0013 8000")]
    [InlineData("+86-138-0013-8000")]
    [InlineData("+86 138–0013–8000")]
    [InlineData("(+86) 138.0013.8000")]
    [InlineData("１３８００１３８０００")]
    [InlineData("＋８６　１３８　００１３　８０００")]
    [InlineData("\u202d+86 138 0013 8000\u202c")]
    [InlineData("  13800138000\t")]
    public void Every_way_to_type_a_number_gives_one_identifier(string typed) =>
        Assert.Equal("+8613800138000", IdentifierParsing.Phone(typed, Everywhere).Value?.Address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+")]
    [InlineData("1380013800")] // a digit short
    [InlineData("138001380000")] // a digit long
    [InlineData("12800138000")] // no mobile prefix
    [InlineData("+861012345678")] // Beijing fixed line
    [InlineData("4008855638")] // hotline
    [InlineData("+18005550199")] // toll free
    [InlineData("+13800138000 ext 5")]
    [InlineData("138OO138OOO")] // the letter O
    [InlineData("+1-800-FLOWERS")]
    [InlineData("13800138000;rm")]
    [InlineData("13800138000\0")]
    [InlineData("13800138000\n13800138001")]
    [InlineData("++8613800138000")]
    [InlineData("86+13800138000")]
    [InlineData("+999123456789")]
    [InlineData("😀13800138000")]
    public void What_no_message_can_reach_is_no_phone(string? typed) =>
        Assert.Equal(IdentifierFault.PhoneInvalid, IdentifierParsing.Phone(typed, Everywhere).Fault);

    [Fact] // not as an attribute argument: those are UTF-8, where a lone surrogate becomes U+FFFD
    public void A_lone_surrogate_is_no_part_of_a_phone() =>
        Assert.Equal(IdentifierFault.PhoneInvalid, IdentifierParsing.Phone("1380013\ud8008000", Everywhere).Fault);

    [Theory]
    [InlineData(37, true)]
    [InlineData(38, false)]
    public void Padding_is_bounded(int spaces, bool read) =>
        Assert.Equal(read, IdentifierParsing.Phone(new string(' ', spaces) + "13800138000", Everywhere).Value is not null);

    [Theory]
    [InlineData("+12015550123")] // US: fixed line or mobile, the plan does not tell
    [InlineData("+85251234567")]
    [InlineData("+886912345678")]
    [InlineData("+6581234567")]
    [InlineData("+447400123456")]
    public void Mobiles_of_other_plans_are_taken(string typed) =>
        Assert.Equal(typed, IdentifierParsing.Phone(typed, Everywhere).Value?.Address);

    [Fact]
    public void A_sound_number_of_a_region_not_served_is_told_apart_from_a_wrong_one()
    {
        var mainland = new RegionsOptions { Served = { "CN" } };
        Assert.Equal(IdentifierFault.CountryNotServed, IdentifierParsing.Phone("+85251234567", mainland).Fault);
        Assert.Equal(IdentifierFault.PhoneInvalid, IdentifierParsing.Phone("+8525123456", mainland).Fault);
        Assert.NotNull(IdentifierParsing.Phone("13800138000", mainland).Value);
    }

    [Fact]
    public void The_default_region_reads_numbers_without_a_country_code()
    {
        Assert.Equal("+6581234567", IdentifierParsing.Phone("8123 4567", new RegionsOptions { Default = "SG" }).Value?.Address);
        Assert.Null(IdentifierParsing.Phone("8123 4567", Everywhere).Value);
    }

    [Theory]
    [InlineData("13800138000", "+86 138****8000")]
    [InlineData("+12015550123", "+1 201****0123")]
    [InlineData("+6581234567", "+65 81****67")]
    [InlineData("+85251234567", "+852 51****67")]
    public void A_masked_number_keeps_country_head_and_tail(string typed, string masked) =>
        Assert.Equal(masked, IdentifierParsing.Phone(typed, Everywhere).Value?.Masked);

    [Fact]
    public void Any_mainland_mobile_is_one_identifier_under_any_prefix_grouping_and_width()
    {
        var gen = from second in Gen.Int[0, 9].Where(d => d is 3 or 5 or 7 or 8)
                  from third in Gen.Int[0, 2]
                  from rest in Gen.Int[0, 99_999_999]
                  from prefix in Gen.OneOf(new[] { "", "86", "+86", "0086", "+86 ", "０0８6-" }.Select(Gen.Const).ToArray())
                  from cuts in Gen.Int[0, 10].Array[0, 4]
                  from wide in Gen.Bool
                  select (Number: $"1{second}{third}{rest:D8}", prefix, cuts, wide);
        gen.Sample(x =>
        {
            var typed = x.Number;
            foreach (var cut in x.cuts) typed = typed.Insert(Math.Min(cut, typed.Length), cut % 2 == 0 ? " " : "-");
            if (x.wide) typed = string.Concat(typed.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '０') : c));
            Assert.Equal($"+86{x.Number}", IdentifierParsing.Phone(x.prefix + typed, Everywhere).Value?.Address);
        });
    }

    [Fact]
    public void No_text_makes_reading_throw_and_what_is_read_reads_itself_again() =>
        Gen.String.Sample(text =>
        {
            var once = IdentifierParsing.Any(text, Everywhere);
            if (once.Value is { } identifier) Assert.Equal(identifier, IdentifierParsing.Any(identifier.Address, Everywhere).Value);
            else Assert.NotNull(once.Fault);
        });

    [Theory]
    [InlineData("CN", new[] { "CN", "HK" }, true)]
    [InlineData("CN", new string[0], true)]
    [InlineData("CN", new[] { "HK" }, false)]
    [InlineData("CN", new[] { "CN", "ZZ" }, false)]
    [InlineData("XX", new string[0], false)]
    public void Regions_are_checked_at_start(string fallback, string[] served, bool sound)
    {
        var options = new RegionsOptions { Default = fallback };
        foreach (var region in served) options.Served.Add(region);
        Assert.Equal(sound, !options.Validate(new(options)).Any());
    }
}
