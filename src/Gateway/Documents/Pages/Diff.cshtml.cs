using AiCloud.Documents.Comparison;
using AiCloud.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Documents.Pages;

/// <summary>Two versions of a document compared word by word (C2.5a). Without a choice: the newest with the one before it.</summary>
internal sealed class DiffModel(DocumentCatalog catalog, DocumentComparisons comparisons, TimeProvider clock) : PageModel
{
    public DocumentVersion Before { get; private set; } = null!;

    public DocumentVersion After { get; private set; } = null!;

    public VersionChoice Choice { get; private set; } = null!;

    public TextComparison Comparison { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string kind, string? from, string? to, CancellationToken cancellation)
    {
        var published = await catalog.Get(cancellation);
        var versions = DocumentStanding.Of(published, kind, clock.GetUtcNow());
        if (versions.Count == 0) return new StatusCodeResult(StatusCodes.Status404NotFound);
        Choice = VersionChoice.Of(versions, kind, from, to);
        if (published.Find(kind, Choice.From) is not { } before || published.Find(kind, Choice.To) is not { } after) return new StatusCodeResult(StatusCodes.Status404NotFound);
        (Before, After) = (before, after);
        Comparison = await comparisons.Of(before, after, LanguageChoice.Of(HttpContext).Tag(), cancellation);
        return Page();
    }
}
