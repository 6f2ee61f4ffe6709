using AiCloud.Documents;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Registration;

/// <summary>A text that changes while somebody registers: nobody accepts what is no longer in force (C0.1).</summary>
public sealed class SupersededDocumentTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_version_accepted_is_the_one_in_force_at_completion_to_the_millisecond()
    {
        var second = await cluster.Grains.Announce("registration-agreement", "2.0", draft => draft with { Incorporates = ["violation-rules"] });
        var effective = second.EffectiveAt;
        cluster.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10));
        await cluster.Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>().Renew(default);

        var intime = await cluster.NewPerson().Prove();
        var early = await cluster.NewPerson().Prove();
        var late = await cluster.NewPerson().Prove();
        early.Accepts = [second.Reference, cluster.Texts[1].Reference];
        Refused(RefusalCode.DocumentNotInForce, await early.Complete()); // announced, not in force
        cluster.Clock.Advance(effective - cluster.Now - TimeSpan.FromMilliseconds(1));
        Granted(await intime.Complete());

        var request = late.Completion();
        Granted(await late.Registration.Prepare(request));
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(1)); // while the password is hashed
        Refused(RefusalCode.DocumentNotInForce, await late.Registration.Commit(request, late.Credential()));
        await late.Registration.Unprepare(request.Attempt);
        Refused(RefusalCode.DocumentNotInForce, await late.Complete());
        Assert.Null((await late.Identifier.Standing()).Owner);

        late.Accepts = early.Accepts;
        Granted(await late.Complete());
        var kept = Granted(await late.AccountActor.Acceptances(late.Session)).Select(view => view.Acceptance).Single(acceptance => acceptance.Document.Kind == second.Kind);
        Assert.Equal(second.Reference, kept.Document);
        Assert.Equal(["violation-rules"], kept.Incorporated.Select(reference => reference.Kind));
    }

    [Fact]
    public async Task A_first_version_is_published_once_and_only_with_its_own_digest()
    {
        var grain = cluster.Grains.GetGrain<IDocumentGrain>("privacy-agreement");
        await grain.Seed(TestTexts.Make("privacy-agreement", "9", cluster.Now, required: true));
        Assert.Equal("1.0", (await grain.Versions()).Single().Version);
        // A later build ships another text of the same version: what people agreed to stays.
        var kept = (await grain.Versions()).Single();
        Dictionary<string, string> texts = new() { ["en"] = "# another", ["zh-CN"] = "# 另一个" };
        await grain.Seed(kept with { Texts = texts, Sha256 = DocumentDigest.Of(texts), Processing = [] });
        Assert.Equal((kept.Sha256, kept.Processing.Length), ((await grain.Versions()).Single().Sha256, (await grain.Versions()).Single().Processing.Length));
        var other = cluster.Grains.GetGrain<IDocumentGrain>("some-other-kind");
        await Assert.ThrowsAsync<ArgumentException>(() => other.Seed(TestTexts.Make("privacy-agreement", "1", cluster.Now, required: true)));
        await Assert.ThrowsAsync<ArgumentException>(() => other.Seed(TestTexts.Make("some-other-kind", "1", cluster.Now, required: true) with { Sha256 = "00" }));
        Assert.Empty(await other.Versions());
    }
}
