using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.PersonalData.Pages;

/// <summary>The archive as a file to keep.</summary>
internal sealed class ArchiveModel(DataDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public Task<IActionResult> OnGet(string id, CancellationToken cancellation) => With(async who =>
    {
        var archive = await desk.Download(who, id, PublicAddress.OfIssuer(HttpContext), cancellation);
        if (archive.Problem is { } problem) return problem.Code is ProblemCode.ExportExpired or ProblemCode.ExportTooSoon or ProblemCode.ReauthenticationRequired ? Redirect("/account/data") : new ProblemAnswer(problem);
        Response.Headers.CacheControl = "no-store";
        return File(archive.Value!.Zip, DataArchive.MediaType, archive.Value.Name);
    });
}
