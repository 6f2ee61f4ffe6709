using System.Reflection;
using System.Text.RegularExpressions;
using AiCloud.Languages;

namespace AiCloud.Pages;

public sealed partial class TextsTests
{
    [Fact]
    public void Every_text_of_every_page_speaks_both_languages_and_has_the_same_places_for_values()
    {
        var texts = typeof(SiteTexts).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Localized)).ToArray();
        Assert.True(texts.Length > 150);
        Assert.All(texts, field =>
        {
            var text = (Localized)field.GetValue(null)!;
            var name = $"{field.DeclaringType!.Name}.{field.Name}";
            Assert.True(Han().IsMatch(text.ZhCn), name);
            Assert.False(string.IsNullOrWhiteSpace(text.En) || Han().IsMatch(text.En), name);
            Assert.Equal(Places(text.ZhCn), Places(text.En));
        });
    }

    private static string[] Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")] private static partial Regex Han();

    [GeneratedRegex(@"\{\d\}")] private static partial Regex Place();
}
