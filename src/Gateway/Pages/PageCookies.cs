using System.Net;

namespace AiCloud.Pages;

/// <summary>
/// Cookies of the pages (S-02). Host-bound, HttpOnly and SameSite=Lax; Secure everywhere but on plain http to this very machine, where a
/// browser would refuse them. Behind a proxy that is not trusted they are Secure all the same: then sign-in fails instead of leaking.
/// </summary>
internal static class PageCookies
{
    /// <summary>Holds the registration token: whoever comes back resumes where the server stands.</summary>
    public const string Registration = "registration";

    /// <summary>Holds the session token.</summary>
    public const string Session = "session";

    /// <summary>Holds the token of a password reset.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>Marks a browser that somebody signed in with.</summary>
    public const string KnownClient = "known";

    /// <summary>Names the exact privacy agreement that was consented to before a contact is asked for (C0.2).</summary>
    public const string Consent = "consent";

    /// <summary>The language chosen by the switch.</summary>
    public const string Language = "lang";

    /// <summary>The name a cookie has on this connection.</summary>
    public static string NameOf(HttpContext context, string name) => IsSecure(context) ? $"__Host-{name}" : name;

    /// <summary>Whether cookies need Secure here.</summary>
    public static bool IsSecure(HttpContext context)
    {
        var request = context.Request;
        return request.IsHttps || !(request.Host.Host is "localhost" || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
    }

    /// <summary>The value, if there is one.</summary>
    public static string? Read(HttpContext context, string name) => context.Request.Cookies[NameOf(context, name)];

    /// <summary>Sets a value until an instant; without one for as long as the browser runs.</summary>
    public static void Write(HttpContext context, string name, string value, DateTimeOffset? until = null) =>
        context.Response.Cookies.Append(NameOf(context, name), value, Options(context, until));

    /// <summary>Removes it.</summary>
    public static void Clear(HttpContext context, string name) => context.Response.Cookies.Delete(NameOf(context, name), Options(context, null));

    private static CookieOptions Options(HttpContext context, DateTimeOffset? until) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = IsSecure(context), Path = "/", Expires = until, IsEssential = true,
    };
}
