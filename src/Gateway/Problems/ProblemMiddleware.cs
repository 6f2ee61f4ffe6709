using System.Data.Common;
using System.Diagnostics;
using AiCloud.Admission;
using AiCloud.Storage;
using Orleans.Runtime;

namespace AiCloud.Problems;

/// <summary>Sees to it that every 4xx and 5xx leaves as problem+json, whoever decided it: routing, binding, the framework, an exception.</summary>
public sealed class ProblemMiddleware(RequestDelegate next, Outage outage, ILogger<ProblemMiddleware> logger)
{
    /// <summary>Runs the rest and repairs its reply.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is left to answer, and a stranger who hangs up must not fill the log
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception);
            return;
        }
        catch (Exception exception)
        {
            // Half a reply is out: only a broken connection tells the client that it is not whole.
            Log.BrokenOff(logger, Endpoint(context), Trace(context), exception);
            context.Abort();
            return;
        }

        var response = context.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null || response.ContentLength > 0) return;
        await Problem.Of(ProblemCatalogue.Of(response.StatusCode)).ExecuteAsync(context);
    }

    private async Task Answer(HttpContext context, Exception exception)
    {
        var code = exception switch
        {
            BadHttpRequestException bad => ProblemCatalogue.Of(bad.StatusCode),
            TimeoutException or OrleansException or DbException or OperationCanceledException => ProblemCode.Unavailable,
            TypeLoadException => ProblemCode.Unavailable, // a silo of the release before, which does not know what this one asks; soon it is replaced
            _ => ProblemCode.Internal,
        };
        if (exception is StorageFailedException { RefusesEveryWrite: true }) outage.WriteRefused();
        if (code == ProblemCode.Internal) Log.Unforeseen(logger, Endpoint(context), Trace(context), exception);
        else if (code == ProblemCode.Unavailable) Log.Unavailable(logger, Kind(exception), Endpoint(context), code, Trace(context));
        context.Response.Clear();
        await Problem.Of(code).ExecuteAsync(context);
    }

    // No text: a driver's may quote values. The SQLSTATE says which fault it was.
    private static string Kind(Exception exception) =>
        exception switch
        {
            DbException { SqlState: { } state } => $"{exception.GetType().Name} {state}",
            StorageFailedException failed => $"{nameof(StorageFailedException)} {failed.Fault}",
            _ => exception.GetType().Name,
        };

    // The route's pattern, not the path: ids and contacts stay out of logs.
    private static string Endpoint(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no endpoint";

    private static string Trace(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
