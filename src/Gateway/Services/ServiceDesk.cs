using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Switches;

namespace AiCloud.Services;

/// <summary>Answers other services, and a person about them. One call to one actor each; the token and the catalogue are decided here.</summary>
internal sealed class ServiceDesk(IGrainFactory grains, CatalogueFile file, ServiceTokenBoard board, SwitchBoard switches, EntitlementMetrics metrics)
{
    public ServiceCatalogue Catalogue => file.Current;

    /// <summary>May the account use it; with <see cref="EntitlementRequest.Use"/> it does so now, which is recorded when it may (C2.5c).</summary>
    public async Task<Answer<UseAnswer>> Entitlement(string type, BearerToken bearer, EntitlementRequest request, CancellationToken cancellation)
    {
        // Everything that a stranger could try out is answered alike, and without a call to an actor.
        if (board.ClientFor(bearer.Value, type) is not { } client || Catalogue.Find(type) is not { } service) return ProblemCode.NotFound;
        if (service.NeedsOf(request.Operation) is not { } needs) return Problem.Of(ProblemCode.Invalid, [new FieldError("/operation", FieldFault.UnknownValue)]);
        // A question changes nothing and is answered also while nothing may be changed.
        if (request.Use && switches.ReadOnly is { } wait) return Problem.Of(ProblemCode.ReadOnly, wait);
        var report = new UseReport { ServiceType = type, Operation = request.Operation ?? ActsOfUse.ServiceUse, Used = request.Use, Needs = [.. needs.Select(need => need.Need)] };
        var outcome = await Repeatable.Call(() => grains.GetGrain<IAccountGrain>(AccountKeys.Of(request.Account)).Use(report, cancellation));
        metrics.Answered(client, type, request.Use, outcome.Value is { } answer ? answer.Allowed ? "allowed" : "denied" : "unknown");
        return outcome.Refusal is { Code: RefusalCode.NotFound } ? ProblemCode.AccountUnknown : Answer<UseAnswer>.From(outcome);
    }

    /// <summary>What the account of a session lacks for each type of service.</summary>
    public async Task<Answer<WeighedService[]>> Weigh(SignedIn who, CancellationToken cancellation)
    {
        var types = Catalogue.Types;
        ServiceQuestion[] questions = [.. types.Select(type => new ServiceQuestion { ServiceType = type.Id, Needs = [.. AllNeeds(type).Select(need => need.Need)] })];
        var weighed = await Repeatable.Call(() => grains.GetGrain<IAccountServices>(who.AccountKey).Weigh(who.Proof, questions, cancellation));
        return weighed.Match<Answer<WeighedService[]>>(
            standings => types.Zip(standings, (type, standing) => new WeighedService(type, type.Needs.All(need => !standing.Missing.Contains(need.Need.Word)) && standing.Usable, standing.Missing)).ToArray(),
            refusal => refusal);
    }

    private static IEnumerable<DescribedNeed> AllNeeds(ServiceType type) => type.Needs.Concat(type.Functions.SelectMany(function => function.Needs));
}

/// <summary>One type of service and what an account lacks for it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Allowed">Whether it may be used at all; one of its functions may need more.</param>
/// <param name="Missing">Words of needs that are not met, those of functions included.</param>
internal sealed record WeighedService(ServiceType Type, bool Allowed, IReadOnlyList<string> Missing)
{
    /// <summary>Needs of the type itself that are not met.</summary>
    public IEnumerable<DescribedNeed> Lacks => Type.Needs.Where(need => Missing.Contains(need.Need.Word));

    /// <summary>Functions that need more than the account has.</summary>
    public IEnumerable<(ServiceFunction Function, IReadOnlyList<DescribedNeed> Lacks)> LackingFunctions =>
        from function in Type.Functions
        let lacks = function.Needs.Where(need => Missing.Contains(need.Need.Word)).ToArray()
        where lacks.Length > 0
        select (function, (IReadOnlyList<DescribedNeed>)lacks);
}
