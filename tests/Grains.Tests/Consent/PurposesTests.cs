using AiCloud.Accounts;
using AiCloud.Documents;
using static AiCloud.Consent.Agreement;

namespace AiCloud.Consent;

/// <summary>How a person stands to purposes of processing, as a decision over account, texts and instant (L-02, L-04).</summary>
public sealed class PurposesTests
{
    private static readonly ProcessingPurpose Account = Purpose("account", true, "phone"), News = Purpose("news", false, "email"), Wider = Purpose("account", true, "phone", "location"),
        Maps = Purpose("maps", false, "location"), Safety = Purpose("safety", true, "device") with { Functions = ["service_use"] };

    [Fact]
    public void L_02_registering_gives_what_is_necessary_and_infers_nothing_else()
    {
        var published = Amended([Account, News]);
        Assert.Equal(["account Given", "news Undecided"], Standing(Registered(published), published, 2));
        Assert.Equal(Day(1), Purposes.Of(Registered(published), published, Day(2))[0].Since);
        Assert.Empty(Purposes.Due(Purposes.Of(Registered(published), published, Day(2))));
    }

    [Fact]
    public void L_04_a_widening_asks_for_exactly_the_new_and_the_widened_from_its_instant_on()
    {
        var published = Amended([Account, News], Version(Privacy, "1.1", 10, DocumentClass.Processing, Wider, News, Maps));
        var state = Registered(published);
        Assert.Empty(Due(state, published, 9.999));
        Assert.Equal(["account Widened", "maps New"], Due(state, published, 10));
        Assert.Equal(["account Undecided", "news Undecided", "maps Undecided"], Standing(state, published, 10));
    }

    [Fact]
    public void L_04_the_version_is_accepted_once_everything_asked_is_decided_and_the_necessary_given()
    {
        var second = Version(Privacy, "1.1", 10, DocumentClass.Processing, Wider, News, Maps);
        var published = Amended([Account, News], second);
        var state = Registered(published);
        Assert.Null(Completed(state, published, 11));
        state = state.Decided(second, "account", given: true, 11);
        Assert.Null(Completed(state, published, 11));
        Assert.Equal(["maps New"], Due(state, published, 11));
        Assert.Equal("1.1", Completed(state.Decided(second, "maps", given: false, 11), published, 11)); // refusing an optional one changes nothing else
        Assert.Equal("1.1", Completed(state.Decided(second, "maps", given: true, 11), published, 11));
        Assert.Null(Completed(state.Decided(second, "maps", true, 11).Decided(second, "account", false, 11), published, 11));
    }

    [Fact]
    public void L_04_a_necessary_purpose_that_is_missing_limits_the_functions_it_names_and_no_others()
    {
        var second = Version(Privacy, "1.1", 10, DocumentClass.Processing, Account, News, Safety);
        var published = Amended([Account, News], second);
        var state = Registered(published);
        Assert.Empty(Limits(state, published, 9));
        Assert.Equal(["service_use"], Limits(state, published, 10));
        Assert.Equal(["service_use"], Limits(state.Decided(second, "safety", false, 11), published, 11));
        Assert.Empty(Limits(state.Decided(second, "safety", true, 11), published, 11));
        Assert.Equal(["account_change", "service_use"], Limits(state.Decided(second, "account", false, 11, withdrawn: true), published, 11).Order());
    }

    [Theory]
    [InlineData("consents")]
    [InlineData("export")]
    [InlineData("cancellation")]
    [InlineData("password")]
    [InlineData("go_on")]
    public void C2_5c_no_purpose_can_take_away_what_a_person_needs_to_read_decide_and_leave(string function)
    {
        var published = Amended([Account with { Functions = [function, "account_change"] }]);
        var state = Registered(published).Decided(published.Find(Privacy, "1.0")!, "account", given: false, 2, withdrawn: true);
        Assert.Equal(["account_change"], Limits(state, published, 2));
    }

    [Fact]
    public void L_02_refusing_an_optional_purpose_is_kept_through_amendments_and_asks_no_more()
    {
        var (second, third) = (Version(Privacy, "1.1", 10, DocumentClass.Processing, Account, News, Maps), Version(Privacy, "1.2", 20, DocumentClass.Processing, Account, News, Purpose("maps", false, "location", "speed")));
        var published = Amended([Account, News], second, third);
        var state = Registered(published).Decided(second, "maps", given: false, 11).Deemed(second, 11);
        Assert.Empty(Due(state, published, 21));
        Assert.Equal(["account Given", "news Undecided", "maps Refused"], Standing(state, published, 21));
    }

    [Fact]
    public void L_04_a_consent_given_before_a_further_widening_does_not_cover_it()
    {
        var (second, third) = (Version(Privacy, "1.1", 10, DocumentClass.Processing, Account, Maps), Version(Privacy, "1.2", 20, DocumentClass.Processing, Account, Purpose("maps", false, "location", "speed")));
        var published = Amended([Account], second, third);
        var given = Registered(published).Decided(second, "maps", given: true, 11);
        Assert.Equal(["account Given", "maps Given"], Standing(given, published, 11));
        Assert.Equal(["account Given", "maps Undecided"], Standing(given, published, 20));
        Assert.Equal(["maps New"], Due(given, published, 20)); // 1.1 was never accepted as a whole: compared with what binds
    }

    [Fact]
    public void L_04_a_correction_of_wording_after_the_widening_keeps_what_was_decided()
    {
        var second = Version(Privacy, "1.1", 10, DocumentClass.Processing, Account, Maps);
        var published = Amended([Account], second, Version(Privacy, "1.2", 20, DocumentClass.Wording, Account, Maps));
        var state = Registered(published).Decided(second, "maps", given: true, 11);
        Assert.Equal(["account Given", "maps Given"], Standing(state, published, 21));
        Assert.Equal("1.2", Completed(state, published, 21));
    }

    [Fact]
    public void L_02_a_withdrawal_stays_and_a_necessary_one_is_asked_for_again_where_it_is_needed()
    {
        var published = Amended([Account, News]);
        var state = Registered(published).Decided(published.Find(Privacy, "1.0")!, "account", given: false, 5, withdrawn: true);
        Assert.Equal(["account Withdrawn", "news Undecided"], Standing(state, published, 6));
        Assert.Equal(["account "], Due(state, published, 6));
    }

    [Fact]
    public void L_04_staff_may_call_a_text_wider_than_its_table_shows_and_then_everything_is_asked_anew()
    {
        var second = Version(Privacy, "1.1", 10, DocumentClass.Processing, Account, News);
        var published = Amended([Account, News], second);
        Assert.Equal(["account Widened", "news Widened"], Due(Registered(published), published, 10));
    }

    [Fact]
    public void L_04_a_text_without_a_table_is_one_purpose_by_itself_and_never_accepted_by_silence()
    {
        var second = Version(Contract, "1.1", 10, DocumentClass.Processing);
        var published = Amended([Account], second);
        var state = Registered(published);
        Assert.Equal([$"{Contract} New"], Due(state, published, 10));
        Assert.Null(Purposes.Completed(state, published, Contract, Day(10)));
        Assert.Equal(second, Purposes.Completed(state.Decided(second, Contract, given: true, 11), published, Contract, Day(11)));
    }

    private static string[] Standing(AccountState state, DocumentSet published, double day) =>
        [.. Purposes.Of(state, published, Day(day)).Select(view => $"{view.Purpose.Id} {view.State}")];

    private static string[] Due(AccountState state, DocumentSet published, double day) =>
        [.. Purposes.Due(Purposes.Of(state, published, Day(day))).SelectMany(due => due.Purposes).Select(view => $"{view.Purpose.Id} {view.Change}")];

    private static string[] Limits(AccountState state, DocumentSet published, double day) => [.. Purposes.Limits(Purposes.Of(state, published, Day(day)))];

    private static string? Completed(AccountState state, DocumentSet published, double day) => Purposes.Completed(state, published, Privacy, Day(day))?.Version;
}
