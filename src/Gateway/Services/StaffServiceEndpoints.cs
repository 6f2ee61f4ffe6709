using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Services;

/// <summary>Services that may ask about accounts, and their tokens (docs/services.md).</summary>
internal static class StaffServiceEndpoints
{
    public static void MapStaffServices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff/services").WithTags("Staff");
        group.MapGet("/", All)
            .Describes("listServiceClients", "List services", "Those that may ask about accounts, with their tokens, oldest first.")
            .Answers(200, typeof(ServiceClientBody[]), "Services.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/", Propose)
            .Describes("proposeServiceClient", "Propose a service", "Another member has to approve before it can be given a token.")
            .Example("""{"name":"Object storage","types":["object-storage"]}""")
            .Answers(202, typeof(ServiceClientBody), "Waits for a second person.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.TooManyServiceClients, ProblemCode.NotFound);
        group.MapPost("/{id}/approval", Approve)
            .Describes("approveServiceClient", "Approve a service", "Not by its proposer, nor within 24 hours by who created the proposer or was created by them.")
            .Answers(200, typeof(ServiceClientBody), "It may be given tokens.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.ProposalClosed);
        group.MapPost("/{id}/end", End)
            .Describes("endServiceClient", "End a service", "For good, with all its tokens, in every process within five seconds. Ending a proposal rejects it.")
            .Answers(200, typeof(ServiceClientBody), "As it is now.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/{id}/tokens", Issue)
            .Describes("issueServiceToken", "Issue a token", "Works beside the service's other tokens, so that each place can be given it in its own time.")
            .Example("""{"days":90}""")
            .Answers(201, typeof(IssuedServiceTokenBody), "The token, told only here.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SecondPersonNeeded, ProblemCode.ServiceClientEnded, ProblemCode.TooManyServiceTokens);
        group.MapDelete("/{id}/tokens/{issued}", Revoke)
            .Describes("revokeServiceToken", "End a token", "In every process within five seconds.")
            .Answers(200, typeof(ServiceTokenBody), "As it was.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
    }

    private static async Task<IResult> All(BearerToken bearer, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.All(bearer, cancellation)).Reply(clients => TypedResults.Ok(clients.Select(client => ServiceClientBody.Of(client, clock.GetUtcNow())).ToArray()));

    private static async Task<IResult> Propose(
        BearerToken bearer, OperationId operation, Body<NewServiceClientRequest> body, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Propose(bearer, operation, body.Value, cancellation)).Reply(client => TypedResults.Accepted((string?)null, ServiceClientBody.Of(client, clock.GetUtcNow())));

    private static async Task<IResult> Approve(string id, BearerToken bearer, OperationId operation, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Approve(bearer, operation, id, cancellation)).Reply(client => TypedResults.Ok(ServiceClientBody.Of(client, clock.GetUtcNow())));

    private static async Task<IResult> End(string id, BearerToken bearer, OperationId operation, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.End(bearer, operation, id, cancellation)).Reply(client => TypedResults.Ok(ServiceClientBody.Of(client, clock.GetUtcNow())));

    private static async Task<IResult> Issue(
        string id, BearerToken bearer, OperationId operation, Body<NewServiceTokenRequest> body, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Issue(bearer, operation, id, body.Value.Days, cancellation))
            .Reply(issued => TypedResults.Created($"/v1/staff/services/{id}/tokens/{issued.Token.Id}", IssuedServiceTokenBody.Of(issued, clock.GetUtcNow())));

    private static async Task<IResult> Revoke(
        string id, string issued, BearerToken bearer, OperationId operation, ServiceClientDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Revoke(bearer, operation, id, issued, cancellation)).Reply(ended => TypedResults.Ok(ServiceTokenBody.Of(ended, clock.GetUtcNow())));
}
