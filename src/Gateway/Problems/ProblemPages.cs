using System.Diagnostics;
using AiCloud.Admission;
using AiCloud.Languages;
using AiCloud.Pages;

namespace AiCloud.Problems;

/// <summary>The pages behind <c>type</c>: what each problem means, in both languages, from the catalogue; and the page a person meets instead of JSON.</summary>
internal static class ProblemPages
{
    private const string Catalogue = "/Problems/Pages/Catalogue.cshtml", One = "/Problems/Pages/Problem.cshtml";

    /// <summary>Maps <c>/problems</c> and <c>/problems/{code}</c>.</summary>
    public static void MapProblemPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/problems").ExcludeFromDescription().WithMetadata(AdmissionExempt.Instance);
        pages.MapGet("/", () => new PageView(Catalogue, ProblemCatalogue.Codes));
        pages.MapGet("/{code}", (string code) => ProblemCodeNames.TryParse(code, out var known)
            ? (IResult)new PageView(Catalogue, new[] { known }) : Problem.Of(ProblemCode.NotFound));
    }

    /// <summary>A refusal for a person who navigates.</summary>
    public static PageView Of(Problem problem, HttpContext context) =>
        new(One, new ProblemShown(problem, Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier), problem.Code.Entry().Status);
}

/// <summary>A refusal and the id under which it can be found.</summary>
internal sealed record ProblemShown(Problem Problem, string TraceId);

/// <summary>Words of the pages of problems.</summary>
internal static class ProblemTexts
{
    public static readonly Localized
        Reference = new("联系客服时请提供：", "For customer service:"),
        Title = new("问题说明", "Problems"),
        Lead = new("接口以 code 说明拒绝的原因；含义如下。", "What each code means that a reply can carry.");
}
