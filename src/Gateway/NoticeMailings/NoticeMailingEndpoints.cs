using AiCloud.Documents;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.NoticeMailings;

/// <summary>Telling every account of an announced version by message (C2.5b): begin, watch, pace, pause.</summary>
internal static class NoticeMailingEndpoints
{
    private const int DefaultPerSecond = 20;

    public static void MapNoticeMailings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff/documents/{kind}/versions/{version}/notices").WithTags("Staff");
        group.MapPost("/", Begin)
            .Describes("beginNotices", "Tell every account", "Once for each account and version, at the pace given, in the background; goes on after a crash where it was. Beginning again changes nothing.")
            .Example("""{"perSecond":20}""")
            .Answers(202, typeof(NoticeMailingBody), "Going on.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.AlreadyInForce);
        group.MapGet("/", Progress)
            .Describes("getNotices", "Watch the notices", "How many accounts were told.")
            .Answers(200, typeof(NoticeMailingBody), "As it stands.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPatch("/", Steer)
            .Describes("steerNotices", "Pace, pause or go on", "A merge-patch (RFC 7396).")
            .Example("""{"paused":true}""")
            .Answers(200, typeof(NoticeMailingBody), "As it is now.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
    }

    private static async Task<IResult> Begin(
        string kind, string version, BearerToken bearer, OperationId operation, Body<NoticeMailingRequest> body, IGrainFactory grains, DocumentCatalog catalog, StaffDesk staff,
        CancellationToken cancellation) =>
        (await staff.Act(bearer, Deed(StaffRoles.AnnounceDocuments, "notices.begin", kind, version, operation), async (member, _) =>
            Mailing(grains, catalog, kind, version) is { } mailing
                ? Answer<NoticeMailing>.From(await Repeatable.Call(() => mailing.Start(member.Standing.Actor, body.Value.PerSecond ?? DefaultPerSecond, cancellation)))
                : ProblemCode.NotFound, null, cancellation))
            .Reply(begun => TypedResults.Accepted((string?)null, NoticeMailingBody.Of(begun)));

    private static async Task<IResult> Progress(
        string kind, string version, BearerToken bearer, IGrainFactory grains, DocumentCatalog catalog, StaffDesk staff, CancellationToken cancellation)
    {
        var member = await staff.Authorize(bearer, $"{StaffRoles.WriteDocuments} {StaffRoles.AnnounceDocuments}", "notices.read", $"{kind}/{version}", cancellation);
        if (member.Problem is { } problem) return problem;
        if (Mailing(grains, catalog, kind, version) is not { } mailing) return Problem.Of(ProblemCode.NotFound);
        return Answer<NoticeMailing>.From(await Repeatable.Call(() => mailing.Progress(cancellation))).Reply(view => TypedResults.Ok(NoticeMailingBody.Of(view)));
    }

    private static async Task<IResult> Steer(
        string kind, string version, BearerToken bearer, Body<NoticeMailingPatch> body, IGrainFactory grains, DocumentCatalog catalog, StaffDesk staff, HttpContext context,
        CancellationToken cancellation) =>
        (await staff.Act(bearer, Deed(StaffRoles.AnnounceDocuments, "notices.steer", kind, version, OperationId.Fresh(context)), async (_, _) =>
            Mailing(grains, catalog, kind, version) is { } mailing
                ? Answer<NoticeMailing>.From(await Repeatable.Call(() => mailing.Steer(body.Value.PerSecond, body.Value.Paused, cancellation)))
                : ProblemCode.NotFound, null, cancellation))
            .Reply(view => TypedResults.Ok(NoticeMailingBody.Of(view)));

    private static StaffDeed Deed(string role, string action, string kind, string version, OperationId operation) => new(role, action, $"{kind}/{version}", operation);

    // An address can hold anything; an actor is asked for kinds that there are and labels that can be only.
    private static INoticeMailingGrain? Mailing(IGrainFactory grains, DocumentCatalog catalog, string kind, string version) =>
        catalog.AllKinds.Contains(kind) && version.Length <= 32 && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ? grains.GetGrain<INoticeMailingGrain>(NoticeMailingKeys.Of(kind, version)) : null;
}
