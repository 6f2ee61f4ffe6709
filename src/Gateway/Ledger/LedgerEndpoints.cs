using AiCloud.Accounts;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Ledger;

/// <summary>What anybody needs to check that nobody rewrote the past: checkpoints for all, chain and proof for the user of record.</summary>
internal static class LedgerEndpoints
{
    private const string Latest = "latest";

    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        var checkpoints = routes.MapGroup("/v1/ledger/checkpoints").WithTags("Ledger");
        checkpoints.MapGet("/", Checkpoints)
            .Describes("listCheckpoints", "List checkpoints", "Newest first, at most 100; below names the number to go on from. Keep some: with an earlier one you can prove that the past was rewritten.")
            .Answers(200, typeof(CheckpointBody[]), "Checkpoints.").Refuses(ProblemCode.Invalid);
        checkpoints.MapGet("/{number}", Checkpoint)
            .Describes("getCheckpoint", "Read a checkpoint", "By number, or latest. Signed once an hour over the ends of all chains; the JWS verifies with /.well-known/jwks.json.")
            .Answers(200, typeof(CheckpointBody), "The checkpoint.").Refuses(ProblemCode.NotFound);

        var account = routes.MapGroup("/v1/account/ledger").WithTags("Account");
        account.MapGet("/", Entries)
            .Describes("listLedgerEntries", "Read one's own chain", "Every act with legal weight, oldest first, in the form whose SHA-256 is its hash. Each names the hash of the one before.")
            .Answers(200, typeof(LedgerEntryBody[]), "Entries.").Refuses(ProblemCode.NotFound);
        account.MapGet("/proof", Proof)
            .Describes("getLedgerProof", "Prove one's own chain", "That the end of the chain is under the root of the newest checkpoint. Begin with the leaf's SHA-256 (a zero byte, then the leaf), "
                + "at each step hash a one byte, the left and the right; the last result is the checkpoint's root.")
            .Answers(200, typeof(LedgerProofBody), "The proof.").Refuses(ProblemCode.NotFound, ProblemCode.NotInCheckpoint, ProblemCode.CheckpointUnderWay);
    }

    private static async Task<IResult> Checkpoints(LedgerDesk desk, HttpContext context, CancellationToken cancellation, int? below = null)
    {
        if (below is < 1) return Problem.Of(ProblemCode.Invalid, [new("/below", FieldFault.OutOfRange)]);
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok((await desk.Checkpoints(below, cancellation)).Select(CheckpointBody.Of).ToArray());
    }

    private static async Task<IResult> Checkpoint(string number, LedgerDesk desk, HttpContext context, CancellationToken cancellation)
    {
        int? wanted = number == Latest ? null
            : int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var named) ? named : 0;
        return (await desk.Checkpoint(wanted, cancellation)).Reply(found =>
        {
            context.Response.Headers.CacheControl = wanted is null ? "no-cache" : "public, max-age=86400, immutable";
            return TypedResults.Ok(CheckpointBody.Of(found));
        });
    }

    private static Task<IResult> Entries(BearerToken bearer, Tokens tokens, LedgerDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Entries(who, cancellation)).Reply(entries => TypedResults.Ok(entries.Select(LedgerEntryBody.Of).ToArray())));

    private static Task<IResult> Proof(BearerToken bearer, Tokens tokens, LedgerDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Prove(who, cancellation)).Reply(proof => TypedResults.Ok(LedgerProofBody.Of(proof))));

    private static Task<IResult> With(BearerToken bearer, Tokens tokens, Func<SignedIn, Task<IResult>> act) =>
        SessionTokens.Read(tokens, bearer.Value) is { } who ? act(who) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
}
