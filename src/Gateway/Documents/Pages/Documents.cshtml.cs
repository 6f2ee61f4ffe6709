using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Documents.Pages;

/// <summary>Every kind of document: what is in force, what is announced.</summary>
internal sealed class DocumentsModel(DocumentCatalog catalog, TimeProvider clock) : PageModel
{
    public IReadOnlyList<DocumentOverview> Kinds { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Kinds = DocumentOverview.Of(await catalog.Get(cancellation), clock.GetUtcNow());
}

/// <summary>A kind as it stands: the version in force and the one announced.</summary>
internal sealed record DocumentOverview(DocumentVersion InForce, DocumentVersion? Announced)
{
    public static IReadOnlyList<DocumentOverview> Of(DocumentSet published, DateTimeOffset at) =>
        [.. DocumentCatalog.Kinds.Select(kind => published.InForce(kind, at)).OfType<DocumentVersion>()
            .Select(version => new DocumentOverview(version, published.Announced(version.Kind, at)))];
}
