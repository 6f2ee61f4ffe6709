using AiCloud.Problems;
using AiCloud.Switches;

namespace AiCloud.Admission;

/// <summary>
/// While storage or cluster is known to be gone, a request that needs it is answered 503 at once (DESIGN.md §9). While storage takes no writes, so is one that
/// would change something: a completion for instance would hash a password first, for nothing, again and again.
/// </summary>
public sealed class OutageMiddleware(RequestDelegate next, Outage outage)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>Answers or goes on.</summary>
    public Task InvokeAsync(HttpContext context) =>
        (outage.IsKnown || (outage.OfWrites && !ReadOnlyMiddleware.Reads(context.Request.Method))) && context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<AdmissionExempt>() is null && endpoint.Metadata.GetMetadata<AnsweredFromMemory>() is null
            ? Problem.Of(ProblemCode.Unavailable, Again).ExecuteAsync(context) : next(context);
}
