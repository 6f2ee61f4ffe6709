using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AiCloud.Pages;

/// <summary>A view as an endpoint's answer, for addresses that are not pages of their own: problems, the outbox.</summary>
/// <param name="Path">From the project's folder, such as <c>/Problems/Pages/Problem.cshtml</c>.</param>
/// <param name="Model">What it shows.</param>
/// <param name="Status">HTTP status.</param>
internal sealed record PageView(string Path, object? Model, int Status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Whether this host has pages, and the request comes from a browser that navigates.</summary>
    public static bool IsWanted(HttpContext context)
    {
        var path = context.Request.Path;
        return !path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && context.RequestServices.GetService<Assets>() is not null;
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var data = new ViewDataDictionary(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary()) { Model = Model };
        var action = new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor());
        return services.GetRequiredService<IActionResultExecutor<ViewResult>>()
            .ExecuteAsync(action, new ViewResult { ViewName = Path, ViewData = data, StatusCode = Status, ContentType = "text/html; charset=utf-8" });
    }
}
