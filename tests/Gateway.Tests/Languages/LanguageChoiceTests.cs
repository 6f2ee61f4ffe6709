namespace AiCloud.Languages;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData(null, Language.ZhCn)]
    [InlineData("", Language.ZhCn)]
    [InlineData("en", Language.En)]
    [InlineData("en-GB", Language.En)]
    [InlineData("EN-us;q=0.3", Language.En)]
    [InlineData("zh-CN", Language.ZhCn)]
    [InlineData("zh-TW, en;q=0.9", Language.ZhCn)]
    [InlineData("zh;q=0.5, en;q=0.6", Language.En)]
    [InlineData("zh, en", Language.ZhCn)]
    [InlineData("en, zh", Language.En)]
    [InlineData("fr, de;q=0.9", Language.ZhCn)]
    [InlineData("fr, en;q=0.1", Language.En)]
    [InlineData("*", Language.ZhCn)]
    [InlineData("*, en;q=0", Language.ZhCn)]
    [InlineData("zh;q=0, *", Language.En)]
    [InlineData("*;q=0.5, en", Language.En)]
    [InlineData("zh;q=0, en;q=0", Language.ZhCn)]
    [InlineData("english", Language.ZhCn)]
    [InlineData("en;q=high", Language.ZhCn)]
    [InlineData(";;;,,,\"", Language.ZhCn)]
    public void English_is_chosen_only_when_it_is_asked_for_most(string? header, Language expected) =>
        Assert.Equal(expected, LanguageChoice.Choose(header));
}
