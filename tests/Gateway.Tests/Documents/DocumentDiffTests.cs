using AiCloud.Documents.Comparison;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Documents;

/// <summary>Two versions compared (API.md, Documents).</summary>
public sealed class DocumentDiffTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_paragraph_is_added_removed_changed_or_left_as_it_was()
    {
        var (before, after) = (Version("1.0", "Title\n\nStays.\n\nGoes.\n\nIt is done in 7 days."), Version("2.0", "Title\n\nStays.\n\nComes.\n\nIt is done in 15 days."));
        using var comparisons = new DocumentComparisons();
        var diff = DocumentDiffBody.Of(before, after, "en", await comparisons.Of(before, after, "en", CancellationToken.None));
        Assert.Equal(["unchanged Title", "unchanged Stays.", "removed Goes.", "added Comes.", "changed It is done in 15 days."], diff.Changes.Select(change => $"{change.Change} {change.Text}"));
        Assert.Equal(["unchanged:It is done in ", "removed:7", "added:15", "unchanged: days."], diff.Changes[^1].Parts!.Select(part => $"{part.Change}:{part.Text}"));
        Assert.All(diff.Changes[..^1], change => Assert.Null(change.Parts));
        Assert.Equal(("1.0", "2.0", true), (diff.From, diff.To, diff.Complete));
    }

    [Fact]
    public async Task The_same_two_texts_are_compared_once_however_many_ask_at_the_same_time()
    {
        using var comparisons = new DocumentComparisons();
        var (before, after) = (Version("1.0", "One text."), Version("2.0", "Another text."));
        await comparisons.Of(before, after, "en", CancellationToken.None);
        var once = comparisons.Spent;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => comparisons.Of(before, after, "en", CancellationToken.None))));
        Assert.Equal(once, comparisons.Spent);
        await comparisons.Of(after, before, "en", CancellationToken.None);
        Assert.NotEqual(once, comparisons.Spent);
    }

    [Fact]
    public async Task What_is_kept_of_comparisons_is_bounded_and_what_was_asked_for_last_stays()
    {
        using var comparisons = new DocumentComparisons();
        var first = Version("1.0", "The first.");
        var big = Enumerable.Range(2, 9).Select(i => Version($"{i}.0", $"{i} " + new string('x', 1_000_000))).ToArray();
        foreach (var each in big) await comparisons.Of(first, each, "en", CancellationToken.None);
        var spent = comparisons.Spent;
        await comparisons.Of(first, big[^1], "en", CancellationToken.None);
        Assert.Equal(spent, comparisons.Spent);
        await comparisons.Of(first, big[0], "en", CancellationToken.None);
        Assert.NotEqual(spent, comparisons.Spent);
    }

    [Fact]
    public async Task A_version_compared_with_itself_has_no_change()
    {
        var gateway = await gateways.Steady;
        var reply = (await gateway.Get("/v1/documents/registration-agreement/diff?from=1.0&to=1.0")).Is(200);
        Assert.All(reply.Json.GetProperty("changes").EnumerateArray(), change => Assert.Equal("unchanged", change.GetProperty("change").GetString()));
        Assert.NotEqual(0, reply.Json.GetProperty("changes").GetArrayLength());
        (await gateway.Get("/v1/documents/registration-agreement/diff?from=1.0&to=1.0", null, ("If-None-Match", reply.Header("ETag")!))).Is(304);
    }

    [Theory]
    [InlineData("/v1/documents/registration-agreement/diff?from=1.0&to=9.9", 404, "not_found")]
    [InlineData("/v1/documents/no-such-kind/diff?from=1.0&to=1.0", 404, "not_found")]
    [InlineData("/v1/documents/registration-agreement/diff?from=1.0", 422, "invalid")]
    public async Task What_cannot_be_compared_is_refused(string path, int status, string code) =>
        await (await (await gateways.Steady).Get(path)).Problem(status, code);

    private static DocumentVersion Version(string label, string text)
    {
        var texts = new Dictionary<string, string> { ["en"] = text };
        return TestTexts.Make("k", label, default, required: false) with { Texts = texts, Sha256 = DocumentDigest.Of(texts) };
    }
}
