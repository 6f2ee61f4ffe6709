using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>What may become of a version, as decisions over state, command and time (C2.5a, C2.5b).</summary>
public sealed class DocumentLifecycleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero); // noon in Shanghai
    private static readonly DocumentVersion First = TestTexts.First[0];

    [Theory]
    [InlineData(null, "7.00:00:00")]
    [InlineData("7.00:00:00", "7.00:00:00")]
    [InlineData("7.00:00:00.001", "7.00:00:00.001")]
    [InlineData("30.00:00:00", "30.00:00:00")]
    [InlineData("6.23:59:59.999", "7.00:00:00")] // an import that passed no rule
    [InlineData("-1.00:00:00", "7.00:00:00")]
    public void C2_5b_force_comes_seven_days_after_the_announcement_or_later_never_earlier(string? asked, string after) =>
        Assert.Equal(Noon + TimeSpan.Parse(after, null), DocumentLifecycle.EffectiveAt(First, asked is null ? null : TimeSpan.Parse(asked, null), new DocumentOptions(), Noon));

    [Fact]
    public void C2_5b_a_setting_lengthens_the_period_and_cannot_shorten_it()
    {
        Assert.Equal(Noon.AddDays(10), DocumentLifecycle.EffectiveAt(First, TimeSpan.FromDays(8), new DocumentOptions { NoticePeriod = TimeSpan.FromDays(10) }, Noon));
        Assert.Equal(Noon.AddDays(7), DocumentLifecycle.EffectiveAt(First, null, new DocumentOptions { NoticePeriod = TimeSpan.FromHours(1) }, Noon));
    }

    [Theory]
    [InlineData("2026-03-02T04:00:00Z", "2026-03-09T16:00:00Z")] // noon in Shanghai: the midnight after the seventh noon
    [InlineData("2026-03-02T16:00:00Z", "2026-03-09T16:00:00Z")] // midnight itself
    [InlineData("2026-03-02T16:00:00.0000001Z", "2026-03-10T16:00:00Z")]
    [InlineData("2026-03-02T15:59:59.999Z", "2026-03-09T16:00:00Z")]
    public void C2_5b_a_setting_puts_force_off_to_midnight_in_Shanghai(string announced, string effective) =>
        Assert.Equal(DateTimeOffset.Parse(effective, null), DocumentLifecycle.EffectiveAt(First, null, new DocumentOptions { AtMidnight = true }, DateTimeOffset.Parse(announced, null)));

    [Fact]
    public void C2_5b_the_first_version_of_a_kind_is_in_force_on_its_announcement() =>
        Assert.Equal(Noon, DocumentLifecycle.EffectiveAt(null, TimeSpan.FromDays(30), new DocumentOptions { AtMidnight = true }, Noon));

    [Theory]
    [InlineData("2", null)]
    [InlineData("2.0-final.1", null)]
    [InlineData("", RefusalCode.DocumentInvalid)]
    [InlineData("-2", RefusalCode.DocumentInvalid)]
    [InlineData("2/0", RefusalCode.DocumentInvalid)]
    [InlineData("二", RefusalCode.DocumentInvalid)]
    [InlineData("12345678901234567890123456789012", null)]
    [InlineData("123456789012345678901234567890123", RefusalCode.DocumentInvalid)]
    public void A_label_is_short_and_plain(string label, RefusalCode? refused) => Assert.Equal(refused, Fault(draft => draft with { Version = label }));

    [Fact]
    public void A_draft_has_both_languages_and_nothing_that_its_digest_could_not_tell_apart()
    {
        Assert.Null(Fault(draft => draft));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Texts = new() { ["en"] = "x" } }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Texts = new() { ["en"] = "x", ["zh-CN"] = " " } }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Texts = new() { ["en"] = "x", ["fr"] = "y" } }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Texts = new() { ["en"] = "x", ["zh-CN"] = "a\0b" } }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Texts = new() { ["en"] = "x", ["zh-CN"] = "a\uD800b" } })); // half a surrogate pair
        Assert.Null(Fault(draft => draft with { Texts = new() { ["en"] = "x", ["zh-CN"] = "a\uFFFDb😀" } }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Summary = [] }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Incorporates = ["registration-agreement"] }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Prevails = "fr" }));
        Assert.Equal(RefusalCode.DocumentInvalid, Fault(draft => draft with { Processing = Amendments.Table })); // only the privacy agreement has one
    }

    [Fact]
    public void A_draft_s_texts_have_at_most_a_megabyte_of_utf8_together()
    {
        DraftVersion Of(int bytes) => Amendments.Draft(First.Kind, "2") with { Texts = new() { ["zh-CN"] = new string('字', 100), ["en"] = new string('x', bytes - 300) } };
        Assert.Null(DraftRules.Fault(First.Kind, Of(DraftVersion.LongestTexts), First));
        Assert.Equal(RefusalCode.DocumentInvalid, DraftRules.Fault(First.Kind, Of(DraftVersion.LongestTexts + 1), First));
    }

    [Theory]
    [InlineData("6.23:59:59.999", RefusalCode.EffectiveTooSoon)]
    [InlineData("7.00:00:00", null)]
    [InlineData("365.00:00:00", null)]
    [InlineData("365.00:00:00.001", RefusalCode.EffectiveTooSoon)]
    public void C2_5b_a_draft_that_asks_for_a_shorter_period_is_refused(string after, RefusalCode? refused) =>
        Assert.Equal(refused, Fault(draft => draft with { EffectiveAfter = TimeSpan.Parse(after, null) }));

    [Fact]
    public void C2_5c_whatever_widens_the_processing_table_forces_the_class_processing()
    {
        var before = Amendments.Table;
        ProcessingPurpose account = before[0], letter = before[1];
        Assert.Equal(DocumentClass.Wording, Least(before));
        Assert.Equal(DocumentClass.Wording, Least([account])); // less is no widening
        Assert.Equal(DocumentClass.Wording, Least([account with { DataKinds = ["phone"] }, letter]));
        Assert.Equal(DocumentClass.Wording, Least([account with { Necessary = false, Functions = [] }, letter]));
        Assert.Equal(DocumentClass.Wording, ProcessingTable.LeastClass([account with { RetentionDays = 30 }], [account with { RetentionDays = 10, Retention = Text("ten days") }]));

        Assert.Equal(DocumentClass.Processing, Least([.. before, Amendments.Purpose("profiling", necessary: false, "email")]));
        Assert.Equal(DocumentClass.Processing, Least([account with { DataKinds = ["phone", "email", "location"] }, letter]));
        Assert.Equal(DocumentClass.Processing, Least([account with { Recipients = ["an advertiser"] }, letter]));
        Assert.Equal(DocumentClass.Processing, Least([account, letter with { Necessary = true }]));
        Assert.Equal(DocumentClass.Processing, Least([account with { Functions = ["account_change", "everything"] }, letter]));
        Assert.Equal(DocumentClass.Processing, Least([account with { Purpose = Text("another purpose under the old name") }, letter]));
        Assert.Equal(DocumentClass.Processing, Least([account with { Retention = Text("for ever") }, letter]));
        Assert.Equal(DocumentClass.Processing, ProcessingTable.LeastClass([account with { RetentionDays = 30 }], [account with { RetentionDays = 31 }]));
        Assert.Equal(DocumentClass.Processing, ProcessingTable.LeastClass([account with { RetentionDays = 30 }], [account]));

        DocumentClass Least(ProcessingPurpose[] after) => ProcessingTable.LeastClass(before, after);
    }

    [Fact]
    public void C2_5a_nobody_approves_their_own_proposal_nor_that_of_someone_they_made_within_a_day()
    {
        StaffActor old = new() { Staff = "old" }, other = new() { Staff = "other" };
        var made = new StaffActor { Staff = "made", Creators = ["old", "second"], CreatedAt = Noon };
        Assert.True(TwoPeople.MayApprove(old, other, Noon));
        Assert.False(TwoPeople.MayApprove(old, old with { CreatedAt = Noon }, Noon));
        Assert.False(TwoPeople.MayApprove(made, old, Noon.AddHours(24).AddTicks(-1)));
        Assert.False(TwoPeople.MayApprove(old, made, Noon.AddHours(24).AddTicks(-1))); // a puppet approves its maker
        Assert.True(TwoPeople.MayApprove(made, old, Noon.AddHours(24)));
        Assert.True(TwoPeople.MayApprove(old, made, Noon.AddHours(24)));
        Assert.True(TwoPeople.MayApprove(made, other, Noon));
    }

    [Fact]
    public void An_hour_counts_once_for_a_page_and_a_find_outweighs_a_miss()
    {
        var state = new NoticeState().With("2", NoticePages.Help, found: false, Noon);
        Assert.Equal((0, 1), Count(state));
        Assert.Same(state, state.With("2", NoticePages.Help, found: false, Noon.AddMinutes(59)));
        state = state.With("2", NoticePages.Help, found: true, Noon.AddMinutes(59));
        Assert.Equal((1, 0), Count(state));
        Assert.Same(state, state.With("2", NoticePages.Help, found: true, Noon.AddMinutes(59.5)));
        Assert.Same(state, state.With("2", NoticePages.Help, found: false, Noon.AddMinutes(59.5)));
        state = state.With("2", NoticePages.Help, found: true, Noon.AddMinutes(60)).With("2", NoticePages.Help, found: false, Noon.AddMinutes(120));
        Assert.Equal((2, 1), Count(state));
        var page = state.Proofs["2"].Pages.Single();
        Assert.Equal((Noon.AddMinutes(59), Noon.AddMinutes(60)), (page.First, page.Last));
        Assert.Equal(2, state.With("2", NoticePages.Register, found: true, Noon).Proofs["2"].Pages.Length);

        static (int Hours, int Missing) Count(NoticeState state) => (state.Proofs["2"].Pages[0].Hours, state.Proofs["2"].Pages[0].Missing);
    }

    [Fact]
    public void What_came_into_force_since_a_version_is_told_in_order_and_skipped_ones_too()
    {
        var set = new DocumentSet(new Dictionary<string, IReadOnlyList<DocumentVersion>>
        {
            ["k"] = [DocumentSetTests.Version("k", "1", Noon), DocumentSetTests.Version("k", "2", Noon.AddDays(7)), DocumentSetTests.Version("k", "3", Noon.AddDays(14))],
        });
        Assert.Equal([], Labels("1", Noon.AddDays(7).AddTicks(-1)));
        Assert.Equal(["2"], Labels("1", Noon.AddDays(7)));
        Assert.Equal(["2", "3"], Labels("1", Noon.AddDays(14)));
        Assert.Equal([], Labels("3", Noon.AddDays(14)));
        Assert.Equal(["1", "2", "3"], Labels(null, Noon.AddDays(14)));
        IEnumerable<string> Labels(string? label, DateTimeOffset at) => set.Since("k", label, at).Select(version => version.Version);
    }

    private static RefusalCode? Fault(Func<DraftVersion, DraftVersion> change) => DraftRules.Fault(First.Kind, change(Amendments.Draft(First.Kind, "2")), First);

    private static Dictionary<string, string> Text(string text) => new() { ["en"] = text, ["zh-CN"] = text };
}
