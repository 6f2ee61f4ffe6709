using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiCloud.Pages;

[Collection(PagesCollection.Name)]
public sealed class PageSafetyTests(PagesApp app)
{
    private const string Attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";

    private static readonly string[] Open =
        ["/", "/register", "/sign-in", "/sign-out", "/documents", "/documents/privacy-agreement", "/documents/registration-agreement/1.0", "/documents/registration-agreement/diff", "/help", "/problems", "/problems/busy", "/nothing"];

    [Fact]
    public async Task No_page_has_inline_code_or_reaches_outside()
    {
        var visitor = new Visitor(app);
        foreach (var path in Open) Check(await visitor.Get(path));
        var contact = RegisterPageTests.Contact("email");
        var code = await visitor.Start("email", contact);
        Check(code);
        var details = await visitor.Prove(code, contact);
        Check(details);
        Check(await visitor.Complete(details));
        foreach (var path in new[] { "/account", "/account/changes", "/account/consents", "/account/leave" }) Check(await visitor.Get(path));
    }

    [Fact]
    public async Task A_name_that_is_code_is_shown_as_its_letters()
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var details = await visitor.Prove(await visitor.Start("email", contact), contact);
        var refused = await visitor.Complete(details, ("displayName", Attack), ("birthYear", Attack), ("password", null));
        Check(refused);
        Assert.Equal(Attack, refused.Document.QuerySelector("#displayName")!.GetAttribute("value"));
        var account = await visitor.Complete(refused, ("displayName", Attack));
        Check(account);
        Assert.Contains(Attack, account.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("phone"), InlineData("email"), InlineData("method")]
    public async Task A_contact_that_is_code_is_shown_as_its_letters(string field)
    {
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        var refused = await visitor.Submit(asked, "/register?handler=start", ("method", field), (field, Attack));
        Assert.Equal(422, refused.Status);
        Check(refused);
        if (field != "method") Assert.Equal(Attack, refused.Document.QuerySelector($"#{field}")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_identifier_a_code_a_box_and_an_address_that_are_code_run_nowhere()
    {
        var visitor = new Visitor(app);
        var signIn = await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", Attack), ("password", Attack));
        Check(signIn);
        Assert.Equal(Attack, signIn.Document.QuerySelector("#identifier")!.GetAttribute("value"));
        Check(await visitor.Submit(await visitor.Get("/register"), "/register?handler=privacy", ("privacy", Attack)));
        Check(await visitor.Submit(await visitor.Start("email", RegisterPageTests.Contact("email")), "/register?handler=verify", ("code", Attack), ("operation", Attack)));
        foreach (var path in new[] { "/register?notice=", "/documents/", "/problems/", "/nothing/", "/?x=" }) Check(await visitor.Get(path + Uri.EscapeDataString(Attack)));
    }

    [Fact]
    public async Task A_form_without_the_token_of_this_browser_does_nothing()
    {
        var contact = RegisterPageTests.Contact("email");
        var (victim, attacker) = (new Visitor(app), new Visitor(app));
        var code = await victim.Start("email", contact);
        var foreign = (await attacker.Get("/register")).Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        string[] actions =
        [
            "/register?handler=privacy", "/register?handler=start", "/register?handler=verify", "/register?handler=resend", "/register?handler=complete", "/register?handler=erase",
            "/sign-in", "/sign-out", "/language", "/account?handler=profile", "/account?handler=password", "/account?handler=end", "/account?handler=endOthers",
        ];
        foreach (var action in actions)
        {
            Assert.Equal(400, (await victim.Post(action)).Status);
            Assert.Equal(400, (await victim.Post(action, ("form-token", foreign))).Status);
        }
        Assert.True((await victim.Get("/register")).HasForm("/register?handler=verify")); // nothing was erased
        Assert.Equal(200, (await victim.Prove(code, contact)).Status);
    }

    [Theory]
    [InlineData("/register?handler=nothing")]
    [InlineData("/register")]
    [InlineData("/account?handler=erase")]
    [InlineData("/documents")]
    [InlineData("/")]
    public async Task An_act_that_a_page_does_not_have_is_refused(string path)
    {
        var visitor = new Visitor(app);
        var token = (await visitor.Get("/sign-in")).Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        Assert.Equal(405, (await visitor.Post(path, ("form-token", token))).Status);
    }

    [Theory]
    [InlineData("\u0001\u007f")]
    [InlineData("\ud800")]
    [InlineData("１３８００１３８０００")]
    [InlineData("\u202egpj.exe")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\r\nSet-Cookie: a=b")]
    public async Task Whatever_is_typed_is_answered_and_breaks_nothing(string text)
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app);
        var privacy = await visitor.Get("/register");
        var asked = await visitor.Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        Check(await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", text)));
        var code = await visitor.Submit(asked, "/register?handler=start", ("method", "email"), ("email", contact));
        code = await visitor.Submit(code, "/register?handler=verify", ("code", text));
        Check(code);
        var details = await visitor.Prove(code, contact);
        foreach (var field in new[] { "birthYear", "birthMonth", "displayName", "information", "accept-privacy-agreement" })
        {
            var answer = await visitor.Complete(details, (field, text), ("password", null));
            Assert.Equal(422, answer.Status);
            Check(answer);
        }
        Check(await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", text), ("password", text)));
        Assert.DoesNotContain(visitor.SetCookies, cookie => cookie.StartsWith("a=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_null_character_makes_a_form_malformed()
    {
        var visitor = new Visitor(app);
        Assert.Equal(400, (await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", "a\0b"), ("password", "x"))).Status);
    }

    [Fact]
    public async Task A_form_of_a_megabyte_is_refused()
    {
        var visitor = new Visitor(app);
        var page = await visitor.Submit(await visitor.Get("/sign-in"), "/sign-in", ("identifier", new string('a', 1_000_000)), ("password", "x"));
        Assert.InRange(page.Status, 400, 413);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Cookies_are_bound_to_the_host_and_out_of_reach_of_scripts(bool https)
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, https: https);
        var page = await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        await visitor.Submit(page, "/language");
        var prefix = https ? "__Host-" : "";
        foreach (var name in new[] { "form", "consent", "registration", "session", "known", "lang" })
            Assert.Contains(visitor.SetCookies, cookie => cookie.StartsWith($"{prefix}{name}=", StringComparison.Ordinal));
        Assert.All(visitor.SetCookies, cookie =>
        {
            var parts = cookie.Split("; ").Skip(1).Select(part => part.ToLowerInvariant()).ToArray();
            Assert.Contains("httponly", parts);
            Assert.Contains("samesite=lax", parts);
            Assert.Contains("path=/", parts);
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.Ordinal));
            Assert.Equal(https, parts.Contains("secure"));
            Assert.True(cookie.Length <= 4096);
        });
    }

    [Fact]
    public async Task On_plain_http_to_another_host_no_cookie_travels_without_Secure()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/register");
        request.Headers.Host = "accounts.example";
        using var response = await app.Client.SendAsync(request);
        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, InlineData("https://elsewhere.example/"), InlineData("//elsewhere.example"), InlineData("/\\elsewhere.example"), InlineData("javascript:alert(1)")]
    public async Task The_language_switch_leads_nowhere_else(string back)
    {
        var visitor = new Visitor(app);
        var page = await visitor.Submit(await visitor.Get("/help"), "/language", ("back", back));
        Assert.Equal("/", page.Path);
    }

    [Fact]
    public async Task The_chosen_language_wins_on_pages_and_never_in_the_API()
    {
        var visitor = new Visitor(app, "en");
        var page = await visitor.Submit(await visitor.Get("/help"), "/language");
        Assert.Equal("/help", page.Path);
        Assert.Equal("zh-CN", page.Document.DocumentElement.GetAttribute("lang"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/nothing");
        request.Headers.Add("Cookie", "lang=zh-CN");
        request.Headers.Add("Accept-Language", "en");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal("en", response.Content.Headers.ContentLanguage.Single());
    }

    [Fact]
    public async Task A_person_who_gets_lost_meets_a_page_and_a_program_meets_a_problem()
    {
        var page = await new Visitor(app).Get("/nothing");
        Assert.Equal((404, "text/html; charset=utf-8"), (page.Status, page.Type));
        Assert.Contains("Not found", page.Text, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/nothing");
        request.Headers.Add("Accept", "text/html");
        using var response = await app.Client.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("not_found", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Theory, InlineData("/"), InlineData("/register")]
    public async Task The_first_screen_weighs_at_most_100_KB_on_the_wire(string path)
    {
        var page = await new Visitor(app, "zh-CN").Get(path);
        var bytes = await Weigh(path);
        foreach (var asset in page.Document.QuerySelectorAll("link[href], script[src], img[src]").Select(each => each.GetAttribute("href") ?? each.GetAttribute("src")).Distinct())
            bytes += await Weigh(asset!);
        Assert.InRange(bytes, 1, 100 * 1024);
    }

    [Fact]
    public async Task An_asset_keeps_for_a_year_under_a_name_that_changes_with_it()
    {
        var page = await new Visitor(app).Get("/");
        var href = page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var asset = await app.Client.GetAsync(href);
        Assert.Equal("public, max-age=31536000, immutable", asset.Headers.CacheControl!.ToString());
        Assert.Equal("text/css", asset.Content.Headers.ContentType!.MediaType);
        using var other = await app.Client.GetAsync(href.Replace(".min.", ".min.0", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var up = await app.Client.GetAsync("/assets/..%2f..%2fappsettings.json");
        Assert.Equal(HttpStatusCode.NotFound, up.StatusCode);
    }

    private async Task<long> Weigh(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br, gzip");
        request.Headers.Add("Accept", "text/html,*/*");
        using var response = await app.Client.SendAsync(request);
        if (!path.EndsWith(".svg", StringComparison.Ordinal)) Assert.NotEmpty(response.Content.Headers.ContentEncoding);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private static void Check(Page page)
    {
        var csp = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", csp, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", csp, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", page.Type);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.NotEmpty(page.Document.DocumentElement.GetAttribute("lang")!);
        foreach (var element in page.Document.All)
        {
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name == "style");
            foreach (var name in new[] { "src", "href", "action", "formaction" })
                if (element.GetAttribute(name) is { } address && !address.StartsWith('#'))
                    Assert.True(address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal), $"{page.Path}: {address}");
        }
        Assert.All(page.Document.QuerySelectorAll("script"), script => Assert.StartsWith("/assets/", script.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Empty(page.Document.QuerySelectorAll("style, iframe, object, embed, base"));
        // The one form that changes nothing and can be linked to chooses versions.
        Assert.All(page.Document.QuerySelectorAll("form:not(.compare)"), form => Assert.Equal("post", form.GetAttribute("method")));
    }
}
