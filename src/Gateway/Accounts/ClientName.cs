namespace AiCloud.Accounts;

/// <summary>A short name for a session's client, from the User-Agent: what a person needs to recognise a session, not a fingerprint.</summary>
internal static class ClientName
{
    private const int Longest = 40;
    private static readonly (string Mark, string Name)[] Browsers =
        [("MicroMessenger", "WeChat"), ("AlipayClient", "Alipay"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];
    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        if (browser is not null) return system is null ? browser : $"{browser}, {system}";
        var product = new string([.. userAgent.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/').Take(Longest)]);
        return product.Length > 0 ? product : "unknown";
    }
}
