using System.Globalization;
using AiCloud.Live;
using AiCloud.Registration;

namespace AiCloud.Pages;

/// <summary>Contacts, "this was not me" and a new password by page, without JavaScript (C2.1f, C2.4c, P-05).</summary>
[Collection(PagesCollection.Name)]
public sealed class AccountSecurityPageTests(PagesApp app)
{
    private const string Password = "willow lantern 7 harbour";

    [Fact]
    public async Task A_person_adds_a_contact_and_removes_the_first__C2_1f()
    {
        var (_, visitor) = await Registered();
        var further = RegisterPageTests.Contact("email");
        var contacts = await visitor.Get("/account/contacts");
        Assert.False(contacts.HasForm("/account/contacts?handler=remove")); // the last one stays
        var code = await visitor.Submit(contacts, "/account/contacts?handler=begin", ("method", "email"), ("email", further));
        Assert.StartsWith("/account/contacts/", code.Path, StringComparison.Ordinal);
        var sent = await app.Code(further);
        var wrong = await visitor.Submit(code, $"{code.Path}?handler=confirm", ("code", Live.Visitor.Not(sent)));
        Assert.Equal(422, wrong.Status);
        Assert.NotNull(wrong.ErrorOf("code"));
        var added = await visitor.Submit(wrong, $"{code.Path}?handler=confirm", ("code", sent));
        Assert.Equal("/account/contacts?notice=contact-added", added.Path);
        Assert.Equal(2, added.Document.QuerySelectorAll(".sessions > li").Length);
        var first = added.Document.QuerySelectorAll("form[action='/account/contacts?handler=remove']")[0];
        var removed = await visitor.Post("/account/contacts?handler=remove", [.. first.QuerySelectorAll("input").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!))]);
        Assert.Equal("/account/contacts?notice=contact-removed", removed.Path);
        Assert.Single(removed.Document.QuerySelectorAll(".sessions > li"));
    }

    [Fact]
    public async Task Facts_are_shown_in_full_to_whoever_has_just_confirmed_that_it_is_them__S06()
    {
        var (contact, visitor) = await Registered();
        Assert.Contains(contact, (await visitor.Get("/account/facts")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(contact, (await visitor.Get("/account")).Text, StringComparison.Ordinal);
        var confirm = await visitor.Get("/account/confirm?to=facts");
        var wrong = await visitor.Submit(confirm, "/account/confirm?to=facts&handler=password", ("password", "not the password"));
        Assert.NotNull(wrong.ErrorOf("password"));
        Assert.Equal("/account/facts", (await visitor.Submit(wrong, "/account/confirm?to=facts&handler=password", ("password", Password))).Path);
        // Where to go is a word: no address of anybody's.
        Assert.Equal("/account/contacts", (await visitor.Submit(await visitor.Get("/account/confirm?to=https://evil.example"), "/account/confirm?to=contacts&handler=password", ("password", Password))).Path);
    }

    [Fact]
    public async Task Opening_the_link_of_a_notice_changes_nothing_and_its_button_protects_the_account__C2_4c()
    {
        var (contact, visitor) = await Registered();
        var account = await visitor.Get("/account");
        await visitor.Submit(account, "/account?handler=password", ("currentPassword", Password), ("newPassword", "harbour willow lantern 7"));
        var link = await Link(contact);
        var stranger = new Visitor(app); // whoever reads the mail may be signed in nowhere
        var asked = await stranger.Get(link);
        Assert.Equal("/account", (await visitor.Get("/account")).Path);
        var done = await stranger.Submit(asked, "/not-me");
        Assert.Contains("protected", done.Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in?notice=session-ended", (await visitor.Get("/account")).Path);
        Assert.Contains("protected", (await stranger.Get(link)).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.Get("/not-me?token=made-up")).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_code_and_the_page_does_not_tell_who_has_an_account__R04()
    {
        var (contact, signedIn) = await Registered();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var (known, unknown) = (new Visitor(app), new Visitor(app));
        var nobody = RegisterPageTests.Contact("email");
        var code = await Begin(known, contact);
        var decoy = await Begin(unknown, nobody);
        Assert.Equal(Plain(code, contact), Plain(decoy, nobody));
        var choose = await known.Submit(code, "/reset-password?handler=verify", ("code", await app.Code(contact)));
        var refused = await known.Submit(choose, "/reset-password?handler=complete", ("password", "short"));
        Assert.NotNull(refused.ErrorOf("password"));
        Assert.Equal("/sign-in?notice=password-reset", (await known.Submit(refused, "/reset-password?handler=complete", ("password", "harbour willow lantern 7"))).Path);
        Assert.Equal("/sign-in?notice=session-ended", (await signedIn.Get("/account")).Path);
        Assert.Equal("/account", (await known.Submit(await known.Get("/sign-in"), "/sign-in", ("identifier", contact), ("password", "harbour willow lantern 7"))).Path);

        static string Plain(Page page, string contact) => System.Text.RegularExpressions.Regex.Replace(page.Text.Replace($"{contact[0]}***", "", StringComparison.Ordinal), "[0-9:]+", "");
    }

    [Theory, InlineData("en", "Set a password"), InlineData("zh-CN", "设置密码")]
    public async Task Where_there_is_no_password_none_is_asked_for_and_a_code_confirms_the_person_before_one_is_set__S06(string language, string title)
    {
        var (contact, visitor) = await Registered(language);
        await visitor.Submit(await visitor.Get("/account"), "/account?handler=password", ("currentPassword", Password), ("newPassword", "harbour willow lantern 7"));
        await app.Services.KeepingSessions(visitor.Cookies["session"], async () =>
        {
            var stranger = new Visitor(app);
            await stranger.Submit(await stranger.Get(await Link(contact)), "/not-me");
        });
        var recent = await visitor.Get("/account");
        Assert.Equal(title, recent.Document.GetElementById("change-password")!.TextContent);
        Assert.Null(recent.Document.GetElementById("currentPassword"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        // The form of ten minutes ago leads to the confirmation, and so does the page now.
        Assert.Equal("/account/confirm?to=password", (await visitor.Submit(recent, "/account?handler=password", ("newPassword", "seven quiet herons"))).Path);
        var stale = await visitor.Get("/account");
        Assert.False(stale.HasForm("/account?handler=password"));
        var confirm = await visitor.Get(stale.Document.QuerySelector("section[aria-labelledby=change-password] a")!.GetAttribute("href")!);
        Assert.False(confirm.HasForm("/account/confirm?to=password&handler=password"));
        var code = await visitor.Submit(confirm, "/account/confirm?to=password&handler=send");
        var confirmed = await visitor.Submit(code, "/account/confirm?to=password&handler=code", ("code", await app.Code(contact)));
        Assert.Equal("/account#change-password", confirmed.Path);
        var missing = await visitor.Submit(confirmed, "/account?handler=password");
        Assert.NotNull(missing.ErrorOf("newPassword"));
        var set = await visitor.Submit(missing, "/account?handler=password", ("newPassword", "seven quiet herons"));
        Assert.Equal("/account?notice=password-set", set.Path);
        Assert.NotNull(set.Document.GetElementById("currentPassword"));
        // Now there is one, and it is asked for.
        Assert.NotNull((await visitor.Submit(set, "/account?handler=password", ("newPassword", "eight quiet herons"))).ErrorOf("currentPassword"));
        var elsewhere = new Visitor(app);
        Assert.Equal("/account", (await elsewhere.Submit(await elsewhere.Get("/sign-in"), "/sign-in", ("identifier", contact), ("password", "seven quiet herons"))).Path);
    }

    [Theory, InlineData("en", "Correct the birth date", "ID proof"), InlineData("zh-CN", "更正出生日期", "身份证件")]
    public async Task A_stated_birth_date_is_corrected_on_the_page_and_not_across_eighteen__C2_1a_C2_1f(string language, string title, string why)
    {
        var (_, visitor) = await Registered(language);
        var facts = await visitor.Get("/account/facts");
        Assert.Equal(title, facts.Document.GetElementById("birth")!.TextContent);
        Assert.Equal(("1990", "5", "17"), Shown(facts));
        var minor = Age.ShanghaiDay(app.Clock.GetUtcNow()).AddYears(-17);
        var refused = await Correct(facts, minor.Year.ToString(CultureInfo.InvariantCulture), minor.Month.ToString(CultureInfo.InvariantCulture), minor.Day.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(422, refused.Status);
        Assert.Contains(why, refused.ErrorOf("birthYear")!, StringComparison.Ordinal);
        Assert.Equal(minor.Year.ToString(CultureInfo.InvariantCulture), Shown(refused).Year); // what was typed is still there
        foreach (var (year, month, day) in new[] { ("1990", "", "17"), ("1990", "2", "30"), ("2999", "1", "1"), ("year", "1", "1") })
        {
            refused = await Correct(refused, year, month, day);
            Assert.Equal(422, refused.Status);
            Assert.NotNull(refused.ErrorOf("birthYear"));
        }
        var saved = await Correct(refused, "１９９０", "7", "15");
        Assert.Equal("/account/facts?notice=saved", saved.Path);
        Assert.Equal(("1990", "7", "15"), Shown(saved));

        Task<Page> Correct(Page page, string year, string month, string day) =>
            visitor.Submit(page, "/account/facts?handler=birth", ("birthYear", year), ("birthMonth", month), ("birthDay", day));
        static (string? Year, string? Month, string? Day) Shown(Page page) => (Value(page, "birthYear"), Value(page, "birthMonth"), Value(page, "birthDay"));
        static string? Value(Page page, string field) => page.Document.GetElementById(field)!.GetAttribute("value");
    }

    [Fact]
    public async Task Sign_in_leads_to_a_new_password() =>
        Assert.NotNull((await new Visitor(app).Get("/sign-in")).Document.QuerySelector("a[href='/reset-password']"));

    private static async Task<Page> Begin(Visitor visitor, string contact) =>
        await visitor.Submit(await visitor.Get("/reset-password"), "/reset-password?handler=start", ("method", "email"), ("email", contact));

    private Task<string> Link(string contact) => app.Outbox.Wait(contact,
        sent => sent is [{ Text: var text }, ..] && text.IndexOf("/not-me", StringComparison.Ordinal) is var at and >= 0 ? text[at..] : null);

    private async Task<(string Contact, Visitor Visitor)> Registered(string language = "en")
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, language);
        await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        return (contact, visitor);
    }
}
