using AiCloud.Admission;
using AiCloud.OpenApi;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiCloud.Health;

/// <summary>The state of this process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record HealthState(string Status);

/// <summary>What orchestrators ask (API.md, Operations).</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>; answered even when the process is full.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Operations").WithMetadata(AdmissionExempt.Instance);
        health.MapGet("/live", Live).ExcludeFromDescription();
        health.MapGet("/ready", Ready).ExcludeFromDescription().Refuses(ProblemCode.Unavailable);
    }

    // The process only: restarting it does not mend a database.
    private static Ok<HealthState> Live() => TypedResults.Ok(new HealthState("live"));

    private static async Task<IResult> Ready(Readiness readiness, CancellationToken cancelled)
    {
        var failing = await readiness.Failing(cancelled);
        return failing.IsEmpty ? TypedResults.Ok(new HealthState("ready")) : Problem.Of(ProblemCode.Unavailable).With("failing", failing);
    }
}
