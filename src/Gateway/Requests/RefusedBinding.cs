using AiCloud.Problems;

namespace AiCloud.Requests;

/// <summary>
/// How a parameter says no before the handler runs: it notes the problem, later parameters skip their work (a body is not read for a caller
/// without credentials: declare the token first), and a filter that the parameters bring along answers with it.
/// </summary>
internal static class RefusedBinding
{
    private static readonly object Key = new();

    public static Problem? Of(HttpContext context) => context.Items.TryGetValue(Key, out var problem) ? (Problem?)problem : null;

    public static void Refuse(HttpContext context, Problem problem) => context.Items.TryAdd(Key, problem);

    /// <summary>Adds the filter once, however many parameters of the endpoint need it.</summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        if (!endpoint.FilterFactories.Contains(Filter)) endpoint.FilterFactories.Insert(0, Filter);
    }

    private static readonly Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> Filter =
        (_, next) => call => Of(call.HttpContext) is { } problem ? ValueTask.FromResult<object?>(problem) : next(call);
}
