using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Services;

/// <summary>
/// Members of staff who let services ask about accounts. What a service may ask takes two people; its tokens one, since at night a leaked one must be
/// exchanged by whoever is awake, and ends.
/// </summary>
internal sealed class ServiceClientDesk(IGrainFactory grains, StaffDesk staff, Tokens tokens, DerivedIds ids, IRandomness randomness, CatalogueFile catalogue)
{
    private IServiceClientsGrain Clients => grains.GetGrain<IServiceClientsGrain>(IServiceClientsGrain.Key);

    public async Task<Answer<ServiceClient[]>> All(BearerToken bearer, CancellationToken cancellation)
    {
        var member = await staff.Authorize(bearer, StaffRoles.ManageServices, "service.list", "", cancellation);
        if (member.Problem is { } problem) return problem;
        return await Repeatable.Call(() => Clients.All(cancellation));
    }

    public Task<Answer<ServiceClient>> Propose(BearerToken bearer, OperationId operation, NewServiceClientRequest request, CancellationToken cancellation) =>
        staff.Act<ServiceClient>(bearer, Deed("service.propose", "", operation), async (by, id) =>
        {
            FieldError[] unknown = [.. request.Types.Index().Where(type => catalogue.Current.Find(type.Item) is null).Select(type => new FieldError(FormattableString.Invariant($"/types/{type.Index}"), FieldFault.UnknownValue))];
            if (unknown.Length > 0) return Problem.Of(ProblemCode.Invalid, unknown);
            var proposal = new ServiceClientProposal { Operation = id, Id = NewId(operation, by, "service-client"), Name = request.Name, Types = request.Types, By = by.Standing.Actor };
            return Answer<ServiceClient>.From(await Repeatable.Call(() => Clients.Propose(proposal, cancellation)));
        }, _ => "proposed", cancellation);

    public Task<Answer<ServiceClient>> Approve(BearerToken bearer, OperationId operation, string client, CancellationToken cancellation) =>
        staff.Act<ServiceClient>(bearer, Deed("service.approve", client, operation), async (by, id) =>
            Answer<ServiceClient>.From(await Repeatable.Call(() => Clients.Approve(Act(by, id, client), cancellation))), null, cancellation);

    public Task<Answer<ServiceClient>> End(BearerToken bearer, OperationId operation, string client, CancellationToken cancellation) =>
        staff.Act<ServiceClient>(bearer, Deed("service.end", client, operation), async (by, id) =>
            Answer<ServiceClient>.From(await Repeatable.Call(() => Clients.End(Act(by, id, client), cancellation))), null, cancellation);

    public Task<Answer<IssuedServiceToken>> Issue(BearerToken bearer, OperationId operation, string client, int days, CancellationToken cancellation) =>
        staff.Act<IssuedServiceToken>(bearer, Deed("service.token.issue", client, operation), async (by, id) =>
        {
            if (!IsName(client)) return ProblemCode.NotFound; // an address may hold anything, a token's id may not
            var token = NewId(operation, by, $"service-token/{client}");
            var name = ServiceTokenBoard.TokenId(client, token);
            // Its secret follows from its id, so that a repeat can be answered without storing it.
            var order = new ServiceTokenOrder { Act = Act(by, id, client), Id = token, Digest = tokens.IssueDerived(Tokens.Service, name).SecretDigest, Days = days };
            var issued = await Repeatable.Call(() => Clients.Issue(order, cancellation));
            return issued.Match<Answer<IssuedServiceToken>>(kept => new IssuedServiceToken(kept, tokens.RepeatDerived(Tokens.Service, name, kept.Digest)!.Text), refusal => refusal);
        }, null, cancellation);

    public Task<Answer<ServiceToken>> Revoke(BearerToken bearer, OperationId operation, string client, string token, CancellationToken cancellation) =>
        staff.Act<ServiceToken>(bearer, Deed("service.token.revoke", $"{client}/{token}", operation), async (by, id) =>
            Answer<ServiceToken>.From(await Repeatable.Call(() => Clients.Revoke(Act(by, id, client), token, cancellation))), null, cancellation);

    private static StaffDeed Deed(string action, string target, OperationId operation) => new(StaffRoles.ManageServices, action, target, operation);

    private static ServiceClientAct Act(StaffMember by, string operation, string client) => new() { Operation = operation, Client = client, By = by.Standing.Actor };

    // Like a registration's: what the client named is found again, what nobody named is new.
    private string NewId(OperationId operation, StaffMember by, string purpose) =>
        operation.FromClient ? ids.FromIdempotencyKey(operation.Value, $"{purpose}/{by.Id}") : DerivedIds.New(randomness);

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>A token just issued.</summary>
internal sealed record IssuedServiceToken(ServiceToken Token, string Text)
{
    public override string ToString() => nameof(IssuedServiceToken);
}
