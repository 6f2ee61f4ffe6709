using AiCloud.Clock;
using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static AiCloud.Documents.Amendments;

namespace AiCloud.Documents;

/// <summary>An amendment from draft to force, on two silos (C2.5a, C2.5b).</summary>
public sealed class AmendmentTests(AmendmentTests.Fixture cluster) : IClassFixture<AmendmentTests.Fixture>
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static int _kinds;

    public sealed class Fixture : TwoSilosFixture
    {
        public ClockAsDatabaseTime DatabaseTime { get; private set; } = null!;

        protected override void Configure(IServiceCollection services)
        {
            DatabaseTime ??= new ClockAsDatabaseTime(Clock);
            services.AddSingleton<IDatabaseTime>(DatabaseTime);
        }
    }

    [Fact]
    public async Task C2_5b_an_announced_version_is_in_force_seven_days_later_to_the_millisecond_on_every_silo()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        Assert.Equal(["1"], (await grain.Versions()).Select(version => version.Version)); // a draft is nobody's business
        var announced = Granted(await grain.Announce("a", "2", Announcer));
        Assert.Equal(cluster.Now, announced.AnnouncedAt);
        Assert.Equal(cluster.Now.AddDays(7), announced.EffectiveAt);

        var sets = await Sets(kind);
        var effective = announced.EffectiveAt!.Value;
        Assert.All(sets, set => Assert.Equal(("1", "2"), (set.InForce(kind, effective - Tick)!.Version, set.Announced(kind, effective - Tick)!.Version)));
        Assert.All(sets, set => Assert.Equal(("2", null), (set.InForce(kind, effective)!.Version, set.Announced(kind, effective)?.Version)));
    }

    [Fact]
    public async Task C2_5a_the_author_cannot_announce_and_nothing_changed_when_they_tried()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        var before = await Row(kind);
        Refused(RefusalCode.SecondPersonNeeded, await grain.Announce("a", "2", Author));
        Refused(RefusalCode.SecondPersonNeeded, await grain.Announce("a", "2", new StaffActor { Staff = "puppet", Creators = ["author"], CreatedAt = cluster.Now.AddHours(-23) }));
        Refused(RefusalCode.NotFound, await grain.Announce("a", "3", Announcer));
        Assert.Equal(before, await Row(kind));
    }

    [Fact]
    public async Task A_repeated_act_is_done_once_and_another_body_under_its_name_is_refused()
    {
        var (kind, grain) = await NewKind();
        var draft = Draft(kind, "2");
        Assert.Equal(Granted(await grain.Draft("d", draft, Author)).Sha256, Granted(await grain.Draft("d", draft, Author)).Sha256);
        Refused(RefusalCode.IdempotencyKeyReused, await grain.Draft("d", draft with { Ground = DocumentGround.Law }, Author));
        Refused(RefusalCode.DocumentVersionUsed, await grain.Draft("d2", draft, Author));
        var first = Granted(await grain.Announce("a", "2", Announcer));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await cluster.Forget(grain);
        Assert.Equal(first.EffectiveAt, Granted(await grain.Announce("a", "2", Announcer)).EffectiveAt);
        Refused(RefusalCode.NotADraft, await grain.Announce("another", "2", Announcer));
    }

    [Fact]
    public async Task C2_5b_only_one_version_of_a_kind_is_announced_at_a_time()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d2", Draft(kind, "2"), Author));
        Granted(await grain.Draft("d3", Draft(kind, "3"), Author));
        var second = Granted(await grain.Announce("a2", "2", Announcer));
        Refused(RefusalCode.AnotherAnnounced, await grain.Announce("a3", "3", Announcer));
        cluster.Clock.Advance(second.EffectiveAt!.Value - cluster.Now - Tick);
        Refused(RefusalCode.AnotherAnnounced, await grain.Announce("a3", "3", Announcer));
        cluster.Clock.Advance(Tick);
        Assert.Equal(cluster.Now.AddDays(7), Granted(await grain.Announce("a3", "3", Announcer)).EffectiveAt);
    }

    [Fact]
    public async Task C2_5a_a_withdrawal_takes_two_and_its_label_never_comes_back()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        var announced = Granted(await grain.Announce("a", "2", Announcer));
        Assert.Equal(DocumentStatus.Announced, Granted(await grain.Withdraw("w1", "2", Author)).Status);
        Refused(RefusalCode.SecondPersonNeeded, await grain.Withdraw("w2", "2", Author));
        Assert.NotNull((await Sets(kind))[0].Announced(kind, cluster.Now)); // a proposal withdraws nothing
        var withdrawn = Granted(await grain.Withdraw("w3", "2", Announcer));
        Assert.Equal(DocumentStatus.Withdrawn, withdrawn.Status);
        Assert.Equal(withdrawn.WithdrawnAt, Granted(await grain.Withdraw("w3", "2", Announcer)).WithdrawnAt);
        Assert.Equal(announced.Sha256, DocumentDigest.Of(withdrawn.Content.Texts)); // staff still see what it was
        cluster.Clock.Advance(TimeSpan.FromDays(8));
        Assert.All(await Sets(kind), set => Assert.Equal("1", set.InForce(kind, cluster.Now)!.Version));
        Refused(RefusalCode.DocumentVersionUsed, await grain.Draft("d2", Draft(kind, "2"), Author));
        Refused(RefusalCode.NotADraft, await grain.Announce("a2", "2", Announcer));
    }

    [Fact]
    public async Task C2_5a_a_version_in_force_is_withdrawn_by_nobody_not_even_when_it_was_proposed_in_time()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        Granted(await grain.Announce("a", "2", Announcer));
        cluster.Clock.Advance(TimeSpan.FromDays(7) - Tick);
        Granted(await grain.Withdraw("w1", "2", Author));
        cluster.Clock.Advance(Tick);
        Refused(RefusalCode.AlreadyInForce, await grain.Withdraw("w2", "2", Announcer));
        Assert.Equal("2", (await Sets(kind))[1].InForce(kind, cluster.Now)!.Version);
    }

    [Fact]
    public async Task C2_5b_a_clock_that_was_set_back_or_differs_from_the_database_s_announces_nothing()
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        try
        {
            foreach (var off in new[] { TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(-10), TimeSpan.FromMilliseconds(1001), TimeSpan.FromMilliseconds(-1001) })
            {
                cluster.DatabaseTime.Offset = off;
                Refused(RefusalCode.Busy, await grain.Announce("a", "2", Announcer));
            }
            cluster.DatabaseTime.Offset = TimeSpan.FromMilliseconds(-900); // within tolerance, but before the draft was kept
            Refused(RefusalCode.Busy, await grain.Announce("a", "2", Announcer));
            cluster.DatabaseTime.Offset = TimeSpan.FromMilliseconds(900);
            Assert.Equal(cluster.Now.AddMilliseconds(900).AddDays(7), Granted(await grain.Announce("a", "2", Announcer)).EffectiveAt); // the database's instant
        }
        finally
        {
            cluster.DatabaseTime.Offset = TimeSpan.Zero;
        }
    }

    [Theory]
    [InlineData("in force at once")]
    [InlineData("announced a week ago and in force now")]
    [InlineData("another text")]
    [InlineData("another text with its digest")]
    [InlineData("no class of its own")]
    [InlineData("smuggled in")]
    [InlineData("without a seal")]
    public async Task C2_5b_a_row_edited_outside_the_service_brings_nothing_into_force(string attack)
    {
        var (kind, grain) = await NewKind();
        Granted(await grain.Draft("d", Draft(kind, "2"), Author));
        Granted(await grain.Announce("a", "2", Announcer));
        await cluster.Rewrite<DocumentState>("document", kind, state =>
        {
            var version = state.Versions[1];
            var texts = new Dictionary<string, string> { ["en"] = "All yours is ours.", ["zh-CN"] = "皆归我。" };
            var smuggled = Amendments.Draft(kind, "3");
            return attack switch
            {
                "in force at once" => state with { Versions = [state.Versions[0], version with { EffectiveAt = cluster.Now }] },
                "announced a week ago and in force now" => state with { Versions = [state.Versions[0], version with { AnnouncedAt = version.AnnouncedAt.AddDays(-7), EffectiveAt = version.EffectiveAt.AddDays(-7) }] },
                "another text" => state with { Versions = [state.Versions[0], version with { Texts = texts }] },
                "another text with its digest" => state with { Versions = [state.Versions[0], version with { Texts = texts, Sha256 = DocumentDigest.Of(texts) }] },
                "no class of its own" => state with { Versions = [state.Versions[0], version with { Class = DocumentClass.Wording }] },
                "smuggled in" => state with
                {
                    Versions = [state.Versions[0], version with { Version = "3", Texts = smuggled.Texts, Sha256 = DocumentDigest.Of(smuggled.Texts) }],
                    Seals = new() { ["1"] = state.Seals["1"], ["3"] = state.Seals["2"] },
                },
                _ => state with { Seals = new() { ["1"] = state.Seals["1"] } },
            };
        });
        await cluster.Forget(grain);
        await Assert.ThrowsAnyAsync<OrleansException>(() => grain.Versions());
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Announce("a2", "2", Announcer));
    }

    [Fact]
    public async Task C2_5b_one_kind_that_cannot_be_read_leaves_its_copy_in_use_and_the_others_renewed()
    {
        var catalog = cluster.Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>();
        await catalog.Renew(default);
        var before = catalog.Current.InForce("cancellation-rules", cluster.Now);
        await cluster.Rewrite<DocumentState>("document", "cancellation-rules", state => state with { Revision = 99, Versions = [state.Versions[0] with { Required = true }] });
        await cluster.Forget(cluster.Grains.GetGrain<IDocumentGrain>("cancellation-rules"));
        var second = await cluster.Grains.Announce("violation-rules", "2");
        await Assert.ThrowsAnyAsync<OrleansException>(() => catalog.Renew(default));
        Assert.Equal(second.Reference, catalog.Current.Announced("violation-rules", cluster.Now)?.Reference);
        Assert.Equal(before, catalog.Current.InForce("cancellation-rules", cluster.Now));
    }

    private async Task<(string Kind, IDocumentGrain Grain)> NewKind()
    {
        var kind = $"kind-{Interlocked.Increment(ref _kinds)}";
        var grain = cluster.Grains.GetGrain<IDocumentGrain>(kind);
        await grain.Seed(TestTexts.Make(kind, "1", cluster.Now.AddDays(-30), required: false));
        return (kind, grain);
    }

    /// <summary>What each silo knows after asking the actor.</summary>
    private async Task<IReadOnlyList<DocumentSet>> Sets(string kind)
    {
        var sets = new List<DocumentSet>();
        foreach (var silo in cluster.Cluster.Silos)
        {
            var grains = cluster.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>();
            sets.Add(new DocumentSet(new Dictionary<string, IReadOnlyList<DocumentVersion>> { [kind] = await grains.GetGrain<IDocumentGrain>(kind).Versions() }));
        }
        return sets;
    }

    private async Task<string> Row(string kind)
    {
        var row = new KeptRow<DocumentState>();
        await cluster.State.ReadStateAsync("document", GrainId.Create("document", kind), row);
        return row.ETag!;
    }

    private static T Granted<T>(Outcome<T> outcome) where T : class
    {
        Assert.Null(outcome.Refusal);
        return outcome.Value!;
    }

    private static void Refused<T>(RefusalCode code, Outcome<T> outcome) where T : class => Assert.Equal(code, outcome.Refusal?.Code);
}
