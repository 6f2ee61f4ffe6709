using System.Text;
using AiCloud.Languages;
using AiCloud.Pages;
using AiCloud.Problems;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Documents;

/// <summary>Documents as files beside their pages: to keep (L-06), and to be told of changes by a feed reader (C2.5b).</summary>
internal static class DocumentFiles
{
    public static void MapDocumentFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DocumentPaths.Feed, Feed).ExcludeFromDescription();
        routes.MapGet("/documents/{kind}/{version}/{language:regex(^(zh-CN|en)$)}.{form:regex(^(md|html)$)}", Keep).ExcludeFromDescription();
    }

    private static async Task<IResult> Keep(string kind, string version, string language, string form, DocumentCatalog catalog, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        var published = await catalog.Get(cancellation);
        if (published.Find(kind, version) is not { } found) return Problem.Of(ProblemCode.NotFound);
        context.Response.Headers.ContentLanguage = language;
        Freshness.Keepable(context, published, clock.GetUtcNow());
        return TypedResults.Bytes(
            Encoding.UTF8.GetBytes(form == "md" ? found.Texts[language] : MarkdownRenderer.Page(found, language)),
            form == "md" ? "text/markdown; charset=utf-8" : "text/html; charset=utf-8",
            $"{kind}-{version}.{language}.{form}", lastModified: found.AnnouncedAt, entityTag: new EntityTagHeaderValue($"\"{found.Sha256}.{language}.{form}\""));
    }

    private static async Task<IResult> Feed(string? lang, DocumentCatalog catalog, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        // The address that pages link to names the language; without it the reader's own counts.
        var language = PageLanguage.TryParse(lang) ?? LanguageChoice.Speak(context);
        context.Response.Headers.ContentLanguage = language.Tag();
        var now = clock.GetUtcNow();
        var published = await catalog.Get(cancellation);
        var address = PublicAddress.Of(context);
        if (Freshness.IsKnown(context, Freshness.Facts(published, catalog.AllKinds, now, language.Tag()).Prepend(address))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Bytes(DocumentFeed.Write(published, now, language, address), DocumentFeed.MediaType);
    }
}
