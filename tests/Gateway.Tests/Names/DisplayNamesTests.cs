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
    [InlineData("陳國華")] // traditional forms are read as one with the simplified ones, and still nobody's but a person's
    [InlineData("張學友")]
    [InlineData("司徒偉權")]
    [InlineData("渡辺広美")]
    [InlineData("陆三七")] // names with numerals
    [InlineData("伍六一")]
    [InlineData("张一二三四五六")] // six in a row
    [InlineData("一去二三里烟村四五家亭台六七座")] // a verse that counts
    [InlineData("零零后小王")]
    [InlineData("QQ糖")]
    [InlineData("小Q 1998")]
    [InlineData("qq1998")]
    [InlineData("微信用户")]
    [InlineData("威信县老李")]
    [InlineData("wxm1998")] // initials and a year
    [InlineData("WX Zhang")]
    [InlineData("Wx. Alexander")]
    [InlineData("李加Victoria")]
    [InlineData("TG Thompson")]
    [InlineData("Maxwxyz 12")]
    [InlineData("企鹅Penguin")]
    [InlineData("Nikolaj Coster-Waldau")]
    [InlineData("Дмитрий Иванов")]
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
    [InlineData("人民日報")] // traditional forms, whole and mixed
    [InlineData("人民日报社記者")]
    [InlineData("國家")]
    [InlineData("新華社")]
    [InlineData("國务院")]
    [InlineData("中央電視臺")]
    [InlineData("中華")]
    [InlineData("檢察院")]
    [InlineData("検察院")] // as in Japan
    [InlineData("共產黨")]
    [InlineData("管理員")]
    [InlineData("系統通知")]
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
    [InlineData("一三八零零一三八零零零")]
    [InlineData("壹叁捌 零零壹叁 捌零零零")]
    [InlineData("貳零零陸柒捌玖")] // seven, and traditional
    [InlineData("幺三八洞洞幺三八洞洞洞")]
    [InlineData("138零零13八000")]
    [InlineData("一三八、零零一三")]
    [InlineData("➊➌➑⓿⓿➊➌")]
    [InlineData("微信wx12345")]
    [InlineData("微信：abcde")]
    [InlineData("微信号 xiaoming")]
    [InlineData("wx12345")]
    [InlineData("W X 1 2 3 4 5")]
    [InlineData("ｗｘ：ａｂｃｄｅ１")]
    [InlineData("wх12345")] // a Cyrillic letter
    [InlineData("wxid_ab12c")]
    [InlineData("vxabc123")]
    [InlineData("VX: alice")]
    [InlineData("qq12345")]
    [InlineData("QQ 一二三四五")]
    [InlineData("扣扣 12345")]
    [InlineData("企鵝號12345")]
    [InlineData("加V abc123")]
    [InlineData("tg: alice_b")]
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
