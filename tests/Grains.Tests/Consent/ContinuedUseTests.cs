using AiCloud.Accounts;
using AiCloud.Documents;
using static AiCloud.Consent.Agreement;

namespace AiCloud.Consent;

/// <summary>What an act of use accepts, as a decision over account, texts and instant (C2.5c).</summary>
public sealed class ContinuedUseTests
{
    private static readonly DocumentVersion Second = Version(Contract, "1.1", 10);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void C2_5c_use_accepts_from_the_effective_instant_on_and_not_a_millisecond_earlier(int milliseconds, bool accepts)
    {
        var published = Amended([], Second);
        var decided = ContinuedUse.Decide(Registered(published), published, Day(10).AddMilliseconds(milliseconds));
        Assert.Equal(accepts ? [Second.Label()] : [], decided.Select(Label));
    }

    [Fact]
    public void C2_5c_nothing_is_due_when_nothing_changed_and_nothing_twice()
    {
        var published = Amended([], Second);
        Assert.Empty(ContinuedUse.Decide(Registered(published), published, Day(9)));
        Assert.Empty(ContinuedUse.Decide(Registered(published).Deemed(Second, 11), published, Day(12)));
    }

    [Fact]
    public void C2_5c_skipped_versions_are_accepted_in_the_order_in_which_they_came_into_force_over_all_kinds()
    {
        var published = Amended([], Second, Version(Contract, "1.2", 30), Version(Rules, "1.1", 20, DocumentClass.Wording), Version(Contract, "1.3", 50));
        Assert.Equal([$"{Contract} 1.1", $"{Rules} 1.1", $"{Contract} 1.2"], ContinuedUse.Decide(Registered(published), published, Day(40)).Select(Label));
    }

    [Fact]
    public void C0_1_incorporated_kinds_amend_by_the_same_rule()
    {
        var rules = Version(Rules, "1.1", 10);
        var published = Amended([], rules);
        Assert.Equal([rules.Label()], ContinuedUse.Decide(Registered(published), published, Day(10)).Select(Label));
    }

    [Fact]
    public void C0_1_accepting_a_version_fixes_what_it_incorporates_at_that_instant()
    {
        var rules = Version(Rules, "1.1", 12);
        var published = Amended([], Second, rules);
        Assert.Equal(["1.0"], ContinuedUse.Incorporated(Registered(published), published, Second, Day(11)).Select(reference => reference.Version));
        Assert.Equal(["1.1"], ContinuedUse.Incorporated(Registered(published), published, Second, Day(13)).Select(reference => reference.Version));
    }

    [Fact]
    public void C0_1_a_kind_that_an_amendment_incorporates_for_the_first_time_is_bound_by_it_and_amends_from_then_on()
    {
        var newcomer = TestTexts.Make("community-rules", "1.0", Day(5), required: false);
        var with = Second with { Incorporates = [Rules, "community-rules"] };
        var published = Published([.. new[] { Contract, Rules, Privacy }.Select(kind => Version(kind, "1.0", 0)), with, newcomer]);
        var state = Registered(published);
        Assert.Equal([with.Label()], ContinuedUse.Decide(state, published, Day(11)).Select(Label));
        Assert.Equal(["1.0", "1.0"], ContinuedUse.Incorporated(state, published, with, Day(11)).Select(reference => reference.Version));
        Assert.Null(Bound.To(state, published, "community-rules"));
    }

    [Fact]
    public void L_04_what_widens_processing_is_never_deemed_nor_anything_built_on_it()
    {
        var wider = Version(Privacy, "1.1", 20, DocumentClass.Processing);
        var published = Amended([], Version(Privacy, "1.05", 10, DocumentClass.Wording), wider, Version(Privacy, "1.2", 30, DocumentClass.Wording), Version(Contract, "1.1", 30));
        Assert.Equal([$"{Privacy} 1.05", $"{Contract} 1.1"], ContinuedUse.Decide(Registered(published), published, Day(60)).Select(Label));
    }

    [Fact]
    public void L_04_a_contract_that_incorporates_wider_processing_does_not_smuggle_it_in()
    {
        var published = Amended([], Version(Rules, "1.1", 9, DocumentClass.Processing), Second);
        var state = Registered(published);
        Assert.Equal([Second.Label()], ContinuedUse.Decide(state, published, Day(11)).Select(Label));
        Assert.Equal(["1.0"], ContinuedUse.Incorporated(state, published, Second, Day(11)).Select(reference => reference.Version));
    }

    [Fact]
    public void A_process_whose_copy_of_the_texts_is_older_than_the_account_decides_nothing()
    {
        // Elsewhere 1.2 was accepted, 1.1 along with it; here 1.2 is not known yet, and 1.1 would look like what is missing.
        var behind = Amended([], Second);
        var state = Registered(behind).Deemed(Version(Contract, "1.2", 20), 21);
        Assert.Empty(ContinuedUse.Decide(state, behind, Day(22)));
        Assert.DoesNotContain(Notices.Due(state, behind, Day(22)), due => due.Document.Kind == Contract);
    }

    [Fact]
    public void C2_5c_a_person_is_shown_what_is_announced_and_what_is_in_force_and_not_accepted()
    {
        var published = Amended([], Second, Version(Contract, "1.2", 20));
        Assert.Empty(Notices.Due(Registered(published), published, Day(2.9)));
        Assert.Equal([("1.1", false, "1.0")], Notices.Due(Registered(published), published, Day(3)).Select(due => (due.Document.Version, due.InForce, due.From)));
        Assert.Equal([("1.1", true), ("1.2", false)], Notices.Due(Registered(published), published, Day(14)).Select(due => (due.Document.Version, due.InForce)));
        Assert.Equal([("1.2", false, "1.1")], Notices.Due(Registered(published).Deemed(Second, 14), published, Day(14)).Select(due => (due.Document.Version, due.InForce, due.From)));
    }

    private static string Label(DocumentVersion version) => version.Label();
}
