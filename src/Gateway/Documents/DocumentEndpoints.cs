using System.Globalization;
using AiCloud.Admission;
using AiCloud.Documents.Comparison;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using Microsoft.Net.Http.Headers;

namespace AiCloud.Documents;

/// <summary>Documents for everybody to read (API.md, Documents). Answered from this process's copy, by clock.</summary>
internal static class DocumentEndpoints
{
    private const int LongestForm = 4 * 1_048_576; // both texts are 1 MB at most; HTML adds its marks

    private const string Markdown = "text/markdown", Html = "text/html", Json = "application/json";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/documents").WithTags("Documents").WithMetadata(AnsweredFromMemory.Instance);
        group.MapGet("/", All)
            .Describes("listDocuments", "List documents", "What is in force, and what is announced.").Answers(200, typeof(DocumentBody[]), "Kinds.");
        group.MapGet("/{kind}/versions", Versions)
            .Describes("listDocumentVersions", "List versions", "Every published version of a kind with how it stands now, newest first.").Answers(200, typeof(DocumentVersionBody[]), "Versions.").Refuses(ProblemCode.NotFound);
        group.MapGet("/{kind}/versions/{version}", One)
            .Describes("getDocumentVersion", "Read a version", "As Markdown or HTML in the reply's language, or as JSON with both, as Accept asks. The strong ETag is the digest of both languages; for Markdown and HTML with language and form.")
            .Answers(200, typeof(DocumentTextBody), "The text.").OrAsText(LongestForm, Markdown, Html).Refuses(ProblemCode.NotFound, ProblemCode.NotAcceptable);
        group.MapGet("/{kind}/diff", Diff)
            .Describes("diffDocumentVersions", "Compare two versions", "Paragraph by paragraph, and of a changed paragraph word by word, in the reply's language. Chinese counts by the character.")
            .Answers(200, typeof(DocumentDiffBody), "What changed.").Refuses(ProblemCode.NotFound, ProblemCode.Invalid);
        routes.MapDocumentFiles();
    }

    private static async Task<IResult> All(DocumentCatalog catalog, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var published = await catalog.Get(cancellation);
        var language = LanguageChoice.Speak(context).Tag();
        if (Freshness.IsKnown(context, Freshness.Facts(published, catalog.AllKinds, now, language))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(catalog.AllKinds.Select(kind => (Kind: kind, InForce: published.InForce(kind, now)))
            .Where(found => found.InForce is not null)
            .Select(found => DocumentBody.Of(found.InForce!, published.Announced(found.Kind, now), language)).ToArray());
    }

    private static async Task<IResult> Versions(string kind, DocumentCatalog catalog, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var published = await catalog.Get(cancellation);
        var versions = DocumentStanding.Of(published, kind, now);
        if (versions.Count == 0) return Problem.Of(ProblemCode.NotFound);
        var language = LanguageChoice.Speak(context).Tag();
        if (Freshness.IsKnown(context, Freshness.Facts(published, [kind], now, language))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(versions.Select(version => new DocumentVersionBody(version, language)).ToArray());
    }

    private static async Task<IResult> One(string kind, string version, DocumentCatalog catalog, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        var published = await catalog.Get(cancellation);
        if (published.Find(kind, version) is not { } found) return Problem.Of(ProblemCode.NotFound);
        if (Choose(context.Request.Headers.Accept) is not { } type) return Problem.Of(ProblemCode.NotAcceptable);
        var language = LanguageChoice.Speak(context).Tag();
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        headers.LastModified = found.AnnouncedAt.ToString("R", CultureInfo.InvariantCulture);
        Freshness.Keepable(context, published, clock.GetUtcNow());
        if (Freshness.IsKnown(context, Etag(found, language, type))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return type switch
        {
            Markdown => TypedResults.Text(found.Texts[language], "text/markdown; charset=utf-8"),
            Html => TypedResults.Text(MarkdownRenderer.Page(found, language), "text/html; charset=utf-8"),
            _ => TypedResults.Ok(new DocumentTextBody(found)),
        };
    }

    private static async Task<IResult> Diff(
        string kind, string? from, string? to, DocumentCatalog catalog, DocumentComparisons comparisons, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        FieldError[] missing = [.. new[] { (Name: "from", Value: from), (Name: "to", Value: to) }
            .Where(version => string.IsNullOrEmpty(version.Value)).Select(version => new FieldError($"/{version.Name}", FieldFault.Required))];
        if (missing.Length > 0) return Problem.Of(ProblemCode.Invalid, missing);
        var published = await catalog.Get(cancellation);
        if (published.Find(kind, from!) is not { } before || published.Find(kind, to!) is not { } after) return Problem.Of(ProblemCode.NotFound);
        var language = LanguageChoice.Speak(context).Tag();
        Freshness.Keepable(context, published, clock.GetUtcNow());
        if (Freshness.IsKnown(context, $"\"{before.Sha256}.{after.Sha256}.{language}\"")) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(DocumentDiffBody.Of(before, after, language, await comparisons.Of(before, after, language, cancellation)));
    }

    // JSON holds both languages, and so the digest alone names it; other forms differ by language and form.
    private static string Etag(DocumentVersion version, string language, string type) =>
        type == Json ? $"\"{version.Sha256}\"" : $"\"{version.Sha256}.{language}.{type[5..]}\"";

    private static string? Choose(Microsoft.Extensions.Primitives.StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted) || wanted.Count == 0) return Json;
        // RFC 9110 §12.5.1: "*/*, text/html;q=0" wants anything but HTML. A charset asked for changes nothing: all forms are UTF-8.
        var refused = wanted.Where(wish => wish.Quality is 0 && !wish.MatchesAllSubTypes).ToArray();
        string[] offers = [.. new[] { Json, Markdown, Html }.Where(offer => !refused.Any(wish => wish.MatchesMediaType(offer)))];
        return wanted.Where(wish => wish.Quality is not 0).OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => offers.FirstOrDefault(offer => wish.MatchesMediaType(offer))).FirstOrDefault(offer => offer is not null);
    }
}
