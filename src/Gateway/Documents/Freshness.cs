using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Documents;

/// <summary>
/// How long a reply about documents may be kept. What says which version is in force is asked for again each time, cheaply by its ETag: an
/// announcement is then seen at once, and nothing kept outlives an effective instant. A version's own text may be kept, but not across one.
/// </summary>
internal static class Freshness
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>For a version's own text, which never changes.</summary>
    public static void Keepable(HttpContext context, DocumentSet published, DateTimeOffset at)
    {
        var left = DocumentStanding.NextChange(published, at) is { } next && next - at < Longest ? next - at : Longest;
        // Whole seconds, downwards: a second too long would be across the instant.
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)left.TotalSeconds}");
    }

    /// <summary>For what an instant or an announcement changes. The tag follows from <paramref name="facts"/>: everything that the reply is made of.</summary>
    /// <returns>Whether the caller already has it.</returns>
    public static bool IsKnown(HttpContext context, IEnumerable<string> facts)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return IsKnown(context, $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts))).AsSpan(0, 16))}\"");
    }

    /// <summary>Sets the tag.</summary>
    /// <returns>Whether the caller already has what it names.</returns>
    public static bool IsKnown(HttpContext context, string etag)
    {
        var tag = new EntityTagHeaderValue(etag);
        context.Response.Headers.ETag = etag;
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }

    /// <summary>The versions of some kinds with how each stands: what a list of them is made of.</summary>
    public static IEnumerable<string> Facts(DocumentSet published, IEnumerable<string> kinds, DateTimeOffset at, string language) =>
        kinds.SelectMany(kind => DocumentStanding.Of(published, kind, at)).Select(each => string.Create(CultureInfo.InvariantCulture,
            $"{each.Version.Kind} {each.Version.Version} {each.Version.Sha256} {each.Standing} {each.Version.AnnouncedAt:O} {each.Version.EffectiveAt:O}")).Prepend(language);
}
