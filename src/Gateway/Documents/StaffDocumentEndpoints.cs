using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>Publishing documents (API.md, Staff).</summary>
internal static class StaffDocumentEndpoints
{
    // 1 MB of Markdown, and what JSON's escapes add to it.
    private const int DraftBytes = 3 * 1024 * 1024;

    public static void MapStaffDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff/documents/{kind}/versions").WithTags("Staff");
        group.MapPost("/", Draft)
            .Describes("draftDocumentVersion", "Hand in a draft", "Seen by staff only until another member announces it. Both languages, together at most 1 MB of Markdown in UTF-8, without raw HTML, pictures and links to anything but this site, https, mail and telephone.")
            .Example("""
                {"version":"1.1","effectiveAfter":"P7D","class":"contract","ground":"business","summary":{"zh-CN":"第三条更新。","en":"Clause 3 is new."},
                "content":{"zh-CN":"# 注册协议\n\n正文","en":"# Registration agreement\n\nThe text"}}
                """)
            .Answers(201, typeof(StaffVersionBody), "Kept as a draft.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.DocumentVersionUsed, ProblemCode.DocumentInvalid, ProblemCode.EffectiveTooSoon, ProblemCode.DocumentClassTooLow, ProblemCode.TooManyDrafts);
        group.MapGet("/", List)
            .Describes("listManagedVersions", "List versions", "In every state, oldest first.")
            .Answers(200, typeof(StaffVersionBody[]), "Versions.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapGet("/{version}", One)
            .Describes("getManagedVersion", "Read a version", "With its texts, also as a draft: what is announced is what stands here.")
            .Answers(200, typeof(StaffTextBody), "The version.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/{version}/announcement", Announce)
            .Describes("announceDocumentVersion", "Announce a draft", "By another member than its author. Public at once, in force after the period, and never changed again.")
            .Answers(200, typeof(AnnouncementBody), "Announced.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.AnotherAnnounced, ProblemCode.NotADraft, ProblemCode.DocumentClassTooLow);
        group.MapPost("/{version}/withdrawal", Withdraw)
            .Describes("withdrawDocumentVersion", "Withdraw a draft or an announced version", "The first call proposes; a call by another member carries out. Not once it is in force.")
            .Answers(200, typeof(StaffVersionBody), "Withdrawn.").Answers(202, typeof(StaffVersionBody), "Proposed: waits for a second person.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.AlreadyInForce, ProblemCode.NotADraft);
    }

    private static async Task<IResult> Draft(
        string kind, BearerToken bearer, OperationId operation, [StaffBody(DraftBytes, StaffRoles.WriteDocuments, "document.draft")] Body<DraftRequest> body,
        StaffDocumentDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Draft(bearer, operation, kind, body.Value, cancellation)).Reply(draft =>
            TypedResults.Created($"/v1/staff/documents/{kind}/versions/{draft.Version}", StaffVersionBody.Of(draft, null, clock.GetUtcNow())));

    private static async Task<IResult> List(string kind, BearerToken bearer, StaffDocumentDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Versions(bearer, kind, cancellation)).Reply(versions => TypedResults.Ok(versions.At(clock.GetUtcNow()).ToArray()));

    private static async Task<IResult> One(string kind, string version, BearerToken bearer, StaffDocumentDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Versions(bearer, kind, cancellation)).Reply(versions =>
            versions.Find(version, clock.GetUtcNow()) is { } found ? TypedResults.Ok(found) : Problem.Of(ProblemCode.NotFound));

    private static async Task<IResult> Announce(
        string kind, string version, BearerToken bearer, OperationId operation, StaffDocumentDesk desk, CancellationToken cancellation) =>
        (await desk.Announce(bearer, operation, kind, version, cancellation)).Reply(announced => TypedResults.Ok(AnnouncementBody.Of(announced)));

    private static async Task<IResult> Withdraw(
        string kind, string version, BearerToken bearer, OperationId operation, StaffDocumentDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Withdraw(bearer, operation, kind, version, cancellation)).Reply(view =>
        {
            var body = StaffVersionBody.Of(view, null, clock.GetUtcNow());
            return view.Status == DocumentStatus.Withdrawn ? TypedResults.Ok(body) : TypedResults.Accepted((string?)null, body);
        });
}
