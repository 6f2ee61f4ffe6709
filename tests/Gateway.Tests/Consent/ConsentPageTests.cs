using AiCloud.Documents;
using AiCloud.Pages;
using AiCloud.Protection;

namespace AiCloud.Consent;

/// <summary>Changes and consents as a person meets them, without JavaScript (C2.5c, L-02).</summary>
public sealed class ConsentPageTests(PagesApp app) : IClassFixture<PagesApp>
{
    private const string Password = "willow lantern 7 harbour";
    private static int labels;

    [Theory, InlineData("en", "Continued use"), InlineData("zh-CN", "继续使用")]
    public async Task C2_5c_after_signing_in_the_change_is_shown_with_go_on_and_I_do_not_agree(string language, string act)
    {
        var (contact, visitor) = await Registered(language);
        var announced = await Announce("registration-agreement");
        var early = await SignIn(visitor, contact);
        Assert.Equal("/account/changes", early.Path);
        Assert.Contains(announced.Summary[language], early.Text, StringComparison.Ordinal);
        var compared = await visitor.Get(early.Document.QuerySelector("a[href*='/diff?']")!.GetAttribute("href")!);
        Assert.Contains(announced.Version, compared.Text, StringComparison.Ordinal);
        MoveTo(announced.EffectiveAt);

        // Looking at everything, the way out included, accepts nothing.
        var changes = await SignIn(visitor, contact);
        var leave = await visitor.Get(changes.Document.QuerySelector("a[href='/account/leave']")!.GetAttribute("href")!);
        Assert.Contains("400-8855-638", leave.Text, StringComparison.Ordinal);
        Assert.Contains("kf1001@caih.com", leave.Text, StringComparison.Ordinal);
        Assert.True(leave.HasForm("/sign-out"));
        foreach (var path in new[] { "/account", "/account/consents", "/account/changes" }) Assert.DoesNotContain($"{act}", Acceptances(await visitor.Get(path)), StringComparison.Ordinal);

        var account = await visitor.Submit(changes, "/account/changes?handler=goOn");
        Assert.Equal("/account?notice=going-on", account.Path);
        Assert.Contains(act, Acceptances(account), StringComparison.Ordinal);
        Assert.Contains(announced.Sha256, Acceptances(account), StringComparison.Ordinal);
        Assert.False((await visitor.Get("/account/changes")).HasForm("/account/changes?handler=goOn"));
        Assert.Equal("/account", (await SignIn(visitor, contact)).Path);
    }

    [Fact]
    public async Task C2_5c_changing_the_account_on_the_page_is_an_act_of_use_too()
    {
        var (contact, visitor) = await Registered();
        var announced = await Announce("violation-rules");
        MoveTo(announced.EffectiveAt);
        await SignIn(visitor, contact);
        var saved = await visitor.Submit(await visitor.Get("/account"), "/account?handler=profile", ("displayName", "Wang"));
        Assert.Equal("/account?notice=saved", saved.Path);
        Assert.Contains("Continued use: the account was changed", Acceptances(saved), StringComparison.Ordinal);
        Assert.Contains("First shown to you", Acceptances(saved), StringComparison.Ordinal);
    }

    [Theory, InlineData("en", "Given"), InlineData("zh-CN", "已同意")]
    public async Task L_04_each_purpose_has_one_unticked_box_and_a_save_of_its_own(string language, string given)
    {
        var (contact, visitor) = await Registered(language);
        var wider = await Announce("privacy-agreement", draft => draft with
        {
            Processing = [Amendments.Purpose("safety", necessary: true, "device", draft.Version), Amendments.Purpose("maps", necessary: false, "location", draft.Version)],
        });
        MoveTo(wider.EffectiveAt);
        var changes = await SignIn(visitor, contact);
        Assert.Equal("/account/changes", changes.Path);
        Assert.DoesNotContain(changes.Document.QuerySelectorAll("input[type=checkbox]"), box => box.HasAttribute("checked"));
        Assert.Equal(["safety", "maps"], Purposes(changes));

        // A function that needs one sends here, and nothing is changed by it.
        var refused = await visitor.Submit(await visitor.Get("/account"), "/account?handler=profile", ("displayName", "Wang"));
        Assert.Equal("/account/changes?notice=consent-needed", refused.Path);

        var saved = await Decide(visitor, changes, "safety", ticked: true);
        Assert.Equal("/account/changes?notice=consent-saved", saved.Path);
        Assert.Equal(["maps"], Purposes(saved));
        saved = await Decide(visitor, saved, "maps", ticked: false); // unticked and saved: refused
        Assert.Empty(Purposes(saved));
        Assert.Contains(wider.Sha256, Acceptances(await visitor.Get("/account")), StringComparison.Ordinal);

        var consents = await visitor.Get("/account/consents");
        Assert.Contains(given, consents.Text, StringComparison.Ordinal);
        Assert.Null(Form(consents, "safety").QuerySelector("input[type=checkbox]")); // given: one button takes it back
        consents = await Decide(visitor, consents, "safety", ticked: false);
        Assert.Equal("/account/consents?notice=consent-saved", consents.Path);
        Assert.NotNull(Form(consents, "safety").QuerySelector("input[type=checkbox]:not([checked])"));
        consents = await Decide(visitor, consents, "safety", ticked: true);
        Assert.Equal("/account?notice=saved", (await visitor.Submit(await visitor.Get("/account"), "/account?handler=profile", ("displayName", "Wang"))).Path);
    }

    [Fact]
    public async Task A_box_of_a_text_that_changed_meanwhile_stands_for_nothing()
    {
        var (contact, visitor) = await Registered();
        var before = await visitor.Get("/account/consents");
        var wider = await Announce("privacy-agreement", draft => draft with { Processing = [Amendments.Purpose("news", necessary: false, "email", draft.Version)] });
        MoveTo(wider.EffectiveAt);
        await SignIn(visitor, contact);
        var purpose = Purposes(before)[0];
        Assert.Equal("/account/consents?notice=text-changed", (await Decide(visitor, before, purpose, ticked: true)).Path);
    }

    [Fact]
    public async Task Every_acceptance_has_a_receipt_to_keep()
    {
        var (_, visitor) = await Registered();
        var links = (await visitor.Get("/account")).Document.QuerySelectorAll(".acceptances a[href^='/account/receipts/']").Select(link => link.GetAttribute("href")!).ToArray();
        Assert.Equal(3, links.Length);
        foreach (var link in links)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.Add("Cookie", $"session={visitor.Cookies["session"]}");
            using var response = await app.Client.SendAsync(request);
            Assert.Equal((200, Receipts.MediaType), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal($"receipt-acceptances-{link.Split('/')[^1]}.jws", response.Content.Headers.ContentDisposition?.FileName);
            var signer = (EvidenceSigner)app.Services.GetService(typeof(EvidenceSigner))!;
            Assert.NotNull(EvidenceSigner.Verify(await response.Content.ReadAsStringAsync(), Receipts.Type, signer.PublicKeys()));
        }
        Assert.Equal(404, (await visitor.Get("/account/receipts/acceptances/99")).Status);
        Assert.Equal(404, (await visitor.Get("/account/receipts/secrets/1")).Status);
    }

    [Theory, InlineData("/account/changes"), InlineData("/account/consents"), InlineData("/account/leave"), InlineData("/account/receipts/acceptances/1")]
    public async Task Each_page_asks_for_a_session(string path)
    {
        Assert.Equal("/sign-in", (await new Visitor(app).Get(path)).Path);
        var stranger = new Visitor(app);
        stranger.Cookies["session"] = "ses.s1.a~b.c.d";
        Assert.Equal("/sign-in?notice=session-ended", (await stranger.Get(path)).Path);
    }

    private async Task<(string Contact, Visitor Visitor)> Registered(string language = "en")
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, language);
        var account = await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        Assert.StartsWith("/account", account.Path, StringComparison.Ordinal);
        return (contact, visitor);
    }

    private static async Task<Page> SignIn(Visitor visitor, string contact) =>
        await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", contact), ("password", Password));

    private Task<DocumentVersion> Announce(string kind, Func<DraftVersion, DraftVersion>? change = null) => app.Announce(kind, $"1.{Interlocked.Increment(ref labels)}", change);

    private void MoveTo(DateTimeOffset instant)
    {
        if (instant > app.Clock.GetUtcNow()) app.Clock.Advance(instant - app.Clock.GetUtcNow());
    }

    private static AngleSharp.Dom.IElement Form(Page page, string purpose) =>
        page.Document.QuerySelectorAll("form[action='/account/consents?handler=decide']").Single(form => form.QuerySelector("input[name=purpose]")!.GetAttribute("value") == purpose);

    private static string[] Purposes(Page page) =>
        [.. page.Document.QuerySelectorAll("form[action='/account/consents?handler=decide'] input[name=purpose]").Select(input => input.GetAttribute("value")!)];

    private static Task<Page> Decide(Visitor visitor, Page page, string purpose, bool ticked)
    {
        var fields = Form(page, purpose).QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).ToList();
        if (ticked) fields.Add(("given", "yes"));
        return visitor.Post("/account/consents?handler=decide", [.. fields]);
    }

    private static string Acceptances(Page page) => page.Document.QuerySelector("[aria-labelledby=acceptances]")?.TextContent ?? "";
}
