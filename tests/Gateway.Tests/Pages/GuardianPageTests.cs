using System.Globalization;
using System.Text.RegularExpressions;

namespace AiCloud.Pages;

/// <summary>Registering with a guardian, through the pages and without JavaScript (C2.1a, C2.1b).</summary>
[Collection(PagesCollection.Name)]
public sealed partial class GuardianPageTests(PagesApp app)
{
    [Theory, InlineData("en"), InlineData("zh-CN")]
    public async Task C2_1b_a_minor_invites_waits_and_finishes_and_the_guardian_reads_proves_agrees_and_signs_in(string language)
    {
        var (minor, contact, guardianPhone) = (new Visitor(app, language), RegisterPageTests.Contact("email"), RegisterPageTests.Contact("phone"));
        var mailbox = RegisterPageTests.Contact("email");
        var needed = await Stated(minor, contact, 17);
        Assert.True(needed.HasForm("/register?handler=invite"));
        var same = await minor.Submit(needed, "/register?handler=invite", ("guardianMethod", "email"), ("guardianEmail", contact));
        Assert.Equal(422, same.Status);
        Assert.NotNull(same.ErrorOf("guardianEmail"));
        var waiting = await minor.Submit(same, "/register?handler=invite", ("guardianMethod", "email"), ("guardianEmail", mailbox));
        Assert.Equal(200, waiting.Status);
        Assert.DoesNotContain("gin.", waiting.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(mailbox, waiting.Document.DocumentElement.OuterHtml, StringComparison.Ordinal); // masked
        // Closed and come back to: it resumes.
        Assert.False((await minor.Get("/register")).HasForm("/register?handler=complete"));

        var guardian = new Visitor(app, language);
        var read = await guardian.Get(new Uri((await Link(mailbox)).Replace("&amp;", "&", StringComparison.Ordinal)).PathAndQuery);
        Assert.Equal((200, "/guardian/invitation"), (read.Status, read.Path)); // the token has left the address
        Assert.False(read.HasForm("/guardian/invitation?handler=accept"));
        var asked = await guardian.Submit(read, "/guardian/invitation?handler=code", ("guardianPhone", guardianPhone));
        Assert.Equal(200, asked.Status);
        var proven = await guardian.Submit(asked, "/guardian/invitation?handler=verify", ("code", await app.Code(guardianPhone)));
        // The identity check comes first, with its own consent, and says nothing back of the number.
        Assert.False(proven.HasForm("/guardian/invitation?handler=accept"));
        var card = AiCloud.Identity.TestPersons.NewCard();
        var unconsented = await guardian.Submit(proven, "/guardian/invitation?handler=identity", ("name", "测试通过王建国"), ("number", card));
        Assert.Equal(422, unconsented.Status);
        Assert.NotNull(unconsented.ErrorOf("consent"));
        Assert.DoesNotContain(card, unconsented.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var young = await guardian.Submit(unconsented, "/guardian/invitation?handler=identity", ("consent", "yes"), ("name", "测试通过王建国"), ("number", AiCloud.Identity.TestPersons.NewCard(Born(17))));
        Assert.Equal(422, young.Status);
        proven = await guardian.Submit(young, "/guardian/invitation?handler=identity", ("consent", "yes"), ("name", "测试通过王建国"), ("number", card));
        Assert.Equal(200, proven.Status);
        Assert.Contains(card[^4..], proven.Document.DocumentElement.TextContent, StringComparison.Ordinal);
        var boxes = proven.Form("/guardian/invitation?handler=accept").QuerySelectorAll("input[type=checkbox]");
        Assert.All(boxes, box => Assert.False(box.HasAttribute("checked")));
        var everything = boxes.Select(box => (box.GetAttribute("name")!, box.GetAttribute("value"))).ToArray();
        var incomplete = await guardian.Submit(proven, "/guardian/invitation?handler=accept", [("relationship", "father"), .. everything[1..]]);
        Assert.Equal(422, incomplete.Status);
        Assert.Null(incomplete.Document.GetElementById("name")); // proven, and not asked for again
        var agreed = await guardian.Submit(incomplete, "/guardian/invitation?handler=accept", [("relationship", "father"), .. everything]);
        Assert.Equal(200, agreed.Status);
        Assert.False(agreed.HasForm("/guardian/invitation?handler=accept"));

        var finish = await minor.Get("/register");
        Assert.True(finish.HasForm("/register?handler=complete"));
        var born = Born(17);
        var account = await minor.Complete(finish, ("birthYear", born[..4]), ("birthMonth", born[5..7]), ("birthDay", born[8..]), ("capacity", null));
        Assert.Equal((200, "/account?notice=registered"), (account.Status, account.Path));
        Assert.NotNull(account.Document.QuerySelector("a[href='/account/guardian']"));
        Assert.True((await minor.Get("/account/guardian")).HasForm("/account/guardian?handler=lost"));

        app.Clock.Advance(TimeSpan.FromSeconds(61));
        var console = await guardian.Get("/guardian");
        var code = await guardian.Submit(console, "/guardian?handler=code", ("guardianMethod", "phone"), ("guardianPhone", guardianPhone));
        var accounts = await guardian.Submit(code, "/guardian?handler=verify", ("code", await app.Code(guardianPhone)));
        Assert.True(accounts.HasForm("/guardian?handler=freeze"));
        var frozen = await guardian.Submit(accounts, "/guardian?handler=freeze");
        Assert.Equal(200, frozen.Status);
        Assert.Contains("urgent", (await minor.Get("/account")).Document.QuerySelector("section[aria-labelledby=guardian]")!.ClassName, StringComparison.Ordinal);
        // What is held about the guardian themselves: seen, corrected, taken along.
        Assert.Contains("测试通过王建国", frozen.Document.QuerySelector("section[aria-labelledby=own]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(frozen.Form("/guardian?handler=correctSelf").QuerySelector("input[type=text]")); // proven by a certificate
        var relationship = frozen.Form("/guardian?handler=correctSelf").QuerySelector("select")!.GetAttribute("name")!;
        frozen = await guardian.Submit(frozen, "/guardian?handler=correctSelf", (relationship, "grandparent"));
        Assert.Equal(("grandparent", "/guardian?notice=saved"), (frozen.Document.QuerySelector($"select[name={relationship}] option[selected]")!.GetAttribute("value"), frozen.Path));
        Assert.NotNull(frozen.Document.QuerySelector("a[href='/guardian?handler=self']"));

        // The minor calls them lost; the guardian comes back by looking, and the freeze stands all the while.
        var reported = await minor.Submit(await minor.Get("/account/guardian"), "/account/guardian?handler=lost");
        Assert.Equal((200, "/account/guardian", false), (reported.Status, reported.Path, reported.HasForm("/account/guardian?handler=invite")));
        frozen = await guardian.Get("/guardian");
        Assert.True((await minor.Get("/account/guardian")).HasForm("/account/guardian?handler=lost"));
        var unsure = await guardian.Submit(frozen, "/guardian?handler=withdraw");
        Assert.Equal(422, unsure.Status);
        var withdrawn = await guardian.Submit(unsure, "/guardian?handler=withdraw", ("sure", "yes"));
        Assert.False(withdrawn.HasForm("/guardian?handler=freeze"));
        Assert.True((await minor.Get("/account/guardian")).HasForm("/account/guardian?handler=invite"));
    }

    [Fact]
    public async Task What_a_guardian_typed_about_themselves_stands_again_beside_what_is_wrong_with_it_and_a_refused_copy_says_why()
    {
        var (minor, contact, phone, mailbox) = (new Visitor(app), RegisterPageTests.Contact("email"), RegisterPageTests.Contact("phone"), RegisterPageTests.Contact("email"));
        await minor.Submit(await Stated(minor, contact, 17), "/register?handler=invite", ("guardianMethod", "email"), ("guardianEmail", mailbox));
        var guardian = new Visitor(app);
        var asked = await guardian.Submit(await guardian.Get(new Uri((await Link(mailbox)).Replace("&amp;", "&", StringComparison.Ordinal)).PathAndQuery), "/guardian/invitation?handler=code", ("guardianPhone", phone));
        var proven = await guardian.Submit(asked, "/guardian/invitation?handler=verify", ("code", await app.Code(phone)));
        // The state's network ID tells no name: the one that was stated can be corrected.
        proven = await guardian.Submit(proven, "/guardian/invitation?handler=networkId", ("consent", "yes"), ("credential", $"test-match-{Guid.NewGuid():N}"), ("birthDate", "1980-01-01"));
        var boxes = proven.Form("/guardian/invitation?handler=accept").QuerySelectorAll("input[type=checkbox]").Select(box => (box.GetAttribute("name")!, box.GetAttribute("value")));
        await guardian.Submit(proven, "/guardian/invitation?handler=accept", [("name", "Jane Guardian"), ("relationship", "mother"), .. boxes]);
        var born = Born(17);
        await minor.Complete(await minor.Get("/register"), ("birthYear", born[..4]), ("birthMonth", born[5..7]), ("birthDay", born[8..]), ("capacity", null));
        app.Clock.Advance(TimeSpan.FromSeconds(61));
        var code = await guardian.Submit(await guardian.Get("/guardian"), "/guardian?handler=code", ("guardianMethod", "phone"), ("guardianPhone", phone));
        var console = await guardian.Submit(code, "/guardian?handler=verify", ("code", await app.Code(phone)));

        const string form = "/guardian?handler=correctSelf";
        var (name, relationship) = (console.Form(form).QuerySelector("input[type=text]")!.GetAttribute("name")!, console.Form(form).QuerySelector("select")!.GetAttribute("name")!);
        var refused = await guardian.Submit(console, form, (name, "1"), (relationship, "grandparent"));
        Assert.Equal(422, refused.Status);
        var field = refused.Form(form).QuerySelector("input[type=text]")!;
        Assert.Equal(("1", "true", $"{name}-error"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid"), field.GetAttribute("aria-describedby")));
        Assert.NotNull(refused.ErrorOf(name));
        Assert.Equal("grandparent", refused.Form(form).QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.True(refused.Form(form).ParentElement!.HasAttribute("open"));
        var saved = await guardian.Submit(refused, form, (name, "Jane Warden"));
        Assert.Equal("/guardian?notice=saved", saved.Path);
        Assert.Equal(("Jane Warden", "grandparent"), (saved.Form(form).QuerySelector("input[type=text]")!.GetAttribute("value"), saved.Form(form).QuerySelector("option[selected]")!.GetAttribute("value")));

        // A refusal is a page to read: with the attribute a browser would show a failed download instead.
        Assert.Null(saved.Document.QuerySelector("a[download]"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var old = await guardian.Get("/guardian?handler=self");
        Assert.Equal((422, true), (old.Status, old.Document.QuerySelector("[role=alert], .errors") is not null));
    }

    [Fact]
    public async Task C2_1a_after_a_refusal_for_age_the_same_browser_takes_no_other_date_for_a_day_and_another_browser_does()
    {
        var young = new Visitor(app);
        var refused = await Stated(young, RegisterPageTests.Contact("email"), 15);
        Assert.Equal(403, refused.Status);
        var cookie = Assert.Single(young.Cookies, cookie => cookie.Key.EndsWith("age", StringComparison.Ordinal));
        Assert.Equal(403, (await young.Get("/register")).Status);

        // A cookie that was not signed here, or for something else, counts for nothing.
        young.Cookies[cookie.Key] = cookie.Value[..^2] + (cookie.Value[^2] == 'A' ? "BB" : "AA");
        Assert.Equal(200, (await young.Get("/register")).Status);
        young.Cookies[cookie.Key] = cookie.Value;
        Assert.Equal(403, (await young.Get("/register")).Status);
        Assert.Equal(200, (await new Visitor(app).Get("/register")).Status);
        app.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(200, (await young.Get("/register")).Status);
    }

    [Theory, InlineData("no"), InlineData("yes")]
    public async Task A_guardian_declines_without_a_code_and_what_the_minor_sees_next_depends_on_how(string unknown)
    {
        var (minor, mailbox) = (new Visitor(app), RegisterPageTests.Contact("email"));
        var needed = await Stated(minor, RegisterPageTests.Contact("email"), 16);
        await minor.Submit(needed, "/register?handler=invite", ("guardianMethod", "email"), ("guardianEmail", mailbox));
        var guardian = new Visitor(app);
        var read = await guardian.Get(new Uri(await Link(mailbox)).PathAndQuery);
        var token = read.Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        Assert.Equal(200, (await guardian.Post("/guardian/invitation?handler=refuse", ("form-token", token), ("unknown", unknown))).Status);
        var next = await minor.Get("/register");
        Assert.Equal(unknown == "no", next.HasForm("/register?handler=invite"));
        if (unknown == "yes") Assert.Equal("/register?notice=lapsed", next.Path);
    }

    [Fact]
    public async Task Without_the_messages_link_the_guardians_page_shows_nothing()
    {
        var stranger = new Visitor(app);
        Assert.Equal(410, (await stranger.Get("/guardian/invitation")).Status);
        Assert.Equal(410, (await stranger.Get("/guardian/invitation?token=gin.s1.x.y.z")).Status);
    }

    // Read once: midnight in Shanghai may pass while somebody fills in two forms.
    private static readonly DateOnly Today = AiCloud.Registration.Age.ShanghaiDay(TimeProvider.System.GetUtcNow());

    private static string Born(int years) => Today.AddYears(-years).AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<Page> Stated(Visitor visitor, string contact, int years)
    {
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        var born = Born(years);
        return await visitor.Complete(details, ("birthYear", born[..4]), ("birthMonth", born[5..7]), ("birthDay", born[8..]), ("capacity", null));
    }

    private Task<string> Link(string to) => app.Outbox.Wait(to, sent => sent.Select(message => Address().Match(message.Text)).FirstOrDefault(match => match.Success)?.Value);

    [GeneratedRegex(@"https?://\S+token=[A-Za-z0-9_.~-]+")]
    private static partial Regex Address();
}
