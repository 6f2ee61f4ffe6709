using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Documents.Pages;

/// <summary>Every kind of document: what is in force, what is announced.</summary>
internal sealed class DocumentsModel(DocumentCatalog catalog, TimeProvider clock) : PageModel
{
    public IReadOnlyList<DocumentOverview> Kinds { get; private set; } = [];

    public AnnouncedAmendments Announced { get; private set; } = AnnouncedAmendments.None;

    public async Task OnGet(CancellationToken cancellation)
    {
        var (published, now) = (await catalog.Get(cancellation), clock.GetUtcNow());
        Kinds = DocumentOverview.Of(published, catalog.AllKinds, now);
        Announced = AnnouncedAmendments.Of(published, catalog.AllKinds, now);
    }
}

/// <summary>A kind as it stands: the version in force and the one announced, and whether it is accepted along with another (C0.1).</summary>
internal sealed record DocumentOverview(DocumentVersion InForce, DocumentVersion? Announced, bool IsIncorporated)
{
    public static IReadOnlyList<DocumentOverview> Of(DocumentSet published, IEnumerable<string> kinds, DateTimeOffset at)
    {
        var incorporated = published.RequiredAt(at).SelectMany(document => document.Incorporated).Select(reference => reference.Kind).ToHashSet();
        return [.. kinds.Select(kind => published.InForce(kind, at)).OfType<DocumentVersion>()
            .Select(version => new DocumentOverview(version, published.Announced(version.Kind, at), incorporated.Contains(version.Kind)))];
    }
}
