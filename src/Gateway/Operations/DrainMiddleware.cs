using AiCloud.Admission;
using AiCloud.Problems;

namespace AiCloud.Operations;

/// <summary>
/// A gateway that was asked to end: every reply closes its connection, so that clients come back by another door; and once no new work is taken,
/// a request that comes all the same is told so instead of finding a closed port. Health stays answered until the port closes.
/// </summary>
public sealed class DrainMiddleware(RequestDelegate next, Draining draining)
{
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(1);

    /// <summary>Counts the request in, runs it and counts it out.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // HTTP/2 has no such header; Kestrel sends GOAWAY there.
        if (draining.HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        if (context.GetEndpoint()?.Metadata.GetMetadata<AdmissionExempt>() is not null)
        {
            await next(context);
            return;
        }
        if (!draining.TryEnter())
        {
            await Problem.Of(ProblemCode.Unavailable, Elsewhere).ExecuteAsync(context);
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            draining.Leave();
        }
    }
}
