using System.Globalization;
using System.Security.Cryptography;
using AiCloud.Pages;
using Microsoft.AspNetCore.DataProtection;

namespace AiCloud.Registration.Pages;

/// <summary>
/// After a refusal for age the page does not take another date from the same browser for a day (C2.1a). Signed, and it holds an instant and nothing else: no
/// date, no contact, nothing that tells one person from another. Whoever clears it, or uses the API, meets the budgets that were spent all the same.
/// </summary>
internal static class UnderAgeCookie
{
    /// <summary>How long.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private const string Name = "age";

    /// <summary>Sets it.</summary>
    public static void Write(HttpContext context, DateTimeOffset now)
    {
        var until = now + Lasts;
        PageCookies.Write(context, Name, Protector(context).Protect(until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), until);
    }

    /// <summary>How long the browser has still to wait; null when it has not. What was not signed here counts for nothing.</summary>
    public static TimeSpan? Wait(HttpContext context, DateTimeOffset now)
    {
        if (PageCookies.Read(context, Name) is not { } value) return null;
        try
        {
            var left = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Protector(context).Unprotect(value), CultureInfo.InvariantCulture)) - now;
            return left > TimeSpan.Zero ? left : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext context) => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("under-age");
}
