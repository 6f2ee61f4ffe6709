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
}
