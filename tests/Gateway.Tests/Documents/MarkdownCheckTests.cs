namespace AiCloud.Documents;

/// <summary>What a document's text must not hold is refused with its line, whatever stands around it.</summary>
public sealed class MarkdownCheckTests
{
    [Theory]
    [InlineData("# A\n\n<script>alert(1)</script>\n", "raw_html", 3)]
    [InlineData("# A\n\ntext <b>bold</b>\n", "raw_html", 3)]
    [InlineData("a\n\n<!-- a note -->\n", "raw_html", 3)]
    [InlineData("- item\n- <img src=x onerror=alert(1)>\n", "raw_html", 2)]
    [InlineData("| a | b |\n|---|---|\n| 1 | <br> |\n", "raw_html", 3)]
    [InlineData("a\n\n![picture](https://elsewhere.example/p.png)\n", "image", 3)]
    [InlineData("a\n\n![picture](/own.png)\n", "image", 3)]
    [InlineData("a\n\nb\n\n[press](http://example.com)\n", "link", 5)]
    [InlineData("[press](javascript:alert(1))", "link", 1)]
    [InlineData("[press](data:text/html,x)", "link", 1)]
    [InlineData("[press](//elsewhere.example)", "link", 1)]
    [InlineData("[press](/\\elsewhere.example)", "link", 1)]
    [InlineData("[press](relative.html)", "link", 1)]
    [InlineData("[press](&#9;javascript:alert(1))", "link", 1)]
    [InlineData("> [press][1]\n\n[1]: http://example.com\n", "link", 1)]
    [InlineData("<http://example.com>", "link", 1)]
    [InlineData("**<ftp://example.com/file>**", "link", 1)]
    [InlineData("[press](HTTP://EXAMPLE.COM)", "link", 1)]
    public void A_text_that_would_be_shown_otherwise_than_it_was_written_is_refused_by_line(string markdown, string code, int line)
    {
        var fault = MarkdownCheck.Faults("/content/en", markdown)[0];
        Assert.Equal(("/content/en", code), (fault.Pointer, fault.Code));
        Assert.StartsWith($"Line {line}:", fault.Message.En, StringComparison.Ordinal);
        Assert.StartsWith($"第 {line} 行", fault.Message.ZhCn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# A\n\n**Liability is limited.** [rules](/documents/violation-rules) [top](#a)")]
    [InlineData("[a](https://example.com/x?y=z#w) <https://example.com> <a@example.com> [b](mailto:a@example.com) [c](tel:+864008855638)")]
    [InlineData("```\n<script>\n```\n\nand `<b>` too, \\<b\\>, 1 < 2 > 0, AT&amp;T")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |\n")]
    [InlineData("plain http://example.com is no link")]
    public void Plain_text_tables_code_and_links_to_safe_places_pass(string markdown) => Assert.Empty(MarkdownCheck.Faults("/content/en", markdown));

    [Fact]
    public void Every_fault_is_named_up_to_a_bound()
    {
        var faults = MarkdownCheck.Faults("/content/en", string.Concat(Enumerable.Range(0, 40).Select(_ => "<b>\n\ntext\n\n")));
        Assert.Equal(16, faults.Count);
        Assert.Equal(["Line 1", "Line 5", "Line 9"], faults.Take(3).Select(fault => fault.Message.En[..6]));
    }

    [Theory]
    [InlineData('[', 1), InlineData('>', 1), InlineData('*', 1), InlineData('`', 1), InlineData('|', 1), InlineData('(', 1), InlineData('<', 1), InlineData('_', 1), InlineData('\\', 1), InlineData('#', 1)]
    public async Task A_text_of_a_megabyte_that_is_meant_to_break_the_parser_is_read_or_refused_in_time(char letter, int spaced)
    {
        var unit = spaced == 1 ? letter.ToString() : letter + " ";
        var hostile = string.Concat(Enumerable.Repeat(unit, DraftVersion.LongestTexts / unit.Length / 2));
        var done = Task.Run(() => MarkdownCheck.Faults("/content/en", hostile));
        Assert.Same(done, await Task.WhenAny(done, Task.Delay(TimeSpan.FromSeconds(30))));
        Assert.All(await done, fault => Assert.Equal("/content/en", fault.Pointer));
    }
}
