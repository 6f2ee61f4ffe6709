using AiCloud.Admission;
using AiCloud.OpenApi;
using AiCloud.Operations;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiCloud.Health;

/// <summary>What orchestrators ask (API.md, Operations).</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health</c> and, below it, <c>live</c>, <c>startup</c> and <c>ready</c>; answered even when the process is full.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Operations").WithMetadata(AdmissionExempt.Instance);
        health.MapGet("/", Build).ExcludeFromDescription();
        health.MapGet("/live", Live).ExcludeFromDescription();
        health.MapGet("/startup", Started).ExcludeFromDescription();
        health.MapGet("/ready", Ready).ExcludeFromDescription().Refuses(ProblemCode.Unavailable);
    }

    private static Ok<BuildFacts> Build(BuildFacts facts) => TypedResults.Ok(facts);

    // Whoever is answered at all is answered by a process that has started: the web server is the last to come.
    private static Ok<HealthState> Started() => TypedResults.Ok(new HealthState("started"));

    // The process only: restarting it does not mend a database.
    private static Ok<HealthState> Live() => TypedResults.Ok(new HealthState("live"));

    private static async Task<IResult> Ready(Readiness readiness, CancellationToken cancelled)
    {
        var failing = await readiness.Failing(cancelled);
        return failing.IsEmpty ? TypedResults.Ok(new HealthState("ready")) : Problem.Of(ProblemCode.Unavailable).With("failing", failing);
    }
}
