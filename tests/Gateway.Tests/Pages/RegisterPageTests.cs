namespace AiCloud.Pages;

[Collection(PagesCollection.Name)]
public sealed class RegisterPageTests(PagesApp app)
{
    private static int numbers;

    [Theory]
    [InlineData("email", "en")]
    [InlineData("email", "zh-CN")]
    [InlineData("phone", "en")]
    [InlineData("phone", "zh-CN")]
    public async Task A_person_registers_without_JavaScript(string method, string language)
    {
        var contact = Contact(method);
        var visitor = new Visitor(app, language);
        var code = await visitor.Start(method, contact);
        Assert.Equal(language, code.Document.DocumentElement.GetAttribute("lang"));
        var field = code.Document.QuerySelector("#code")!;
        Assert.Equal("one-time-code", field.GetAttribute("autocomplete"));
        Assert.Equal("numeric", field.GetAttribute("inputmode"));
        Assert.DoesNotContain(contact, code.Document.DocumentElement.OuterHtml, StringComparison.Ordinal); // masked
        var account = await visitor.Complete(await visitor.Prove(code, contact), ("displayName", "Lin"));
        Assert.StartsWith("/account", account.Path, StringComparison.Ordinal);
        Assert.Contains("Lin", account.Text, StringComparison.Ordinal);
        Assert.Contains("1990-**-**", account.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(contact, account.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(3, account.Document.QuerySelectorAll(".acceptances > li").Length); // consent at start, both at completion
    }

    [Fact]
    public async Task The_privacy_agreement_is_shown_whole_before_anything_is_asked()
    {
        var page = await new Visitor(app).Get("/register");
        Assert.Contains("Purposes, manner and kinds of data", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll(".document strong"));
        Assert.Empty(page.Document.QuerySelectorAll("#phone, #email, #method"));
        Assert.False(page.HasForm("/register?handler=start"));
    }

    [Theory, InlineData(null), InlineData("privacy-agreement 0.9 aa")]
    public async Task Without_consent_to_the_version_in_force_no_contact_is_asked_for(string? box)
    {
        var visitor = new Visitor(app);
        var refused = await visitor.Submit(await visitor.Get("/register"), "/register?handler=privacy", ("privacy", box));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.ErrorOf("privacy"));
        Assert.False(refused.HasForm("/register?handler=start"));
    }

    [Fact]
    public async Task A_contact_sent_without_consent_is_not_taken()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var token = privacy.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        var refused = await visitor.Post("/register?handler=start", ("form-token", token), ("method", "email"), ("email", contact));
        Assert.Equal(422, refused.Status);
        Assert.Empty(await app.Codes(contact));
    }

    [Fact]
    public async Task No_box_is_ticked_for_anybody()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        Assert.Empty((await visitor.Get("/register")).Document.QuerySelectorAll("[type=checkbox][checked]"));
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        Assert.Empty(details.Document.QuerySelectorAll("[type=checkbox][checked]"));
        Assert.Equal("new-password", details.Document.QuerySelector("#password")!.GetAttribute("autocomplete")); // password managers are welcome (P-03)
        Assert.Equal(5, details.Document.QuerySelectorAll("[type=checkbox]").Length);
    }

    [Fact]
    public async Task After_a_refusal_what_was_entered_stands_there_again_but_never_the_password()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        var refused = await visitor.Complete(details, ("password", "short"), ("displayName", "Lin"));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.ErrorOf("password"));
        Assert.Equal("true", refused.Document.QuerySelector("#password")!.GetAttribute("aria-invalid"));
        Assert.Contains("password-error", refused.Document.QuerySelector("#password")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("#password", refused.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.Equal("Lin", refused.Document.QuerySelector("#displayName")!.GetAttribute("value"));
        Assert.Equal("1990", refused.Document.QuerySelector("#birthYear")!.GetAttribute("value"));
        Assert.Equal(5, refused.Document.QuerySelectorAll("[type=checkbox][checked]").Length); // ticked by the person
        Assert.False(refused.Document.QuerySelector("#password")!.HasAttribute("value"));
        Assert.DoesNotContain("value=\"short\"", refused.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.StartsWith("/account", (await visitor.Complete(refused)).Path, StringComparison.Ordinal);
    }

    [Theory, InlineData("information"), InlineData("capacity")]
    public async Task A_password_that_will_not_do_is_told_along_with_a_box_that_is_missing(string box)
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var refused = await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact), ("password", "short"), (box, null));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.ErrorOf("password"));
        Assert.NotNull(refused.ErrorOf(box));
        Assert.Equal("#password", refused.Document.QuerySelector(".error-summary a")!.GetAttribute("href")); // in the order of the form
        Assert.StartsWith("/account", (await visitor.Complete(refused, ("birthYear", "1991"))).Path, StringComparison.Ordinal);
    }

    [Theory, InlineData("accept-registration-agreement"), InlineData("accept-privacy-agreement"), InlineData("information"), InlineData("eligibility"), InlineData("capacity")]
    public async Task One_box_missing_and_no_account_is_opened(string box)
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var refused = await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact), (box, null));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.ErrorOf(box));
        Assert.DoesNotContain("session", visitor.Cookies.Keys);
    }

    [Fact]
    public async Task A_page_that_the_phone_killed_resumes_where_the_server_stands()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        await visitor.Start("email", contact);
        var code = await visitor.Get("/register");
        Assert.True(code.HasForm("/register?handler=verify"));
        await visitor.Prove(code, contact);
        var details = await visitor.Get("/register");
        Assert.True(details.HasForm("/register?handler=complete"));
        Assert.StartsWith("/account", (await visitor.Complete(details)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_do_not_agree_stands_on_every_step_and_erases_the_attempt()
    {
        const string Disagree = "form.disagree[action='/register?handler=erase']";
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        Assert.NotNull(privacy.Document.QuerySelector(Disagree));
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        Assert.NotNull(asked.Document.QuerySelector(Disagree));
        var contact = Contact("email");
        var code = await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact));
        Assert.NotNull(code.Document.QuerySelector(Disagree));
        var details = await visitor.Prove(code, contact);
        var kept = new Dictionary<string, string>(visitor.Cookies);
        var gone = await visitor.Submit(details, "/register?handler=erase");
        Assert.Equal("/?notice=erased", gone.Path);
        Assert.DoesNotContain("registration", visitor.Cookies.Keys);
        visitor.Cookies["registration"] = kept["registration"]; // a copy of the token opens nothing any more
        Assert.True((await visitor.Get("/register")).HasForm("/register?handler=privacy"));
    }

    [Fact]
    public async Task A_wrong_code_tells_how_many_tries_are_left_and_nonsense_costs_none()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var code = await visitor.Start("email", contact);
        var nonsense = await visitor.Submit(code, "/register?handler=verify", ("code", "what?"));
        Assert.Contains("Tries left: 5", nonsense.Text, StringComparison.Ordinal);
        var wrong = Live.Visitor.Not(await app.Code(contact));
        var refused = await visitor.Submit(nonsense, "/register?handler=verify", ("code", wrong));
        Assert.Contains("Tries left: 4", refused.ErrorOf("code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_sends_one_code_and_spends_one_try()
    {
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact));
        visitor.Cookies["consent"] = Uri.UnescapeDataString(privacy.Box("privacy")["privacy-agreement ".Length..].Replace(' ', '~'));
        var code = await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact));
        var wrong = Live.Visitor.Not(await app.Code(contact));
        Assert.Single(await app.Codes(contact));
        await visitor.Submit(code, "/register?handler=verify", ("code", wrong));
        var again = await visitor.Submit(code, "/register?handler=verify", ("code", wrong));
        Assert.Contains("Tries left: 4", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_code_within_the_wait_is_refused_with_the_seconds_left()
    {
        var visitor = new Visitor(app);
        var code = await visitor.Start("email", Contact("email"));
        var refused = await visitor.Submit(code, "/register?handler=resend");
        Assert.Equal(422, refused.Status);
        Assert.Matches(@"Try again in \d+ seconds", refused.Text);
    }

    [Fact]
    public async Task Before_the_code_nobody_is_told_that_a_contact_has_an_account()
    {
        var contact = Contact("email");
        var owner = new Visitor(app);
        await owner.Complete(await owner.Prove(await owner.Start("email", contact), contact));
        var other = new Visitor(app);
        var code = await other.Start("email", contact);
        Assert.True(code.HasForm("/register?handler=verify"));
        Assert.DoesNotContain("already", code.Text, StringComparison.Ordinal);
        Assert.Null(code.Document.QuerySelector("main a[href='/sign-in']"));
    }

    [Theory]
    [InlineData("en", "email", "You already have an account", "Sign in")]
    [InlineData("zh-CN", "email", "您已有账户", "登录")]
    [InlineData("en", "phone", "You already have an account", "Sign in")]
    [InlineData("zh-CN", "phone", "您已有账户", "登录")]
    public async Task After_the_right_code_whoever_has_an_account_is_told_so_and_led_to_sign_in(string language, string method, string said, string signIn)
    {
        var contact = Contact(method);
        var owner = new Visitor(app);
        await owner.Complete(await owner.Prove(await owner.Start(method, contact), contact));
        app.Clock.Advance(TimeSpan.FromMinutes(2)); // past the time in which no second code is sent
        var again = new Visitor(app, language);
        var code = await again.Start(method, contact);
        Assert.DoesNotContain(said, code.Text, StringComparison.Ordinal);
        var exists = await again.Prove(code, contact);
        Assert.Equal((200, "/register"), (exists.Status, exists.Path));
        Assert.Equal(said, exists.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(signIn, exists.Document.QuerySelector("main a[href='/sign-in']")!.TextContent);
        Assert.DoesNotContain(contact, exists.Document.DocumentElement.OuterHtml, StringComparison.Ordinal); // masked
        Assert.False(exists.HasForm("/register?handler=complete"));
        Assert.DoesNotContain("session", again.Cookies.Keys);
        Assert.Equal(said, (await again.Get("/register")).Document.QuerySelector("h1")!.TextContent); // and still after a reload
        // Another contact can be given, and nothing of this one stays.
        var token = exists.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        Assert.Equal("/register?notice=erased", (await again.Post("/register?handler=erase", ("form-token", token), ("again", "yes"))).Path);
        Assert.DoesNotContain("registration", again.Cookies.Keys);
    }

    [Theory, InlineData(-15, true), InlineData(-17, false)]
    public async Task Under_16_is_refused_and_erased_and_16_needs_a_guardian(int years, bool erased)
    {
        var born = TimeProvider.System.GetUtcNow().AddYears(years);
        var contact = Contact("email");
        var visitor = new Visitor(app);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        var refused = await visitor.Complete(details, ("birthYear", $"{born.Year}"), ("birthMonth", $"{born.Month}"), ("birthDay", $"{born.Day}"), ("capacity", null));
        Assert.Equal(erased ? 403 : 200, refused.Status);
        Assert.Equal(!erased, refused.HasForm("/register?handler=invite"));
        Assert.Contains(erased ? "16 to register" : "guardian", refused.Text, StringComparison.Ordinal);
        Assert.Equal(!erased, visitor.Cookies.ContainsKey("registration"));
        Assert.DoesNotContain("session", visitor.Cookies.Keys);
    }

    [Theory]
    [InlineData("phone", "12345", "phone")]
    [InlineData("phone", "", "phone")]
    [InlineData("email", "nobody", "email")]
    [InlineData("email", "   ", "email")]
    public async Task A_contact_that_cannot_be_one_is_refused_next_to_its_field(string method, string contact, string field)
    {
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        var refused = await visitor.Submit(asked, "/register?handler=start", ("method", method), (method, contact));
        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.ErrorOf(field));
    }

    internal static string Contact(string method) => method == "phone"
        ? $"+86138{Interlocked.Increment(ref numbers) + 1000:00000000}"
        : $"visitor{Interlocked.Increment(ref numbers)}@example.com";
}
