using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Documents;

/// <summary>Two versions compared (API.md, Documents).</summary>
public sealed class DocumentDiffTests(SharedGateways gateways)
{
    [Fact]
    public void A_paragraph_is_added_removed_or_left_as_it_was()
    {
        var diff = DocumentDiffBody.Of(Version("1.0", "Title\n\nStays.\n\nGoes."), Version("2.0", "Title\n\nStays.\n\nComes."), "en");
        Assert.Equal(["unchanged Title", "unchanged Stays.", "removed Goes.", "added Comes."], diff.Changes.Select(change => $"{change.Change} {change.Text}"));
        Assert.Equal(("1.0", "2.0"), (diff.From, diff.To));
    }

    [Fact]
    public async Task A_version_compared_with_itself_has_no_change()
    {
        var gateway = await gateways.Steady;
        var diff = (await gateway.Get("/v1/documents/registration-agreement/diff?from=1.0&to=1.0")).Is(200).Json;
        Assert.All(diff.GetProperty("changes").EnumerateArray(), change => Assert.Equal("unchanged", change.GetProperty("change").GetString()));
        Assert.NotEqual(0, diff.GetProperty("changes").GetArrayLength());
    }

    [Theory]
    [InlineData("/v1/documents/registration-agreement/diff?from=1.0&to=9.9", 404, "not_found")]
    [InlineData("/v1/documents/no-such-kind/diff?from=1.0&to=1.0", 404, "not_found")]
    [InlineData("/v1/documents/registration-agreement/diff?from=1.0", 422, "invalid")]
    public async Task What_cannot_be_compared_is_refused(string path, int status, string code) =>
        await (await (await gateways.Steady).Get(path)).Problem(status, code);

    private static DocumentVersion Version(string label, string text) => new()
    {
        Kind = "k",
        Version = label,
        Titles = [],
        Texts = new Dictionary<string, string> { ["en"] = text },
        Sha256 = "",
        Class = DocumentClass.Wording,
        AnnouncedAt = default,
        EffectiveAt = default,
        Required = false,
        Incorporates = [],
    };
}
