using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Services.Pages;

/// <summary>What each type of service needs of this account, fact by fact, with purpose and ground (C2.1e, L-01). Reading it is no use of a service.</summary>
internal sealed class ServicesModel(ServiceDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public IReadOnlyList<WeighedService> Services { get; private set; } = [];

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(async who =>
    {
        var weighed = await desk.Weigh(who, cancellation);
        if (weighed.Problem is { } problem) return problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);
        // What somebody has just registered for comes first.
        Services = [.. weighed.Value!.OrderBy(service => service.Type.Id != Request.Query["for"])];
        return Page();
    });
}
