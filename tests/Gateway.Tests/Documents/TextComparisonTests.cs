using AiCloud.Documents.Comparison;
using CsCheck;

namespace AiCloud.Documents;

/// <summary>Two texts compared word by word, for people to read (C2.5a).</summary>
public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("It takes effect after 7 days.", "It takes effect after 15 days.", "It takes effect after |-7|+15| days.")]
    [InlineData("公示满7日后生效。", "公示满15日后生效。", "公示满|-7|+15|日后生效。")]
    [InlineData("平台可以修改本协议。", "平台经公示可以修改本协议。", "平台|+经公示|可以修改本协议。")]
    [InlineData("You accept all rules of the Platform.", "You accept the rules of the Platform.", "You accept |-all|+the| rules of the Platform.")]
    [InlineData("本协议 version 2 适用于 AI Cloud 账户。", "本协议 version 3 适用于 AI Cloud 账户。", "本协议 version |-2|+3| 适用于 AI Cloud 账户。")]
    [InlineData("- 版本：V1.0", "- 版本：V2.0", "- 版本：|-V1.0|+V2.0")]
    [InlineData("It costs 1,000.50, or more.", "It costs 1,000.5, or more.", "It costs |-1,000.50|+1,000.5|, or more.")]
    public void Words_are_compared_one_by_one_and_Chinese_by_the_character(string before, string after, string parts)
    {
        var changed = Assert.Single(Compare(before, after).Paragraphs);
        Assert.Equal(TextChange.Changed, changed.Change);
        Assert.Equal(parts, string.Join('|', changed.Parts.Select(Said)));
    }

    [Fact]
    public void A_sentence_is_not_cut_into_crumbs_by_a_chance_hit()
    {
        var changed = Assert.Single(Compare("The quick brown fox jumps over the lazy dog and is gone.", "The slow white fox jumps over the lazy dog and is gone.").Paragraphs);
        Assert.Equal("The |-quick brown|+slow white| fox jumps over the lazy dog and is gone.", string.Join('|', changed.Parts.Select(Said)));
    }

    [Fact]
    public void A_paragraph_finds_its_successor_past_new_ones()
    {
        var comparison = Compare("# A\n\nThe first clause stays with us.\n\nThe last clause is long as well.", "# A\n\nSomething new stands here.\n\nThe first clause remains with us.\n\nThe last clause is long as well.");
        Assert.Equal([TextChange.Unchanged, TextChange.Added, TextChange.Changed, TextChange.Unchanged], comparison.Paragraphs.Select(paragraph => paragraph.Change));
        Assert.True(comparison.IsComplete);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a\n\nb", "a\r\n\r\nb\r\n", true)]
    [InlineData("a", "", false)]
    [InlineData("", "a", false)]
    public void Line_ends_are_no_change(string before, string after, bool same) => Assert.Equal(same, Compare(before, after).IsSame);

    [Fact]
    public void Either_text_can_be_put_together_from_what_is_shown()
    {
        string[] words = ["a", "bb", "同意", "不", ",", "**", "é", "e\u0301", "𠀀", "👍", "\ud800", "7", "|"];
        var word = Gen.Int[0, words.Length - 1].Select(i => words[i]);
        var text = word.Array[0, 12].Select(chosen => string.Join(' ', chosen)).Array[0, 8].Select(lines => string.Join("\n\n", lines));
        Gen.Select(text, text).Sample((before, after) =>
        {
            var shown = Compare(before, after).Paragraphs;
            Assert.Equal(Lines(before), shown.Where(each => each.Change != TextChange.Added).Select(each => Text(each, TextChange.Added)));
            Assert.Equal(Lines(after), shown.Where(each => each.Change != TextChange.Removed).Select(each => Text(each, TextChange.Removed)));
        });
    }

    [Fact]
    public void The_words_of_a_paragraph_are_the_paragraph() =>
        Gen.String.Sample(text => Assert.Equal(text, string.Concat(TextTokens.Of(text))));

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "one word, a megabyte of it", Repeat("alpha ", 1_000_000), Repeat("alpha ", 999_994) },
        { "one word on lines of its own", Repeat("alpha\n", 1_000_000), Repeat("alpha\n", 500_000) },
        { "one word with another now and then", Repeat("alpha alpha alpha beta\n", 1_000_000), Repeat("alpha gamma alpha alpha\n", 1_000_000) },
        { "nothing in common", Numbers(1, 1_000_000), Numbers(200_000, 1_000_000) },
        { "nothing in common in one paragraph", Numbers(1, 1_000_000).ReplaceLineEndings(" "), Numbers(200_000, 1_000_000).ReplaceLineEndings(" ") },
        { "the same lines in another order", Numbers(1, 1_000_000), string.Join('\n', Numbers(1, 1_000_000).Split('\n').Reverse()) },
        { "each line changed a little", Repeat("条款 {0} 适用于平台\n", 1_000_000), Repeat("条款 {0} 适用于本平台\n", 1_000_000) },
        { "every second character changed", Repeat("同意", 500_000), Repeat("同不", 500_000) },
        { "only signs", Repeat("!?", 1_000_000), Repeat("?!.", 1_000_000) },
        { "two lines in turn", Repeat("a\nb\n", 1_000_000), Repeat("b\na\na\n", 1_000_000) },
        { "a line for each character", Repeat("a\n", 1_000_000), Repeat("{0}\n", 1_000_000) },
    };

    [Theory, MemberData(nameof(Hostile))]
    [Trait("Takes", "long")]
    public void However_two_megabytes_are_chosen_the_work_and_the_answer_stay_bounded(string name, string before, string after)
    {
        var work = new ComparisonWork();
        var comparison = TextComparison.Of(before, after, work);
        Assert.InRange(work.Spent, 1, ComparisonWork.Usual);
        Assert.True(comparison.Paragraphs.Count <= TextComparison.MaxParagraphs, $"{name}: {comparison.Paragraphs.Count} paragraphs");
        Assert.True(comparison.Paragraphs.Sum(paragraph => paragraph.Parts.Count) < 1_000_000, name);
        Assert.False(comparison.IsSame);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void A_step_over_the_budget_is_refused_and_the_one_before_it_is_not(int over)
    {
        var whole = new ComparisonWork(10);
        var part = whole.Portion(4);
        Assert.Equal(over == 0, part.Spend(4 + over));
        Assert.Equal(over == 1, whole.IsExhausted);
        Assert.Equal(over == 0 ? 4 : 0, whole.Spent);
    }

    [Fact]
    public void An_amendment_of_a_contract_of_a_megabyte_is_compared_to_the_word()
    {
        var clauses = Enumerable.Range(1, 8_000).Select(i => $"{i} 用户应当遵守平台第 {i} 号规则，并对其账户下的行为负责。The user follows rule {i}.").ToArray();
        var amended = clauses.ToArray();
        for (var i = 100; i < 8_000; i += 100) amended[i] = amended[i].Replace("应当", "必须", StringComparison.Ordinal);
        var comparison = Compare(string.Join("\n\n", clauses), string.Join("\n\n", amended));
        Assert.True(comparison.IsComplete);
        Assert.Equal(79, comparison.Count(TextChange.Changed));
        Assert.All(comparison.Paragraphs.Where(paragraph => paragraph.Change == TextChange.Changed), paragraph => Assert.Contains(new(TextChange.Added, "必须"), paragraph.Parts));
    }

    private static TextComparison Compare(string before, string after) => TextComparison.Of(before, after, new ComparisonWork());

    private static string Said(TextPart part) => part.Change switch { TextChange.Added => "+", TextChange.Removed => "-", _ => "" } + part.Text;

    private static string Text(ParagraphChange paragraph, TextChange without) =>
        paragraph.Change == TextChange.Changed ? string.Concat(paragraph.Parts.Where(part => part.Change != without).Select(part => part.Text)) : paragraph.Text;

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.TrimEnd());

    private static string Repeat(string pattern, int length)
    {
        var text = new System.Text.StringBuilder(length);
        for (var i = 0; text.Length + pattern.Length + 8 <= length; i++) text.Append(pattern.Replace("{0}", $"{i}", StringComparison.Ordinal));
        return text.ToString();
    }

    private static string Numbers(int from, int length)
    {
        var text = new System.Text.StringBuilder(length);
        for (var i = from; text.Length + 8 <= length; i++) text.Append(i).Append('\n');
        return text.ToString();
    }
}
