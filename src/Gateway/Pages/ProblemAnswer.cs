using AiCloud.Problems;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Pages;

/// <summary>A problem as a page's answer, where no form can show it.</summary>
internal sealed class ProblemAnswer(Problem problem) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context) => problem.ExecuteAsync(context.HttpContext);
}
