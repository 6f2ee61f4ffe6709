using System.Text;
using AiCloud.Accounts.Pages;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Mvc;

namespace AiCloud.Consent.Pages;

/// <summary>A receipt as a file to keep.</summary>
internal sealed class ReceiptModel(Receipts receipts, Tokens tokens) : SignedInPage(tokens)
{
    public Task<IActionResult> OnGet(string of, string id, CancellationToken cancellation) => With(async who =>
    {
        var issuer = PublicAddress.OfIssuer(HttpContext);
        var receipt = of switch
        {
            "acceptances" => await receipts.OfAcceptance(who, id, issuer, cancellation),
            "consents" => await receipts.OfConsent(who, id, issuer, cancellation),
            _ => ProblemCode.NotFound,
        };
        if (receipt.Problem is { } problem) return new ProblemAnswer(problem);
        Response.Headers.CacheControl = "no-store";
        // The names come from our own lists: the receipt would not exist otherwise.
        return File(Encoding.ASCII.GetBytes(receipt.Value!), Receipts.MediaType, $"receipt-{of}-{id}.jws");
    });
}
