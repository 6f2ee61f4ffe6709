using AiCloud.Accounts;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.PersonalData;

/// <summary>A person's copy of everything held about them (API.md, <c>/v1/account/data</c>; L-17).</summary>
internal static class ExportEndpoints
{
    public const string Path = "/v1/account/data/exports";

    public static void MapPersonalData(this IEndpointRouteBuilder routes)
    {
        var exports = routes.MapGroup(Path).WithTags("Account");
        exports.MapPost("/", Request)
            .Describes("requestExport", "Ask for a copy of everything held", "It is made in the background; ask again at Location until its state is ready. One is made at a time, and a new one replaces the one before. "
                + "Never limited by the standing of the account. For 7 days after a contact or the password changed none is made, and none that is ready is handed over.")
            .Answers(202, typeof(ExportBody), "It is being made.").Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.ExportTooSoon, ProblemCode.ExportLimit);
        exports.MapGet("/{id}", Read)
            .Describes("getExport", "How far a copy is", "The id, or latest.").Answers(200, typeof(ExportBody), "The copy.");
        exports.MapGet("/{id}/archive", Download)
            .Describes("downloadExport", "Download a copy", "A zip with everything as JSON, its schema, the same as a page in each language, and the receipts. For 24 hours after it was made; for 7 days after a contact or the password changed it is handed to nobody.")
            .Answers(200, typeof(byte[]), "The archive.", DataArchive.MediaType).Refuses(ProblemCode.ReauthenticationRequired, ProblemCode.ExportTooSoon, ProblemCode.ExportExpired, ProblemCode.ExportNotReady);

        routes.MapGet(PersonalDataSchema.Path, Schema).ExcludeFromDescription().WithMetadata(Admission.AnsweredFromMemory.Instance);
    }

    private static Task<IResult> Request(BearerToken bearer, OperationId operation, Tokens tokens, DataDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Request(who, operation, cancellation))
            .Reply(view => TypedResults.Accepted($"{Path}/{view.Id}", ExportBody.Of(view))));

    private static Task<IResult> Read(string id, BearerToken bearer, Tokens tokens, DataDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Read(who, id == "latest" ? null : id, cancellation)).Reply(view =>
        {
            bearer.Context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(ExportBody.Of(view));
        }));

    private static Task<IResult> Download(string id, BearerToken bearer, Tokens tokens, DataDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Download(who, id, PublicAddress.OfIssuer(bearer.Context), cancellation)).Reply(archive =>
        {
            bearer.Context.Response.Headers.CacheControl = "no-store";
            return TypedResults.File(archive.Zip, DataArchive.MediaType, archive.Name);
        }));

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult Schema(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Bytes(PersonalDataSchema.Json, "application/schema+json");
    }
}
