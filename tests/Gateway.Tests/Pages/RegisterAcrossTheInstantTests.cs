using AiCloud.Documents;

namespace AiCloud.Pages;

/// <summary>A registration that is under way while a text comes into force (C0.1, C2.5b).</summary>
[Collection(AmendedPages.Name)]
public sealed class RegisterAcrossTheInstantTests(PagesApp app)
{
    private static int labels = 1;

    [Theory, InlineData("en", "just changed"), InlineData("zh-CN", "刚刚更新")]
    public async Task The_last_step_shows_what_changed_and_asks_for_the_box_again__C2_5b(string language, string said)
    {
        var version = await AboutToCome("registration-agreement");
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, language);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        Comes(version);

        var refused = await visitor.Complete(details);
        Assert.Equal(409, refused.Status);
        Assert.Contains(said, refused.ErrorOf("accept-registration-agreement"), StringComparison.Ordinal);
        var changed = refused.Document.QuerySelector("[data-changed='registration-agreement']")!;
        Assert.NotNull(changed.QuerySelector("ins"));
        Assert.NotNull(changed.QuerySelector("del"));
        Assert.StartsWith("/documents/registration-agreement/diff?from=", changed.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector("[data-changed='privacy-agreement']"));
        // The box of the text that changed stands for the new one and is not ticked; the others are as the person left them.
        Assert.Contains(version.Sha256, refused.Box("accept-registration-agreement"), StringComparison.Ordinal);
        Assert.False(refused.Document.QuerySelector("#accept-registration-agreement")!.HasAttribute("checked"));
        Assert.True(refused.Document.QuerySelector("#accept-privacy-agreement")!.HasAttribute("checked"));
        Assert.DoesNotContain("session", visitor.Cookies.Keys);

        var account = await visitor.Complete(refused);
        Assert.StartsWith("/account", account.Path, StringComparison.Ordinal);
        Assert.Contains(version.Sha256, account.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_accepted_along_with_the_agreement_changes_what_its_box_stands_for__C0_1()
    {
        var version = await AboutToCome("violation-rules");
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        Comes(version);
        var refused = await visitor.Complete(details);
        Assert.Equal(409, refused.Status);
        Assert.Contains("Rules that apply along with", refused.ErrorOf("accept-registration-agreement"), StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("[data-changed='violation-rules'] .comparison"));
        Assert.False(refused.Document.QuerySelector("#accept-registration-agreement")!.HasAttribute("checked"));
        Assert.Contains(version.Sha256, (await visitor.Complete(refused)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_given_before_the_instant_takes_no_contact_after_it__C0_2()
    {
        var version = await AboutToCome("privacy-agreement");
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        Comes(version);

        var refused = await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact));
        Assert.Equal(409, refused.Status);
        Assert.Empty(await app.Codes(contact));
        Assert.NotNull(refused.Document.QuerySelector("[data-changed='privacy-agreement'] ins"));
        Assert.Contains(version.Sha256, refused.Box("privacy"), StringComparison.Ordinal);
        Assert.Empty(refused.Document.QuerySelectorAll("[type=checkbox][checked]"));
    }

    [Fact]
    public async Task A_box_of_a_text_that_just_went_out_of_force_is_no_consent__C0_2()
    {
        var version = await AboutToCome("privacy-agreement");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        Comes(version);
        var refused = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        Assert.Equal(409, refused.Status);
        Assert.NotNull(refused.Document.QuerySelector("[data-changed='privacy-agreement'] del"));
        Assert.DoesNotContain("consent", visitor.Cookies.Keys);
        var asked = await visitor.Submit(refused, "/register?handler=privacy", ("privacy", refused.Box("privacy")));
        Assert.True(asked.HasForm("/register?handler=start"));
    }

    [Theory]
    [InlineData("privacy-agreement 0.1 aa")]
    [InlineData("privacy-agreement 9.9 bb,no-such-kind 1.0 cc")]
    [InlineData(", ,,a b c d")]
    public async Task A_box_that_somebody_made_up_compares_nothing(string box)
    {
        var visitor = new Visitor(app);
        var refused = await visitor.Submit(await visitor.Get("/register"), "/register?handler=privacy", ("privacy", box));
        Assert.Equal(422, refused.Status);
        Assert.Empty(refused.Document.QuerySelectorAll("[data-changed]"));
    }

    [Fact]
    public async Task What_is_announced_stands_beside_what_is_in_force_and_nothing_of_it_is_asked_for__C2_5b()
    {
        var version = await app.Announce("cancellation-rules", Label());
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var notice = (await visitor.Get("/register")).Document.QuerySelector($".amendment[data-sha256='{version.Sha256}']")!;
        Assert.Contains($"What {version.Version} changes", notice.TextContent, StringComparison.Ordinal);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        Assert.NotNull(details.Document.QuerySelector($".amendment[data-sha256='{version.Sha256}']"));
        Assert.DoesNotContain(version.Sha256, details.Box("accept-registration-agreement"), StringComparison.Ordinal);
        Assert.StartsWith("/account", (await visitor.Complete(details)).Path, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromDays(7));
    }

    private static string Label() => $"{Interlocked.Increment(ref labels)}.0";

    // Announced a week ago: an attempt that lives half an hour begins a minute before the instant.
    private async Task<DocumentVersion> AboutToCome(string kind)
    {
        var version = await app.Announce(kind, Label());
        app.Clock.Advance(version.EffectiveAt - app.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        return version;
    }

    private void Comes(DocumentVersion version) => app.Clock.Advance(version.EffectiveAt - app.Clock.GetUtcNow());
}
