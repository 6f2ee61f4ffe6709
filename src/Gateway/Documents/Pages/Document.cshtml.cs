using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Documents.Pages;

/// <summary>One document to read and to print (L-05): the version in force, or any other by name. All stay readable (L-06).</summary>
internal sealed class DocumentModel(DocumentCatalog catalog, TimeProvider clock) : PageModel
{
    public DocumentStanding Shown { get; private set; } = null!;

    public DocumentVersion? InForce { get; private set; }

    public AnnouncedAmendments Announced { get; private set; } = AnnouncedAmendments.None;

    public IReadOnlyList<DocumentStanding> Versions { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public VersionChoice Comparing => VersionChoice.Of(Versions, Shown.Version.Kind, null, null);

    public async Task<IActionResult> OnGet(string kind, string? version, CancellationToken cancellation)
    {
        var published = await catalog.Get(cancellation);
        Now = clock.GetUtcNow();
        Versions = DocumentStanding.Of(published, kind, Now);
        InForce = published.InForce(kind, Now);
        var label = version ?? InForce?.Version;
        if (Versions.FirstOrDefault(each => each.Version.Version == label) is not { } found) return new StatusCodeResult(StatusCodes.Status404NotFound);
        Shown = found;
        Announced = AnnouncedAmendments.Of(published, [kind], Now);
        return Page();
    }
}
