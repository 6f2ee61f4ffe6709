using System.IO.Compression;

namespace AiCloud.Pages;

/// <summary>"My data" without JavaScript, in both languages (L-17).</summary>
[Collection(PagesCollection.Name)]
public sealed class DataPageTests(PagesApp app)
{
    [Theory, InlineData("en", "My data", "Your copy is ready"), InlineData("zh-CN", "我的数据", "副本已生成")]
    public async Task A_copy_is_asked_for_and_downloaded_with_two_clicks(string language, string title, string ready)
    {
        var visitor = await Registered(language);
        var account = await visitor.Get("/account");
        Assert.NotNull(account.Document.QuerySelector("a[href='/account/data']"));
        var page = await visitor.Get("/account/data");
        Assert.Equal(title, page.Document.QuerySelector("h1")!.TextContent);
        var after = await visitor.Submit(page, "/account/data?handler=ask");
        while (after.Document.QuerySelector("progress") is not null) after = await visitor.Get("/account/data");
        Assert.Contains(ready, after.Text, StringComparison.Ordinal);
        Assert.Matches(language == "en" ? @"until \d+ \w+ \d{4}, \d\d:\d\d \(Beijing time\)" : "可下载至 \\d{4}年", after.Text);
        using var zip = new ZipArchive(new MemoryStream(await Bytes(visitor, after.Document.QuerySelector("a[href$='/archive']")!.GetAttribute("href")!)));
        Assert.Contains(zip.Entries, entry => entry.FullName == "personal-data.json");
        Assert.True(after.HasForm("/account/data?handler=ask")); // another one may be made

        // With the attribute a browser would save the page that says why not, or report a failed download and show nothing.
        Assert.Null(after.Document.QuerySelector("a[download]"));

        // Once the password changed the copy is held back, and the page says until when.
        var download = after.Document.QuerySelector("a[href$='/archive']")!.GetAttribute("href")!;
        await visitor.Submit(await visitor.Get("/account"), "/account?handler=password", ("currentPassword", "willow lantern 7 harbour"), ("newPassword", "willow lantern 8 harbour"));
        var held = await visitor.Get("/account/data");
        Assert.Contains(language == "en" ? "it cannot be downloaded before" : "之前不能下载", held.Text, StringComparison.Ordinal);
        Assert.Null(held.Document.QuerySelector("a[href$='/archive']"));
        Assert.Equal("/account/data", (await visitor.Get(download)).Path);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_sign_in()
    {
        var visitor = new Visitor(app);
        Assert.Equal("/sign-in", (await visitor.Get("/account/data")).Path);
        Assert.Equal("/sign-in", (await visitor.Get("/account/data/AAAAAAAAAAAAAAAAAAAAAA/archive")).Path);
        visitor.Cookies["session"] = "nonsense";
        Assert.StartsWith("/sign-in", (await visitor.Get("/account/data")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_to_go_who_does_not_agree_to_a_change_leads_here()
    {
        var visitor = await Registered("en");
        Assert.NotNull((await visitor.Get("/account/leave")).Document.QuerySelector("a[href='/account/data']"));
    }

    private async Task<Visitor> Registered(string language)
    {
        var contact = RegisterPageTests.Contact("email");
        var visitor = new Visitor(app, language);
        await visitor.Complete(await visitor.Prove(await visitor.Start("email", contact), contact));
        return visitor;
    }

    private async Task<byte[]> Bytes(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(("application/zip", "attachment"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        return await response.Content.ReadAsByteArrayAsync();
    }
}
