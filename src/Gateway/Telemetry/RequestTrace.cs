using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace AiCloud.Telemetry;

/// <summary>
/// Takes out of a request's trace whatever the client wrote: paths and browsers' names hold what people put there, a phone number or a
/// token in the wrong place included. The route, method, status and trace id stay.
/// </summary>
internal sealed class RequestTrace(RequestDelegate next)
{
    private static readonly string[] Written =
        ["url.path", "url.query", "url.full", "user_agent.original", "http.request.method_original", "http.target", "http.url", "server.address", "server.port", "client.address"];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity) Clean(activity);
        return next(context);
    }

    // Trace state and baggage would go on with every call to an actor and with every exported span.
    private static void Clean(Activity activity)
    {
        foreach (var tag in Written) activity.SetTag(tag, null);
        activity.TraceStateString = null;
        foreach (var (name, _) in activity.Baggage.ToArray()) activity.SetBaggage(name, null);
    }
}
