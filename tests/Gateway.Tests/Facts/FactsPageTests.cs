using AiCloud.Accounts;
using AiCloud.Pages;
using AiCloud.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Facts;

/// <summary>Facts, services and the yearly question as a person meets them, without JavaScript (C2.1f, C2.1g, L-01).</summary>
public sealed class FactsPageTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory, InlineData("en", "Your mobile number may be out of date", "Restricted"), InlineData("zh-CN", "手机号可能已失效", "已受限")]
    public async Task C2_1g_a_mark_stands_on_the_account_s_page_can_be_objected_to_and_is_lifted_by_a_code(string language, string title, string restricted)
    {
        var (contact, visitor, account) = await Registered(language);
        var mark = await Mark(account);
        var page = await visitor.Get((await visitor.Get("/account")).Document.QuerySelector("[aria-labelledby=marked] a")!.GetAttribute("href")!);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
        var refused = await visitor.Submit(page, "/account/fact-marks?handler=contest", ("words", " "));
        Assert.Equal(422, refused.Status);
        var contested = await visitor.Submit(refused, "/account/fact-marks?handler=contest", ("words", "<b>It is mine</b>"));
        Assert.Equal("/account/fact-marks?notice=fact-contested", contested.Path);
        Assert.Contains("<b>It is mine</b>", contested.Text, StringComparison.Ordinal); // as text
        Assert.Null(contested.Document.QuerySelector("dd b"));
        app.Clock.Advance(mark.Deadline - app.Clock.GetUtcNow());
        var sign = await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", contact), ("password", "willow lantern 7 harbour"));
        Assert.Equal("/account", sign.Path);
        page = await visitor.Get("/account/fact-marks");
        Assert.Contains(restricted, page.Text, StringComparison.Ordinal);
        Assert.Contains(restricted, page.Document.QuerySelector("dl.facts .badge")!.TextContent + page.Document.QuerySelector("h2 .badge")!.TextContent, StringComparison.Ordinal);

        var sent = await visitor.Submit(page, "/account/fact-marks?handler=code");
        Assert.True(sent.HasForm("/account/fact-marks?handler=prove"), sent.Path);
        var code = await app.Code(contact);
        var wrong = await visitor.Submit(sent, "/account/fact-marks?handler=prove", ("code", Live.Visitor.Not(code)));
        Assert.Equal(422, wrong.Status);
        Assert.True(wrong.HasForm("/account/fact-marks?handler=prove"));
        var proven = await visitor.Submit(wrong, "/account/fact-marks?handler=prove", ("code", code));
        Assert.Equal("/account/fact-marks?notice=fact-proven", proven.Path);
        Assert.Null((await visitor.Get("/account")).Document.QuerySelector("[aria-labelledby=marked]"));
    }

    [Fact]
    public async Task C2_1f_a_year_later_the_page_asks_and_one_button_answers()
    {
        var (contact, visitor, _) = await Registered("en");
        Assert.False((await visitor.Get("/account")).HasForm("/account/fact-marks?handler=confirm"));
        app.Clock.Advance(TimeSpan.FromDays(365));
        await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", contact), ("password", "willow lantern 7 harbour"));
        var asked = await visitor.Get("/account");
        Assert.True(asked.HasForm("/account/fact-marks?handler=confirm"));
        Assert.Equal("/account/fact-marks?notice=facts-confirmed", (await visitor.Submit(asked, "/account/fact-marks?handler=confirm")).Path);
        Assert.False((await visitor.Get("/account")).HasForm("/account/fact-marks?handler=confirm"));
    }

    [Theory, InlineData("en", "Used for", "Something is missing"), InlineData("zh-CN", "用途", "还需补充")]
    public async Task L_01_the_page_says_what_each_service_needs_and_why_and_what_is_missing(string language, string purpose, string missing)
    {
        var (_, visitor, _) = await Registered(language);
        var page = await visitor.Get("/account/services");
        var billing = page.Document.QuerySelector("[aria-labelledby=service-billing]")!.TextContent;
        Assert.Contains(purpose, billing, StringComparison.Ordinal);
        Assert.Contains(missing, billing, StringComparison.Ordinal);
        Assert.DoesNotContain(missing, page.Document.QuerySelector("[aria-labelledby=service-object-storage]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, InlineData("/account/fact-marks"), InlineData("/account/services")]
    public async Task Each_page_asks_for_a_session(string path) => Assert.Equal("/sign-in", (await new Visitor(app).Get(path)).Path);

    private async Task<(string Contact, Visitor Visitor, string Account)> Registered(string language)
    {
        var contact = RegisterPageTests.Contact("phone");
        var visitor = new Visitor(app, language);
        var account = await visitor.Complete(await visitor.Prove(await visitor.Start("phone", contact), contact));
        return (contact, visitor, account.Document.QuerySelector("[aria-labelledby=facts] code")!.TextContent);
    }

    private async Task<FactMarkView> Mark(string account) => (await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountFacts>(AccountKeys.Of(Guid.Parse(account))).MarkFact(
        new FactMarking { Operation = Guid.NewGuid().ToString(), Id = Guid.NewGuid().ToString("N"), Fact = AccountFact.Phone, Fault = FactFault.Outdated, Reference = "case 1", By = new StaffActor { Staff = "ann" } })).Value!;
}
