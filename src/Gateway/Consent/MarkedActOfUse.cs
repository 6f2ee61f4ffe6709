using AiCloud.OpenApi;
using AiCloud.Problems;

namespace AiCloud.Consent;

/// <summary>
/// Metadata: the endpoint is an act of use (C2.5c). The OpenAPI document shows it and the session proof of every call carries it from here, so
/// that what is written and what is done cannot differ.
/// </summary>
/// <param name="Kind">One of <see cref="ActsOfUse"/>.</param>
public sealed record MarkedActOfUse(string Kind)
{
    /// <summary>The member of an operation in the OpenAPI document.</summary>
    public const string Extension = "x-act-of-use";
}

/// <summary>Marks endpoints.</summary>
public static class ActOfUseMarking
{
    /// <summary>Makes an endpoint an act of use.</summary>
    public static TBuilder IsActOfUse<TBuilder>(this TBuilder endpoint, string kind) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new MarkedActOfUse(kind)).Refuses(ProblemCode.ConsentRequired, ProblemCode.AccountLimited, ProblemCode.GuardianRequired, ProblemCode.OwnAcceptanceRequired);
}
