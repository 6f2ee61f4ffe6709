using AiCloud.OpenApi;
using AiCloud.Requests;

namespace AiCloud.Objections;

/// <summary>"This was not me" with the one-time token of a notice (C2.1f, C2.4c).</summary>
internal static class ObjectionEndpoints
{
    public static void MapObjections(this IEndpointRouteBuilder routes)
    {
        var objection = routes.MapGroup("/v1/objection").WithTags("Account");
        objection.MapGet("/", View)
            .Describes("getNotice", "Read a notice", "What the notice told whose token is sent. Changes nothing.").Answers(200, typeof(ObjectionBody), "The notice.");
        objection.MapPost("/", Object)
            .Describes("object", "This was not me", "Ends every session, drops the password, stops changes for 72 hours and makes the contacts again what they were before. To an announced reset: stops it. Works once; repeating it changes nothing.")
            .Answers(200, typeof(ObjectionBody), "The account is protected.");
    }

    private static async Task<IResult> View(BearerToken bearer, ObjectionDesk desk, CancellationToken cancellation) =>
        (await desk.View(bearer.Value, cancellation)).Reply(view => TypedResults.Ok(ObjectionBody.Of(view)));

    // Without a body, and done once whatever the key: it is looked at like any other, and nothing has to be kept of it.
    private static async Task<IResult> Object(BearerToken bearer, OperationId _, ObjectionDesk desk) =>
        (await desk.Object(bearer.Value)).Reply(view => TypedResults.Ok(ObjectionBody.Of(view)));
}
