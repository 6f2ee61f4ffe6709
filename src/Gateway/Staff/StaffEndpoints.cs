using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Staff;

/// <summary>Members of staff, their tokens, proposals and the audit (API.md, Staff).</summary>
internal static class StaffEndpoints
{
    private const int AuditPage = 100, AuditPageMax = 500;

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff").WithTags("Staff");
        group.MapGet("/me", Me)
            .Describes("getStaffSelf", "Read yourself", "Who the token says is calling, with which roles, until when.")
            .Answers(200, typeof(StaffSelfBody), "The member.").Refuses(ProblemCode.SecondFactorRequired);
        group.MapPost("/tokens", Rotate)
            .Describes("rotateStaffToken", "Exchange the token", "The token that asks ends when the new one is first used. Also takes a token that lapsed a short while ago.")
            .Answers(201, typeof(StaffTokenBody), "A fresh token, told only here.");
        group.MapDelete("/tokens/current", Revoke)
            .Describes("revokeStaffToken", "End the token", "Takes effect at once.").Answers(204, "Ended.");
        group.MapPost("/activations", Activate)
            .Describes("activateStaffMember", "Get a first token", "Needs the half that the proposer was shown and the half that the approver was shown; works once. Ends any older token of the member.")
            .Example("""{"fromProposer":"sta.s1.…","fromApprover":"sta.s1.…"}""")
            .Answers(201, typeof(StaffTokenBody), "The token, told only here.").Refuses(ProblemCode.NotFound, ProblemCode.ActivationExpired);
        group.MapGet("/audit", Audit)
            .Describes("listStaffAudit", "Read the audit", "Entries with a number above `after`, oldest first; at most `limit` (1 to 500, 100 when absent).")
            .Answers(200, typeof(AuditEntryBody[]), "Entries.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.Invalid);
        StaffMemberEndpoints.Map(group);
    }

    private static async Task<IResult> Me(BearerToken bearer, StaffDesk desk, CancellationToken cancellation) =>
        (await desk.Authorize(bearer, null, "me", "", cancellation)).Reply(member => TypedResults.Ok(StaffSelfBody.Of(member)));

    private static async Task<IResult> Rotate(BearerToken bearer, OperationId operation, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Rotate(bearer, operation, cancellation)).Reply(issued => TypedResults.Created("/v1/staff/me", StaffTokenBody.Of(issued)));

    private static async Task<IResult> Revoke(BearerToken bearer, StaffDesk desk, HttpContext context, CancellationToken cancellation) =>
        (await desk.Ask(bearer, new StaffDeed(null, "token.revoke", "", OperationId.Fresh(context)), (grain, call) => grain.Revoke(call, cancellation), cancellation))
            .Reply(_ => TypedResults.NoContent());

    private static async Task<IResult> Activate(
        [WithoutSession] OperationId operation, Body<ActivationRequest> body, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Activate(body.Value, operation, cancellation)).Reply(issued => TypedResults.Created("/v1/staff/me", StaffTokenBody.Of(issued)));

    private static async Task<IResult> Audit(BearerToken bearer, long? after, int? limit, StaffDesk desk, CancellationToken cancellation)
    {
        if (after < 0) return Problem.Of(ProblemCode.Invalid, [new("/after", FieldFault.OutOfRange)]);
        if (limit is < 1 or > AuditPageMax) return Problem.Of(ProblemCode.Invalid, [new("/limit", FieldFault.OutOfRange)]);
        return (await desk.Ask(bearer, new StaffDeed(StaffRoles.Manage, "audit.read", "", null),
            (grain, call) => grain.Audit(call, after ?? 0, limit ?? AuditPage, cancellation), cancellation))
            .Reply(entries => TypedResults.Ok(entries.Select(AuditEntryBody.Of).ToArray()));
    }
}
