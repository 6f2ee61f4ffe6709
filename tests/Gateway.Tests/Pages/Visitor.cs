using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AiCloud.Pages;

/// <summary>A browser without JavaScript: keeps cookies, fills in forms as they were handed out, follows redirects.</summary>
public sealed class Visitor(PagesApp app, string language = "en", bool https = false)
{
    private static int addresses;
    private readonly string from = $"198.51.100.{Interlocked.Increment(ref addresses) % 250}";

    /// <summary>Cookies by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Every Set-Cookie seen.</summary>
    public List<string> SetCookies { get; } = [];

    public Task<Page> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Sends the form with this action; a null value leaves a field out, and so unticks a box.</summary>
    public Task<Page> Submit(Page page, string action, params (string Name, string? Value)[] fields)
    {
        var form = page.Form(action);
        var values = new List<(string Name, string Value)>();
        foreach (var input in form.QuerySelectorAll("input[name], select[name]"))
        {
            var name = input.GetAttribute("name")!;
            if (input is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }) continue;
            values.Add((name, input is IHtmlSelectElement select ? select.Value ?? "" : input.GetAttribute("value") ?? ""));
        }
        foreach (var (name, value) in fields)
        {
            values.RemoveAll(known => known.Name == name);
            if (value is not null) values.Add((name, value));
        }
        return Post(form.GetAttribute("action")!, [.. values]);
    }

    public Task<Page> Post(string path, params (string Name, string Value)[] values) =>
        Send(HttpMethod.Post, path, new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Name, value.Value))));

    /// <summary>Goes from the start to the step where the code is asked for.</summary>
    public async Task<Page> Start(string method, string contact)
    {
        var privacy = await Get("/register");
        var asked = await Submit(privacy, "/register?handler=privacy", ("privacy", privacy.Box("privacy")));
        return await Submit(asked, "/register?handler=start", ("method", method), (method, contact));
    }

    /// <summary>Answers the code that was sent.</summary>
    public async Task<Page> Prove(Page code, string contact) =>
        await Submit(code, "/register?handler=verify", ("code", await app.Code(contact)));

    /// <summary>Fills in the last step as an adult who agrees to everything.</summary>
    public Task<Page> Complete(Page details, params (string Name, string? Value)[] other) =>
        Submit(details, "/register?handler=complete", [.. Everything(details), .. other]);

    /// <summary>What an adult who agrees fills in.</summary>
    public static (string Name, string? Value)[] Everything(Page details) =>
    [
        ("password", "willow lantern 7 harbour"), ("birthYear", "1990"), ("birthMonth", "5"), ("birthDay", "17"),
        .. details.Form("/register?handler=complete").QuerySelectorAll("input[type=checkbox]").Select(box => (box.GetAttribute("name")!, box.GetAttribute("value"))),
    ];

    private async Task<Page> Send(HttpMethod method, string path, HttpContent? content)
    {
        for (var hops = 0; ; hops++)
        {
            Assert.True(hops < 5, "redirects without end");
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            request.Headers.Add("Accept-Language", language);
            request.Headers.Add("X-Forwarded-For", from);
            if (https) request.Headers.Add("X-Forwarded-Proto", "https");
            // What is refused for its size is refused before it is read: who asks first hears the answer instead of a broken connection.
            request.Headers.ExpectContinue = content?.Headers.ContentLength > 64 * 1024;
            if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using var response = await app.Client.SendAsync(request);
            Remember(response);
            if (response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
            {
                (method, content, path) = (HttpMethod.Get, null, response.Headers.Location!.ToString());
                continue;
            }
            return new Page(path, (int)response.StatusCode, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()), response.Headers, response.Content.Headers.ContentType?.ToString());
        }
    }

    private void Remember(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies)) return;
        foreach (var cookie in cookies)
        {
            SetCookies.Add(cookie);
            var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)) Cookies.Remove(name);
            else Cookies[name] = value;
        }
    }
}

/// <summary>A page as it came.</summary>
public sealed record Page(string Path, int Status, IHtmlDocument Document, System.Net.Http.Headers.HttpResponseHeaders Headers, string? Type)
{
    public IElement Form(string action) => Assert.Single(Document.QuerySelectorAll($"form[action='{action}']"));

    public bool HasForm(string action) => Document.QuerySelector($"form[action='{action}']") is not null;

    /// <summary>What a box stands for.</summary>
    public string Box(string name) => Document.QuerySelector($"input[type=checkbox][name='{name}']")!.GetAttribute("value")!;

    public string Text => Document.QuerySelector("main")!.TextContent;

    public string? ErrorOf(string field) => Document.GetElementById($"{field}-error")?.TextContent;
}
