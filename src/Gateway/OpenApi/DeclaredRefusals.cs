using System.Collections.Immutable;
using AiCloud.Problems;
using AiCloud.Switches;
using Microsoft.AspNetCore.Http.Metadata;

namespace AiCloud.OpenApi;

/// <summary>Metadata: refusals that an endpoint may answer with. Several add up: parameters such as Body declare their own.</summary>
public sealed class DeclaredRefusals(params ProblemCode[] codes)
{
    /// <summary>What any endpoint may answer, whatever it declares.</summary>
    public static readonly ImmutableArray<ProblemCode> Always = [ProblemCode.BadRequest, ProblemCode.TooManyRequests, ProblemCode.Internal, ProblemCode.Unavailable, ProblemCode.Busy];

    /// <summary>The codes of this declaration.</summary>
    public ImmutableArray<ProblemCode> Codes { get; } = [.. codes];

    /// <summary>Everything that <paramref name="endpoint"/> may answer.</summary>
    public static ImmutableSortedSet<ProblemCode> Of(Endpoint endpoint) => Of(endpoint.Metadata);

    /// <summary>Everything declared in <paramref name="metadata"/>.</summary>
    public static ImmutableSortedSet<ProblemCode> Of(IEnumerable<object> metadata) =>
        [.. metadata.OfType<DeclaredRefusals>().SelectMany(declared => declared.Codes), .. Always, .. Changes(metadata) ? [ProblemCode.ReadOnly] : Array.Empty<ProblemCode>()];

    // Staff may stop every change (docs/runbooks/switches.md).
    private static bool Changes(IEnumerable<object> metadata) =>
        !metadata.OfType<WorksReadOnly>().Any() && metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)));
}
