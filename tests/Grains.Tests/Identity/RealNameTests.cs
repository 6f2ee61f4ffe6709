namespace AiCloud.Identity;

public sealed class RealNameTests
{
    [Theory]
    [InlineData("王小明", "王小明")]
    [InlineData(" 王 小明 ", "王 小明")]
    [InlineData("阿不都•热合曼", "阿不都·热合曼")]
    [InlineData("阿不都・热合曼", "阿不都·热合曼")]
    [InlineData("Anne-Marie  O’Neil", "Anne-Marie O'Neil")]
    [InlineData("𠮷野", "𠮷野")]
    [InlineData("王", null)]
    [InlineData("", null)]
    [InlineData("王小明1", null)]
    [InlineData("王小明\u202E", null)]
    [InlineData("<b>王小明</b>", null)]
    [InlineData(null, null)]
    public void A_name_is_read_as_it_stands_in_a_certificate(string? typed, string? name) => Assert.Equal(name, RealName.Read(typed));

    [Theory, InlineData(60, true), InlineData(61, false)]
    public void A_name_has_at_most_sixty_characters(int length, bool taken) => Assert.Equal(taken, RealName.Read(new string('王', length)) is not null);

    [Theory, InlineData("王小明", "王**"), InlineData("𠮷野太郎", "𠮷**"), InlineData("Anne Miller", "A**")]
    public void Only_the_first_letter_is_shown(string name, string masked) => Assert.Equal(masked, RealName.Masked(name));
}
