using Microsoft.Extensions.Options;

namespace AiCloud.Names;

/// <summary>What a display name may be (L-12).</summary>
public sealed class DisplayNamesTests
{
    private static readonly Skeleton Looks = new();

    private static DisplayNames Names(Action<NameOptions>? change = null)
    {
        var options = new NameOptions();
        change?.Invoke(options);
        return new DisplayNames(Options.Create(options), Looks);
    }

    [Theory]
    [InlineData("王小明")]
    [InlineData("阿卜杜拉·买买提")]
    [InlineData("Zoë O’Brien-Müller")]
    [InlineData("Nguyễn Văn Ánh")]
    [InlineData("小明 🌱")]
    [InlineData("田中 花子")]
    [InlineData("محمد")]
    [InlineData("小明 1998")]
    public void Ordinary_names_of_many_scripts_pass(string name) => Assert.Equal(name.Normalize(), Names().Read(name));

    [Theory]
    [InlineData("中国银行通知")]
    [InlineData("国家反诈中心")]
    [InlineData("新华社记者")]
    [InlineData("AI Cloud 客服")]
    [InlineData("ΑΙ Сlоud")] // Greek and Cyrillic letters that look like Latin ones
    [InlineData("аdmіn")]
    [InlineData("ＣＣＴＶ")]
    [InlineData("C-C.T V")]
    [InlineData("𝐂𝐂𝐓𝐕")]
    [InlineData("0fficial")]
    public void Names_of_the_state_the_media_and_the_platform_are_refused_however_they_are_spelt(string name) => Assert.Null(Names().Read(name));

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u0000b")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("a\uE000")]
    [InlineData("e\u0301\u0301\u0301\u0301")]
    [InlineData("a\u00A0b")]
    public void What_cannot_be_seen_or_is_seen_elsewhere_than_it_stands_is_refused(string name) => Assert.Null(Names().Read(name));

    [Theory]
    [InlineData("加微信 138 0013 8000")]
    [InlineData("１３８００１３８０００")]
    [InlineData("me@example.com")]
    [InlineData("www.example.com")]
    public void A_contact_hidden_in_a_name_is_refused(string name) => Assert.Null(Names().Read(name));

    [Fact]
    public void Sixty_four_code_points_pass_and_sixty_five_do_not()
    {
        Assert.NotNull(Names().Read(string.Concat(Enumerable.Repeat("𠮷", 64))));
        Assert.Null(Names().Read(string.Concat(Enumerable.Repeat("𠮷", 65))));
    }

    [Fact]
    public void Two_spellings_of_a_letter_are_kept_as_one() => Assert.Equal("Zo\u00EB", Names().Read(" Zoe\u0308 "));

    [Fact]
    public void Operators_reserve_further_words_and_allow_built_in_ones()
    {
        Assert.NotNull(Names().Read("某某集团"));
        Assert.Null(Names(options => options.Reserved.Add("某某集团")).Read("某某集团"));
        Assert.NotNull(Names(options => options.Allowed.Add("客服")).Read("客服小王"));
    }
}
