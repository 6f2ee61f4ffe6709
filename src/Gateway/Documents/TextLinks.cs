namespace AiCloud.Documents;

/// <summary>Where a text may lead: to this site, by https, mail or telephone. What is allowed here the renderer shows as a link, unchanged.</summary>
internal static class TextLinks
{
    public static bool IsAllowed(string? url)
    {
        // Browsers drop tabs and line ends inside an address and read "\" as "/": what they would then see is not what stands here.
        if (string.IsNullOrEmpty(url) || url.Any(c => c <= ' ' || c == '\\' || char.IsControl(c))) return false;
        return MarkdownRenderer.IsHere(url) || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "mailto" or "tel");
    }
}
