namespace AiCloud.Pages;

/// <summary>Registering for a type of service: it is carried through every step, which ask for what the account and that service need and say why (C2.1e, L-01).</summary>
[Collection(PagesCollection.Name)]
public sealed class RegisterServiceTests(PagesApp app)
{
    [Theory]
    [InlineData("en", "Model API", "Cybersecurity Law", "Later, in Account Settings")]
    [InlineData("zh-CN", "模型接口", "网络安全法", "稍后在账户设置中补充")]
    public async Task The_service_is_carried_through_every_step_and_the_account_lists_it_first(string language, string name, string ground, string later)
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, language);
        var privacy = await visitor.Get("/register?service=model-api");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy&service=model-api", ("privacy", privacy.Box("privacy")));
        Assert.Equal("/register?service=model-api", asked.Path);
        Assert.Contains(ground, asked.Document.QuerySelector("#phone-purpose")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(later, asked.Text, StringComparison.Ordinal); // a mobile number would meet it
        var code = await visitor.Submit(asked, "/register?handler=start&service=model-api", ("method", "email"), ("email", contact));
        Assert.Contains(later, code.Text, StringComparison.Ordinal); // an e-mail address does not
        var details = await visitor.Prove(code, contact);
        foreach (var page in new[] { privacy, asked, code, details }) Assert.Equal(name, page.Document.QuerySelector("#came-for")!.TextContent);
        Assert.Contains(name, details.Document.QuerySelector("#birthDate-purpose")!.TextContent, StringComparison.Ordinal); // adult, or a guardian
        Assert.DoesNotContain(name, details.Document.QuerySelector("#password-purpose")!.TextContent, StringComparison.Ordinal);
        var account = await visitor.Complete(details);
        Assert.Equal("/account/services?notice=registered&for=model-api", account.Path);
        Assert.StartsWith(name, account.Document.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_to_show_is_asked_of_nobody_who_came_for_a_service_and_every_field_that_is_asked_says_why()
    {
        foreach (var service in new[] { "", "?service=documentation" })
        {
            var contact = RegisterPageTests.Contact("phone");
            var visitor = new Visitor(app);
            var privacy = await visitor.Get($"/register{service}");
            var asked = await visitor.Submit(privacy, $"/register?handler=privacy{service.Replace('?', '&')}", ("privacy", privacy.Box("privacy")));
            var details = await visitor.Prove(await visitor.Submit(asked, $"/register?handler=start{service.Replace('?', '&')}", ("method", "phone"), ("phone", contact)), contact);
            Assert.Equal(service.Length > 0, details.Document.QuerySelector("#displayName") is null);
            var purposes = asked.Document.QuerySelectorAll(".purpose[id]").Concat(details.Document.QuerySelectorAll(".purpose[id]")).Select(purpose => purpose.Id![..^"-purpose".Length]);
            string[] fields = ["phone", "email", "password", "birthDate", .. service.Length == 0 ? ["displayName"] : Array.Empty<string>()];
            Assert.Equal(fields, purposes);
            foreach (var field in fields.Except(["birthDate"]))
                Assert.Contains($"{field}-purpose", (asked.Document.GetElementById(field) ?? details.Document.GetElementById(field))!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_way_to_register_that_meets_what_the_service_needs_is_chosen_at_first_and_the_other_says_what_is_left()
    {
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register?service=model-api");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy&service=model-api", ("privacy", privacy.Box("privacy")));
        Assert.True(asked.Document.QuerySelector("#method")!.HasAttribute("checked"));
        Assert.Contains("If you register by e-mail, “Model API” also needs, later in Account Settings: A proven mobile number.", asked.Document.QuerySelector(".by-email")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("also needs", asked.Document.QuerySelector(".by-phone")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_nobody_described_is_said_to_be_unknown_and_registering_goes_on()
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register?service=no-such-service");
        Assert.Equal(200, privacy.Status);
        Assert.Contains("not among those described here", privacy.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("no-such-service", privacy.Text, StringComparison.Ordinal);
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        var account = await visitor.Complete(await visitor.Prove(await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact)), contact));
        Assert.Equal("/account?notice=registered", account.Path);
    }

    [Fact]
    public async Task A_service_that_went_while_the_form_was_filled_in_costs_nothing_that_was_typed()
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register?service=billing");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy&service=billing", ("privacy", privacy.Box("privacy")));
        asked.Form("/register?handler=start&service=billing").SetAttribute("action", "/register?handler=start&service=gone");
        var refused = await visitor.Submit(asked, "/register?handler=start&service=gone", ("method", "email"), ("email", contact));
        Assert.Equal(422, refused.Status);
        Assert.Contains("not among those described here", refused.Document.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await app.Codes(contact));
        Assert.Equal(contact, refused.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.True((await visitor.Submit(refused, "/register?handler=start")).HasForm("/register?handler=verify"));
    }

    [Fact]
    public async Task What_somebody_came_for_survives_another_contact_and_another_language()
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register?service=billing");
        var refused = await visitor.Submit(privacy, "/register?handler=privacy&service=billing");
        Assert.Equal("/register?service=billing", refused.Document.QuerySelector("form[action='/language'] [name=back]")!.GetAttribute("value"));
        var asked = await visitor.Submit(refused, "/register?handler=privacy&service=billing", ("privacy", privacy.Box("privacy")));
        var code = await visitor.Submit(asked, "/register?handler=start&service=billing", ("method", "email"), ("email", contact));
        var anew = await visitor.Submit(code, "/register?handler=erase&service=billing");
        Assert.Equal("/register?notice=erased&service=billing", anew.Path);
        Assert.Equal("Payments and invoices", anew.Document.QuerySelector("#came-for")!.TextContent);
    }
}
