using AiCloud.Admission;
using AiCloud.Problems;

namespace AiCloud.Switches;

/// <summary>While the switch <c>read-only</c> is thrown, a request that would change something is answered 503; reading goes on.</summary>
public sealed class ReadOnlyMiddleware(RequestDelegate next, SwitchBoard switches)
{
    /// <summary>Answers or goes on.</summary>
    public Task InvokeAsync(HttpContext context) =>
        !Reads(context.Request.Method) && switches.ReadOnly is { } wait && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<AdmissionExempt>() is null && endpoint.Metadata.GetMetadata<WorksReadOnly>() is null
            ? Problem.Of(ProblemCode.ReadOnly, wait).ExecuteAsync(context) : next(context);

    internal static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}

/// <summary>Metadata: the endpoint is answered while nothing else may be changed, such as that which ends this.</summary>
public sealed class WorksReadOnly
{
    /// <summary>The one instance.</summary>
    public static readonly WorksReadOnly Instance = new();

    private WorksReadOnly() { }
}
