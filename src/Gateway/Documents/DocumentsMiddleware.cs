using AiCloud.Admission;
using AiCloud.Problems;

namespace AiCloud.Documents;

/// <summary>
/// Keeps requests back until this process knows every text of the agreement: one that is asked before that, being the only one left for instance,
/// must not name fewer documents than a registration has to accept (C0.1).
/// </summary>
public sealed class DocumentsMiddleware(RequestDelegate next, DocumentCatalog catalog)
{
    /// <summary>Reads what is missing, and goes on or answers 503.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!catalog.IsKnown && context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<AdmissionExempt>() is null && endpoint.Metadata.GetMetadata<AnsweredFromMemory>() is null)
        {
            await catalog.Get(context.RequestAborted);
            if (!catalog.IsKnown)
            {
                await Problem.Of(ProblemCode.Unavailable).ExecuteAsync(context);
                return;
            }
        }
        await next(context);
    }
}
