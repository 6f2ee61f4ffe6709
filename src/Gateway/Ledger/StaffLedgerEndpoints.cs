using System.Globalization;
using AiCloud.Accounts;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Ledger;

/// <summary>What staff read out of the ledger.</summary>
internal static class StaffLedgerEndpoints
{
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static void MapStaffLedger(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/staff/accounts").WithTags("Staff").MapGet("/{id}/agreements", Agreements)
        .Describes("getAccountAgreements", "Read what bound an account",
            "Which versions bound the account at an instant (RFC 3339, with its offset; absent means now), by which act, and the last word on each purpose. Needs the role ledger.read.")
        .Answers(200, typeof(BoundAgreementsBody), "What bound it.")
        .Refuses(ProblemCode.NotFound, ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.Invalid);

    private static async Task<IResult> Agreements(
        string id, string? at, BearerToken bearer, StaffDesk staff, LedgerDesk ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var member = await staff.Authorize(bearer, StaffRoles.ReadLedger, "account.agreements", id, cancellation);
        if (member.Problem is { } refused) return refused;
        if (!Guid.TryParse(id, out var account)) return Problem.Of(ProblemCode.NotFound);
        if (Instant(at, clock) is not { } instant) return Problem.Of(ProblemCode.Invalid, [new("/at", FieldFault.WrongFormat)]);
        return (await ledger.Bound(AccountKeys.Of(account), instant, cancellation)).Reply(bound => TypedResults.Ok(BoundAgreementsBody.Of(bound)));
    }

    private static DateTimeOffset? Instant(string? text, TimeProvider clock) =>
        text is null ? clock.GetUtcNow()
        : DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && HasOffset(text) ? at : null;

    // Without an offset the framework would take the server's own.
    private static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
}
