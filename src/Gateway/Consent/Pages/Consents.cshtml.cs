using AiCloud.Accounts;
using AiCloud.Accounts.Pages;
using AiCloud.Documents;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Consent.Pages;

/// <summary>Every purpose with one unticked box and a Save of its own; what was given is withdrawn by one button (L-02).</summary>
internal sealed class ConsentsModel(AccountDesk desk, Tokens tokens) : SignedInPage(tokens)
{
    public IReadOnlyList<ConsentView> Purposes { get; private set; } = [];

    public Task<IActionResult> OnGet(CancellationToken cancellation) => With(async who =>
    {
        var consents = await desk.Consents(who, cancellation);
        if (consents.Problem is { } problem) return problem.Code == ProblemCode.NotFound ? Ended() : new ProblemAnswer(problem);
        Purposes = consents.Value!;
        return Page();
    });

    public Task<IActionResult> OnPostDecide(CancellationToken cancellation) => With(async who =>
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var page = sent["back"] == "changes" ? "/account/changes" : "/account/consents";
        var document = new DocumentReference { Kind = sent["kind"].ToString(), Version = sent["version"].ToString(), Sha256 = sent["sha256"].ToString() };
        var decision = ConsentEndpoints.Decision(sent["purpose"].ToString(), sent["given"] == "yes", document, Caller.Of(HttpContext, channel: "web"));
        var answer = await desk.Decide(who, decision, cancellation);
        return answer.Problem switch
        {
            null => Redirect($"{page}?notice=consent-saved"),
            // The session ended, which the page finds out, or the table has no such purpose any more.
            { Code: ProblemCode.DocumentNotInForce or ProblemCode.NotFound } => Redirect($"{page}?notice=text-changed"),
            { } problem => new ProblemAnswer(problem),
        };
    });
}
