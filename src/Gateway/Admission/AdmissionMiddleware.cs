using AiCloud.Problems;
using Microsoft.Extensions.Options;

namespace AiCloud.Admission;

/// <summary>
/// Admission before work (DESIGN.md §8): takes a place for the request or answers 503 busy at once. Runs after routing: an unknown address costs
/// no place, and an exempt endpoint needs none.
/// </summary>
public sealed class AdmissionMiddleware(RequestDelegate next, AdmissionGate gate, IOptions<AdmissionOptions> options)
{
    /// <summary>Enters, runs, leaves.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<AdmissionExempt>() is not null)
        {
            await next(context);
            return;
        }

        using var place = await gate.Enter(context.RequestAborted);
        if (place.IsAcquired) await next(context);
        else await Problem.Of(ProblemCode.Busy, options.Value.RetryAfter).ExecuteAsync(context);
    }
}
