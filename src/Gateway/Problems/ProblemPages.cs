using System.Net;
using System.Text;
using AiCloud.Admission;
using AiCloud.Languages;

namespace AiCloud.Problems;

/// <summary>The pages behind <c>type</c>: what each problem means, in both languages, from the catalogue.</summary>
public static class ProblemPages
{
    /// <summary>Maps <c>/problems</c> and <c>/problems/{code}</c>.</summary>
    public static void MapProblemPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/problems").ExcludeFromDescription().WithMetadata(AdmissionExempt.Instance);
        pages.MapGet("/", All);
        pages.MapGet("/{code}", One);
    }

    private static IResult One(string code, HttpContext context) =>
        ProblemCodeNames.TryParse(code, out var known) ? Page(context, [known]) : Problem.Of(ProblemCode.NotFound);

    private static IResult All(HttpContext context) => Page(context, ProblemCatalogue.Codes);

    private static IResult Page(HttpContext context, IEnumerable<ProblemCode> codes)
    {
        var language = LanguageChoice.Speak(context);
        context.Response.Headers.CacheControl = "public, max-age=3600";
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"").Append(language.Tag())
            .Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(language == Language.En ? "Problems" : "问题说明").Append("</title></head><body><main>");
        Language[] order = language == Language.En ? [Language.En, Language.ZhCn] : [Language.ZhCn, Language.En];
        foreach (var code in codes)
        {
            var entry = code.Entry();
            html.Append("<article id=\"").Append(code.Name()).Append("\"><p><code>").Append(code.Name()).Append("</code> · HTTP ").Append(entry.Status).Append("</p>");
            foreach (var each in order)
                html.Append("<section lang=\"").Append(each.Tag()).Append("\"><h1>").Append(WebUtility.HtmlEncode(entry.Title.In(each)))
                    .Append("</h1><p>").Append(WebUtility.HtmlEncode(entry.Text.In(each))).Append("</p></section>");
            html.Append("</article>");
        }

        return Results.Content(html.Append("</main></body></html>").ToString(), "text/html; charset=utf-8");
    }
}
