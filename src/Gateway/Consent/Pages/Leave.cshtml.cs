using AiCloud.Accounts.Pages;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Consent.Pages;

/// <summary>"I do not agree": how to end the account today, and how to sign out (C2.5d). Reading it is no use of the account.</summary>
internal sealed class LeaveModel(Tokens tokens) : SignedInPage(tokens)
{
    public Task<IActionResult> OnGet() => With(_ => Task.FromResult<IActionResult>(Page()));
}
