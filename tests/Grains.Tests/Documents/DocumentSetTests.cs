namespace AiCloud.Documents;

public sealed class DocumentSetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private static readonly DocumentSet Published = Set(
        Version("registration-agreement", "1.0", Noon.AddDays(-9), required: true, incorporates: ["violation-rules", "cancellation-rules"]),
        Version("registration-agreement", "2.0", Noon, required: true, incorporates: ["violation-rules"]),
        Version("privacy-agreement", "1.0", Noon.AddDays(-9), required: true),
        Version("violation-rules", "1.0", Noon.AddDays(-9)), Version("violation-rules", "1.1", Noon.AddDays(1)), Version("cancellation-rules", "1.0", Noon.AddDays(-9)));

    [Fact]
    public void A_version_is_in_force_from_its_instant_to_the_millisecond()
    {
        Assert.Equal("1.0", Published.InForce("registration-agreement", Noon - Millisecond)?.Version);
        Assert.Equal("2.0", Published.InForce("registration-agreement", Noon)?.Version);
    }

    [Fact]
    public void Before_the_first_and_for_an_unknown_kind_nothing_is_in_force()
    {
        Assert.Null(Published.InForce("registration-agreement", Noon.AddDays(-9) - Millisecond));
        Assert.Null(Published.InForce("unheard-of", Noon));
        Assert.Empty(DocumentSet.Empty.RequiredAt(Noon));
    }

    [Fact]
    public void An_announced_version_is_one_that_is_not_in_force_yet()
    {
        Assert.Equal("2.0", Published.Announced("registration-agreement", Noon - Millisecond)?.Version);
        Assert.Null(Published.Announced("registration-agreement", Noon));
        Assert.Null(Published.Announced("registration-agreement", Noon.AddDays(-7) - Millisecond)); // announced a week ahead
    }

    [Fact]
    public void What_a_registration_must_accept_names_what_each_text_incorporates_in_the_version_in_force()
    {
        var before = Published.RequiredAt(Noon - Millisecond);
        Assert.Equal(["registration-agreement 1.0", "privacy-agreement 1.0"], before.Select(document => Name(document.Reference)));
        Assert.Equal(["violation-rules 1.0", "cancellation-rules 1.0"], before[0].Incorporated.Select(Name));
        Assert.Equal(["violation-rules 1.0"], Published.RequiredAt(Noon)[0].Incorporated.Select(Name));
        Assert.Equal(["violation-rules 1.1"], Published.RequiredAt(Noon.AddDays(1))[0].Incorporated.Select(Name));
    }

    [Fact]
    public void Without_every_kind_in_force_nobody_knows_what_must_be_accepted()
    {
        Assert.True(DocumentCatalog.IsComplete(Published, Noon));
        Assert.False(DocumentCatalog.IsComplete(Published, Noon.AddDays(-10)));
        Assert.False(DocumentCatalog.IsComplete(Set(Version("privacy-agreement", "1.0", Noon, required: true)), Noon));
    }

    private static string Name(DocumentReference reference) => $"{reference.Kind} {reference.Version}";

    private static DocumentSet Set(params DocumentVersion[] versions) =>
        new(versions.GroupBy(version => version.Kind).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<DocumentVersion>)[.. kind]));

    internal static DocumentVersion Version(string kind, string version, DateTimeOffset effective, bool required = false, string[]? incorporates = null)
    {
        var texts = new Dictionary<string, string> { ["en"] = $"# {kind} {version}", ["zh-CN"] = $"# {kind} {version}。" };
        return new DocumentVersion
        {
            Kind = kind, Version = version, Titles = new() { ["en"] = kind, ["zh-CN"] = kind }, Texts = texts, Sha256 = DocumentDigest.Of(texts), Class = DocumentClass.Contract,
            AnnouncedAt = effective.AddDays(-7), EffectiveAt = effective, Required = required, Incorporates = incorporates ?? [],
        };
    }
}
