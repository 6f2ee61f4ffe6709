namespace AiCloud.Requests;

/// <summary>
/// Answers HEAD wherever GET is answered (RFC 9110 §9.3.2): the request is routed as a GET, and what the handler writes is counted and dropped, so
/// that the reply has GET's status and headers. Without it every HEAD would be a 405.
/// </summary>
public sealed class HeadRequests(RequestDelegate next)
{
    /// <summary>Runs the request as a GET whose body nobody receives.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            NameHead(context.Response);
            return;
        }

        var body = context.Response.Body;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Method = HttpMethods.Head;
        }
    }

    /// <summary>Routing knows of the GET only, and a 405 lists every method that is taken (RFC 9110 §10.2.1).</summary>
    private static void NameHead(HttpResponse response)
    {
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.HasStarted) return;
        var allowed = response.Headers.GetCommaSeparatedValues("Allow");
        if (allowed.Contains(HttpMethods.Get) && !allowed.Contains(HttpMethods.Head)) response.Headers.Allow = string.Join(", ", [.. allowed, HttpMethods.Head]);
    }
}
