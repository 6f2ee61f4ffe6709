using AiCloud.Protection;

namespace AiCloud.Documents;

/// <summary>The seal of an announced version (C2.5b).</summary>
public sealed class DocumentSealTests
{
    private static readonly DocumentVersion Version = TestTexts.First[1] with { Processing = Amendments.Table };

    public static TheoryData<string, Func<DocumentVersion, DocumentVersion>> Changes => new()
    {
        { "kind", version => version with { Kind = "violation-rules" } },
        { "label", version => version with { Version = "1.1" } },
        { "digest", version => version with { Sha256 = new string('0', 64) } },
        { "announced", version => version with { AnnouncedAt = version.AnnouncedAt.AddTicks(1) } },
        { "effective", version => version with { EffectiveAt = version.EffectiveAt.AddTicks(-1) } },
        { "class", version => version with { Class = DocumentClass.Wording } },
        { "ground", version => version with { Ground = DocumentGround.Law } },
        { "prevails", version => version with { Prevails = "en" } },
        { "required", version => version with { Required = !version.Required } },
        { "incorporates", version => version with { Incorporates = ["violation-rules"] } },
        { "titles", version => version with { Titles = new() { ["en"] = "Other", ["zh-CN"] = "其他" } } },
        { "summary", version => version with { Summary = new() { ["en"] = "Other", ["zh-CN"] = "其他" } } },
        { "table", version => version with { Processing = [Amendments.Table[0]] } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void Any_member_with_legal_weight_breaks_it(string member, Func<DocumentVersion, DocumentVersion> change)
    {
        var seals = new DocumentSeal(KeyRing.Generate(new CryptographicRandomness()));
        var seal = seals.Of(Version);
        Assert.True(seals.Holds(Version, seal));
        Assert.True(seals.Holds(Version with { Notice = new NoticeProof { Pages = [] } }, seal)); // no part of the text
        Assert.False(seals.Holds(change(Version), seal), member);
        Assert.False(new DocumentSeal(KeyRing.Generate(new CryptographicRandomness())).Holds(Version, seal)); // who has no ring cannot make one
    }

    [Fact]
    public void After_a_rotation_it_still_holds_and_is_made_anew_so_that_the_old_root_can_leave()
    {
        var random = new CryptographicRandomness();
        var ring = KeyRing.Generate(random);
        var old = new DocumentSeal(ring);
        var state = new DocumentState { Versions = [Version], Seals = new() { [Version.Version] = old.Of(Version) } };
        Assert.Same(state, old.Renewed(state));
        var rotated = new DocumentSeal(ring.Add(RingPart.Secrets, random).Promote(RingPart.Secrets));
        Assert.True(rotated.Holds(Version, state.Seals[Version.Version]));
        var renewed = rotated.Renewed(state);
        Assert.NotEqual(state.Seals[Version.Version], renewed.Seals[Version.Version]);
        Assert.True(rotated.Holds(Version, renewed.Seals[Version.Version]));
        Assert.Same(renewed, rotated.Renewed(renewed));
    }
}
