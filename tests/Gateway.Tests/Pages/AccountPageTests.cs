namespace AiCloud.Pages;

[Collection(PagesCollection.Name)]
public sealed class AccountPageTests(PagesApp app)
{
    private const string Password = "willow lantern 7 harbour";

    [Fact]
    public async Task Signing_in_and_out_by_page()
    {
        var (contact, _) = await Registered();
        var visitor = new Visitor(app);
        Assert.Equal("/sign-in", (await visitor.Get("/account")).Path);
        var account = await SignIn(visitor, contact, Password);
        Assert.Equal("/account", account.Path);
        var copy = visitor.Cookies["session"];
        Assert.Equal("/?notice=signed-out", (await visitor.Submit(account, "/sign-out")).Path);
        Assert.DoesNotContain("session", visitor.Cookies.Keys);
        visitor.Cookies["session"] = copy; // ended at the account, not only forgotten here
        Assert.Equal("/sign-in?notice=session-ended", (await visitor.Get("/account")).Path);
    }

    [Fact]
    public async Task A_browser_that_somebody_signed_in_with_is_not_kept_out_by_others_behind_the_same_address()
    {
        var (contact, registered) = await Registered();
        var known = new Visitor(app);
        await SignIn(known, contact, Password);
        known.Cookies.Remove("session"); // signed out, or ended: the mark is none of the session's
        for (var guess = 0; guess < 10; guess++) await SignIn(new Visitor(app), contact, "not the password");
        Assert.Equal("/sign-in", (await SignIn(new Visitor(app), contact, Password)).Path);
        Assert.Equal("/account", (await SignIn(known, contact, Password)).Path);
        registered.Cookies.Remove("session");
        Assert.Equal("/account", (await SignIn(registered, contact, Password)).Path); // registering is being known too
        var forged = new Visitor(app);
        forged.Cookies["known"] = new string('a', 3_000);
        Assert.Equal("/sign-in", (await SignIn(forged, contact, Password)).Path);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_read_the_same()
    {
        var (contact, _) = await Registered();
        var wrong = await SignIn(new Visitor(app), contact, "not the password");
        var unknown = await SignIn(new Visitor(app), RegisterPageTests.Contact("email"), "not the password");
        Assert.Equal(422, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(wrong.Text, unknown.Text);
        Assert.DoesNotContain("not the password", wrong.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory, InlineData("session=nonsense"), InlineData("session=ses.s1.a~b.c.d")]
    public async Task A_session_that_was_made_up_opens_nothing(string cookie)
    {
        var visitor = new Visitor(app);
        visitor.Cookies["session"] = cookie["session=".Length..];
        Assert.Equal("/sign-in?notice=session-ended", (await visitor.Get("/account")).Path);
    }

    [Fact]
    public async Task The_terms_and_every_acceptance_with_version_digest_and_time_are_shown()
    {
        var (_, visitor) = await Registered();
        var page = await visitor.Get("/account");
        Assert.Contains("The Platform owns the account", page.Text, StringComparison.Ordinal);
        Assert.Contains("not be transferred", page.Text, StringComparison.Ordinal);
        var acceptances = page.Document.QuerySelectorAll(".acceptances > li");
        Assert.All(acceptances, acceptance =>
        {
            Assert.Contains("V1.0", acceptance.TextContent, StringComparison.Ordinal);
            Assert.Matches("[0-9a-f]{64}", acceptance.TextContent);
            Assert.NotNull(acceptance.QuerySelector("time[datetime$='Z']"));
        });
        var rules = acceptances.SelectMany(acceptance => acceptance.QuerySelectorAll(".incorporated a")).Select(link => link.GetAttribute("href"));
        Assert.Equal(["/documents/cancellation-rules/1.0", "/documents/violation-rules/1.0"], rules.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_sessions_end_one_by_one_or_all_at_once()
    {
        var (contact, first) = await Registered();
        var (second, third) = (new Visitor(app), new Visitor(app));
        await SignIn(second, contact, Password);
        await SignIn(third, contact, Password);
        var page = await first.Get("/account");
        Assert.Equal(3, page.Document.QuerySelectorAll(".sessions > li").Length);
        Assert.Single(page.Document.QuerySelectorAll(".sessions .badge"));
        var other = page.Document.QuerySelectorAll(".sessions > li").First(item => item.QuerySelector(".badge") is null);
        await first.Post("/account?handler=end", ("form-token", page.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!), ("session", other.QuerySelector("input[name=session]")!.GetAttribute("value")!));
        var after = await first.Get("/account");
        Assert.Equal(2, after.Document.QuerySelectorAll(".sessions > li").Length);
        await first.Submit(after, "/account?handler=endOthers");
        Assert.StartsWith("/sign-in", (await second.Get("/account")).Path, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await third.Get("/account")).Path, StringComparison.Ordinal);
        Assert.Equal("/account", (await first.Get("/account")).Path);
    }

    [Fact]
    public async Task The_password_changes_with_the_current_one_only()
    {
        var (contact, visitor) = await Registered();
        const string Next = "seven quiet herons";
        var refused = await visitor.Submit(await visitor.Get("/account"), "/account?handler=password", ("currentPassword", "not it"), ("newPassword", Next));
        Assert.NotNull(refused.ErrorOf("currentPassword"));
        refused = await visitor.Submit(refused, "/account?handler=password", ("currentPassword", Password), ("newPassword", "password"));
        Assert.NotNull(refused.ErrorOf("newPassword"));
        var changed = await visitor.Submit(refused, "/account?handler=password", ("currentPassword", Password), ("newPassword", Next), ("endOthers", "yes"));
        Assert.Equal("/account?notice=password-changed", changed.Path);
        Assert.Equal(422, (await SignIn(new Visitor(app), contact, Password)).Status);
        Assert.Equal("/account", (await SignIn(new Visitor(app), contact, Next)).Path);
    }

    [Fact]
    public async Task Name_and_language_of_messages_change()
    {
        var (_, visitor) = await Registered();
        var saved = await visitor.Submit(await visitor.Get("/account"), "/account?handler=profile", ("displayName", "  林 "), ("locale", "zh-CN"));
        Assert.Equal("/account?notice=saved", saved.Path);
        Assert.Equal("林", saved.Document.QuerySelector("#displayName")!.GetAttribute("value"));
        Assert.Equal("zh-CN", saved.Document.QuerySelector("#locale option[selected]")!.GetAttribute("value"));
        var refused = await visitor.Submit(saved, "/account?handler=profile", ("displayName", "a\u202eb"));
        Assert.NotNull(refused.ErrorOf("displayName"));
        var removed = await visitor.Submit(refused, "/account?handler=profile", ("displayName", ""));
        Assert.Equal("", removed.Document.QuerySelector("#displayName")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Documents_in_force_are_read_by_anybody_and_other_versions_are_named()
    {
        var visitor = new Visitor(app, "zh-CN");
        var list = await visitor.Get("/documents");
        Assert.Equal(4, list.Document.QuerySelectorAll(".document-list > li").Length);
        var page = await visitor.Get("/documents/registration-agreement");
        Assert.NotEmpty(page.Document.QuerySelectorAll("article.document strong"));
        Assert.Contains("现行有效", page.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await visitor.Get("/documents/registration-agreement/9.9")).Status);
        Assert.Equal(404, (await visitor.Get("/documents/no-such-kind")).Status);
        Assert.Contains("400-8855-638", (await visitor.Get("/help")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_development_outbox_shows_messages_to_this_machine_only()
    {
        await Registered();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dev/outbox");
        request.Headers.Add("Accept", "text/html");
        using var here = await app.Client.SendAsync(request);
        Assert.Equal("text/html", here.Content.Headers.ContentType?.MediaType);
        Assert.Contains("class=\"code\"", await here.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await new Visitor(app).Get("/dev/outbox")).Status);
        // A page of another site whose name was made to lead to this machine (DNS rebinding) comes from here too, under that name.
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/dev/outbox") { Headers = { Host = "evil.example" } };
        using var refused = await app.Client.SendAsync(rebound);
        Assert.Equal(404, (int)refused.StatusCode);
    }

    private async Task<(string Contact, Visitor Visitor)> Registered()
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        return (contact, visitor);
    }

    private static async Task<Page> SignIn(Visitor visitor, string identifier, string password) =>
        await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", identifier), ("password", password));
}
