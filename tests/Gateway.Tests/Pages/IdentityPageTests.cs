using AiCloud.Identity;

namespace AiCloud.Pages;

/// <summary>Real-name proof by page, without JavaScript (C2.1e, L-09).</summary>
[Collection(PagesCollection.Name)]
public sealed class IdentityPageTests(PagesApp app)
{
    [Fact]
    public async Task The_separate_consent_stands_before_the_form_and_its_box_is_unticked__L_09()
    {
        var visitor = await Registered();
        var page = await visitor.Get("/account/identity");
        Assert.Null(page.Document.QuerySelector("#number"));
        var box = page.Document.QuerySelector("input#consent");
        Assert.False(box!.HasAttribute("checked"));
        foreach (var words in new[] { "sensitive personal information", "Why it is needed", "What it means for you" }) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        var refused = await visitor.Submit(page, "/account/identity?handler=consent");
        Assert.Equal((422, null), (refused.Status, refused.Document.QuerySelector("#number")));
        var form = await visitor.Submit(refused, "/account/identity?handler=consent", ("consent", "yes"));
        Assert.NotNull(form.Document.QuerySelector("#number"));
    }

    [Theory]
    [InlineData("测试通过", "Proven")]
    [InlineData("测试不符", "Not confirmed")]
    [InlineData("测试沉默", "Being checked")]
    public async Task A_person_proves_the_name_by_page(string name, string standing)
    {
        var visitor = await Consented();
        var card = TestPersons.NewCard("1990-05-17");
        var page = await visitor.Submit(await visitor.Get("/account/identity"), "/account/identity?handler=submit", ("name", name), ("number", card));
        Assert.Equal("/account/identity", page.Path);
        Assert.Equal(standing, page.Document.QuerySelector("#standing + p .badge")!.TextContent);
        Assert.DoesNotContain(card, page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        // The name in full is on the page that needs a recent authentication, once it is proven.
        var facts = (await visitor.Get("/account/facts")).Text;
        Assert.Equal(standing == "Proven", facts.Contains(name, StringComparison.Ordinal) && facts.Contains($"Only the last four are kept: {card[^4..]}", StringComparison.Ordinal));
    }

    [Theory, InlineData("en", "proven by an ID"), InlineData("zh-CN", "已凭身份证件证明")]
    public async Task Beside_a_proof_the_birth_date_is_not_offered_for_correction_and_a_form_from_before_is_refused__C2_1f(string language, string why)
    {
        var visitor = await Consented(language);
        var before = await visitor.Get("/account/facts");
        await visitor.Submit(await visitor.Get("/account/identity"), "/account/identity?handler=submit", ("name", "测试通过"), ("number", TestPersons.NewCard("1990-05-17")));
        var facts = await visitor.Get("/account/facts");
        Assert.False(facts.HasForm("/account/facts?handler=birth"));
        Assert.Contains(why, facts.Document.GetElementById("birthYear")!.TextContent, StringComparison.Ordinal);
        var late = await visitor.Submit(before, "/account/facts?handler=birth", ("birthYear", "1990"), ("birthMonth", "5"), ("birthDay", "18"));
        Assert.Equal(422, late.Status);
        Assert.Equal("#birthYear", late.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
    }

    [Theory, InlineData("en"), InlineData("zh-CN")]
    public async Task The_state_network_ID_is_taken_on_the_page_beside_the_certificate__L_11(string language)
    {
        var visitor = await Consented(language);
        var page = await visitor.Get("/account/identity");
        var empty = await visitor.Submit(page, "/account/identity?handler=networkId");
        Assert.Equal(422, empty.Status);
        Assert.NotNull(empty.ErrorOf("credential"));
        var proven = await visitor.Submit(empty, "/account/identity?handler=networkId", ("credential", $" test-match-{Guid.NewGuid():N} "));
        Assert.Equal("/account/identity", proven.Path);
        Assert.Equal(language == "en" ? "Proven" : "已核验", proven.Document.QuerySelector("#standing + p .badge")!.TextContent);
    }

    [Fact]
    public async Task For_a_service_that_keeps_the_full_number_the_page_says_so_before_anything_is_entered__L_11()
    {
        var visitor = await Registered();
        var page = await visitor.Get("/account/identity?service=billing");
        Assert.Contains("By law this service keeps the full number: Anti-Money Laundering Law", page.Text, StringComparison.Ordinal);
        var form = await visitor.Submit(page, "/account/identity?handler=consent", ("consent", "yes"));
        Assert.Contains("By law this service keeps the full number", form.Text, StringComparison.Ordinal);
        var proven = await visitor.Submit(form, "/account/identity?handler=submit", ("name", "测试通过"), ("number", TestPersons.NewCard("1990-05-17")));
        Assert.Contains("Kept by law: Anti-Money Laundering Law", proven.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("keeps the full number", (await visitor.Get("/account/identity?service=nothing-here")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_the_number_is_not_shown_again()
    {
        var visitor = await Consented();
        var page = await visitor.Submit(await visitor.Get("/account/identity"), "/account/identity?handler=submit", ("name", "王小明"), ("number", "110105199005170021"));
        Assert.Equal(422, page.Status);
        Assert.NotNull(page.Document.QuerySelector("#number[aria-invalid=true]"));
        Assert.DoesNotContain("110105199005170021", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal("王小明", page.Document.QuerySelector("#name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_number_that_is_not_the_claimants_can_be_said_so_on_the_page__C2_1g()
    {
        var first = new Visitor(app);
        string contact;
        do contact = RegisterPageTests.Contact("phone");
        while (contact[^1] != '1');
        await first.Complete(await first.Prove(await first.Start("phone", contact), contact));
        app.Clock.Advance(TimeSpan.FromDays(90));
        var claimant = new Visitor(app);
        var exists = await claimant.Prove(await claimant.Start("phone", contact), contact);
        var waits = await claimant.Submit(exists, "/register?handler=notMine");
        Assert.Equal(409, waits.Status);
        Assert.Contains("register by e-mail", waits.Text, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(waits.Document.QuerySelector("time"));
    }

    private async Task<Visitor> Registered(string language = "en")
    {
        var visitor = new Visitor(app, language);
        var contact = RegisterPageTests.Contact("email");
        await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        return visitor;
    }

    private async Task<Visitor> Consented(string language = "en")
    {
        var visitor = await Registered(language);
        await visitor.Submit(await visitor.Get("/account/identity"), "/account/identity?handler=consent", ("consent", "yes"));
        return visitor;
    }
}
