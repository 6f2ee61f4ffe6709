using AiCloud.Languages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Documents.Pages;

/// <summary>One document to read and to print (L-05): the version in force, or any other by name. All stay readable (L-06).</summary>
internal sealed class DocumentModel(DocumentCatalog catalog, TimeProvider clock) : PageModel
{
    public DocumentVersion Shown { get; private set; } = null!;

    public IReadOnlyList<DocumentVersion> Versions { get; private set; } = [];

    public async Task<IActionResult> OnGet(string kind, string? version, CancellationToken cancellation)
    {
        var published = await catalog.Get(cancellation);
        if ((version is null ? published.InForce(kind, clock.GetUtcNow()) : published.Find(kind, version)) is not { } found) return new StatusCodeResult(StatusCodes.Status404NotFound);
        Shown = found;
        Versions = [.. published.Versions(kind).Reverse()];
        return Page();
    }

    /// <summary>How a version stands now.</summary>
    public Localized StandingOf(DocumentVersion version)
    {
        var now = clock.GetUtcNow();
        return version.EffectiveAt > now ? DocumentTexts.Announced
            : catalog.Current.InForce(version.Kind, now)?.Version == version.Version ? DocumentTexts.InForce : DocumentTexts.Earlier;
    }
}
