using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Staff;

/// <summary>Members and proposals: what one proposes and another carries out.</summary>
internal static class StaffMemberEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/members", Members)
            .Describes("listStaff", "List members", "Everybody, oldest first; who ended stays in the list.")
            .Answers(200, typeof(StaffMemberBody[]), "Members.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/members", Propose)
            .Describes("proposeStaffMember", "Propose a member", "Another member has to approve. The answer holds the proposer's half of the activation.")
            .Example("""{"name":"Li Hua","roles":["documents.write"]}""")
            .Answers(202, typeof(StaffProposalBody), "Waits for a second person.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.TooManyProposals);
        group.MapPost("/members/{id}/roles", Roles)
            .Describes("changeStaffRoles", "Change roles", "Fewer roles are taken at once; more are proposed and need a second person. Two members who can manage always stay.")
            .Example("""{"roles":["documents.write","documents.announce"]}""")
            .Answers(200, typeof(StaffMemberBody), "Fewer roles: the member as it is now.").Answers(202, typeof(StaffProposalBody), "More roles: waits for a second person.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.TooManyProposals, ProblemCode.TwoManagersNeeded, ProblemCode.RolesNotLower, ProblemCode.MemberDisabled);
        group.MapPost("/members/{id}/disablement", Disable)
            .Describes("disableStaffMember", "End a member", "For good, and from the next request on. Two members who can manage always stay.")
            .Answers(200, typeof(StaffMemberBody), "As it is now.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.TwoManagersNeeded);
        group.MapPost("/members/{id}/activation", Activation)
            .Describes("proposeStaffActivation", "Propose a new activation", "For a member who lost their token. Another member has to approve; the member's tokens end when the activation is used.")
            .Answers(202, typeof(StaffProposalBody), "Waits for a second person.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.TooManyProposals, ProblemCode.MemberDisabled);
        group.MapGet("/proposals", Proposals)
            .Describes("listStaffProposals", "List proposals", "Newest first: the open ones and the last that were closed.")
            .Answers(200, typeof(StaffProposalBody[]), "Proposals.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/proposals/{id}/approval", Approve)
            .Describes("approveStaffProposal", "Approve a proposal", "Not by its proposer, nor by who gains by it, nor within 24 hours by who created the proposer or was created by them. The answer holds the approver's half of an activation.")
            .Answers(200, typeof(StaffProposalBody), "Carried out.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.ProposalClosed, ProblemCode.MemberDisabled);
        group.MapPost("/proposals/{id}/rejection", Reject)
            .Describes("rejectStaffProposal", "Reject a proposal", "Also by its proposer, who takes it back.")
            .Answers(200, typeof(StaffProposalBody), "Closed.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.ProposalClosed);
    }

    private static async Task<IResult> Members(BearerToken bearer, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Members(bearer, cancellation)).Reply(members => TypedResults.Ok(members.Select(StaffMemberBody.Of).ToArray()));

    private static async Task<IResult> Propose(
        BearerToken bearer, OperationId operation, Body<NewMemberRequest> body, StaffRegisterDesk desk, CancellationToken cancellation) =>
        StaffRegisterDesk.Check(body.Value.Roles) is { } fault ? fault : (await desk.ProposeMember(bearer, operation, body.Value, cancellation)).Reply(Accepted);

    private static async Task<IResult> Roles(
        string id, BearerToken bearer, OperationId operation, Body<RolesRequest> body, StaffRegisterDesk desk, CancellationToken cancellation) =>
        StaffRegisterDesk.Check(body.Value.Roles) is { } fault ? fault
            : (await desk.ChangeRoles(bearer, operation, id, body.Value.Roles, cancellation)).Reply(changed => changed.Proposal is { } proposal
                ? TypedResults.Accepted((string?)null, StaffProposalBody.Of(proposal)) : TypedResults.Ok(StaffMemberBody.Of(changed.Member!)));

    private static async Task<IResult> Disable(string id, BearerToken bearer, OperationId operation, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Disable(bearer, operation, id, cancellation)).Reply(member => TypedResults.Ok(StaffMemberBody.Of(member)));

    private static async Task<IResult> Activation(string id, BearerToken bearer, OperationId operation, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.ProposeActivation(bearer, operation, id, cancellation)).Reply(Accepted);

    private static async Task<IResult> Proposals(BearerToken bearer, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Proposals(bearer, cancellation)).Reply(proposals => TypedResults.Ok(proposals.Select(StaffProposalBody.Of).ToArray()));

    private static async Task<IResult> Approve(string id, BearerToken bearer, OperationId operation, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Approve(bearer, operation, id, cancellation)).Reply(approved => TypedResults.Ok(StaffProposalBody.Of(approved)));

    private static async Task<IResult> Reject(string id, BearerToken bearer, OperationId operation, StaffRegisterDesk desk, CancellationToken cancellation) =>
        (await desk.Reject(bearer, operation, id, cancellation)).Reply(rejected => TypedResults.Ok(StaffProposalBody.Of(rejected)));

    private static IResult Accepted(Proposed proposed) => TypedResults.Accepted((string?)null, StaffProposalBody.Of(proposed));
}
