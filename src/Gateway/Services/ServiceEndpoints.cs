using AiCloud.Accounts;
using AiCloud.Admission;
using AiCloud.Languages;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Switches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiCloud.Services;

/// <summary>What services need (for everybody), what an account lacks (for its user), and whether an account may be used (for services).</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/services").WithTags("Services");
        group.MapGet("/", All)
            .Describes("listServices", "List types of service", "Each with what it needs of an account, and for every fact the purpose and the legal ground.")
            .Answers(200, typeof(ServiceTypeBody[]), "Types.").WithMetadata(AnsweredFromMemory.Instance);
        group.MapGet("/{type}", One)
            .Describes("getService", "Read a type of service", "The same for one type.")
            .Answers(200, typeof(ServiceTypeBody), "The type.").Refuses(ProblemCode.NotFound).WithMetadata(AnsweredFromMemory.Instance);
        group.MapPost("/{type}/entitlements", Ask)
            .Describes("askEntitlement", "Ask whether an account may be used", "With a service token for the type. `use: true` reports an act of the user of record: if it is allowed, what came into force is accepted by it (C2.5c). Repeating it changes nothing. 404 not_found for a token that does not fit the type, 404 account_unknown for an id that is no open account.")
            .Example("""{"account":"0199a6f0-5c1e-7b3a-9d2f-6f1f0b7c9a10","use":false,"operation":"upload"}""")
            .Answers(200, typeof(EntitlementBody), "Yes or no.").Refuses(ProblemCode.AccountUnknown, ProblemCode.ReadOnly).WithMetadata(WorksReadOnly.Instance);
        routes.MapGroup("/v1/account").WithTags("Account").MapGet("/services", Mine)
            .Describes("listAccountServices", "List what services need of this account", "Each type of service with what the account lacks for it. Reading it is no use of a service.")
            .Answers(200, typeof(AccountServiceBody[]), "Types.");
        routes.MapGet(ServiceCatalogueSchema.Path, Schema).ExcludeFromDescription().WithMetadata(AnsweredFromMemory.Instance);
    }

    private static Ok<ServiceTypeBody[]> All(ServiceDesk desk, HttpContext context)
    {
        var language = LanguageChoice.Speak(context);
        return TypedResults.Ok(desk.Catalogue.Types.Select(type => ServiceTypeBody.Of(type, language)).ToArray());
    }

    private static IResult One(string type, ServiceDesk desk, HttpContext context) =>
        desk.Catalogue.Find(type) is { } found ? TypedResults.Ok(ServiceTypeBody.Of(found, LanguageChoice.Speak(context))) : Problem.Of(ProblemCode.NotFound);

    // Asking twice is asking once: the key is looked at like any other, and nothing has to be kept of it.
    private static async Task<IResult> Ask(string type, BearerToken bearer, OperationId _, Body<EntitlementRequest> body, ServiceDesk desk, CancellationToken cancellation) =>
        (await desk.Entitlement(type, bearer, body.Value, cancellation)).Reply(answer => TypedResults.Ok(EntitlementBody.Of(answer, LanguageChoice.Speak(bearer.Context).Tag())));

    private static Task<IResult> Mine(BearerToken bearer, Tokens tokens, ServiceDesk desk, CancellationToken cancellation) =>
        AccountEndpoints.With(bearer, tokens, async who => (await desk.Weigh(who, cancellation))
            .Reply(services => TypedResults.Ok(services.Select(service => AccountServiceBody.Of(service, LanguageChoice.Speak(bearer.Context))).ToArray())));

    private static FileContentHttpResult Schema() => TypedResults.Bytes(ServiceCatalogueSchema.Bytes, "application/schema+json; charset=utf-8");
}
