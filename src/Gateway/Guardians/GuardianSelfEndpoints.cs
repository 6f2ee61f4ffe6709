using AiCloud.OpenApi;
using AiCloud.PersonalData;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Guardians;

/// <summary>What is held about a guardian: seen, corrected and taken along by them (L-11, L-16).</summary>
internal static class GuardianSelfEndpoints
{
    public static void MapGuardianSelf(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/guardian/self").WithTags("Guardians").Refuses(ProblemCode.NumberCheckUnavailable);
        group.MapGet("/", All)
            .Describes("getGuardianSelf", "Read what is held about yourself", "By account: name, contact masked, relationship, the identity check's result, the records of the responsibility and what the ledger says of it; and the sessions.")
            .Answers(200, typeof(GuardianSelfBody), "What is held.");
        group.MapPatch("/{account}", Correct)
            .Describes("correctGuardianSelf", "Correct what is held about yourself", "Name and relationship. A name that a certificate proved stays. The record of what was accepted under the former one stays too, with the correction in the ledger. Repeating it changes nothing.")
            .Example("""{"relationship":"grandparent"}""")
            .Answers(200, typeof(GuardianOwnBody), "As it is now.").Refuses(ProblemCode.RealNameInvalid, ProblemCode.GuardianNameDiffers);
        group.MapGet("/archive", Copy)
            .Describes("downloadGuardianSelf", "Take along what is held about yourself", "A zip: the same as JSON, with the contact in full, and as a page in both languages. Needs a sign-in of the last ten minutes.")
            .Answers(200, typeof(byte[]), "The archive.", DataArchive.MediaType).Refuses(ProblemCode.ReauthenticationRequired);
    }

    private static Task<IResult> All(BearerToken bearer, Tokens tokens, GuardianSelfDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.All(who, cancellation)).Reply(self => TypedResults.Ok(self)));

    private static Task<IResult> Correct(string account, BearerToken bearer, Body<CorrectGuardianRequest> body, Tokens tokens, GuardianSelfDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => Guid.TryParseExact(account, "D", out var id)
            ? (await desk.Correct(who, id, body.Value, cancellation)).Reply(own => TypedResults.Ok(own)) : Problem.Of(ProblemCode.NotFound));

    private static Task<IResult> Copy(BearerToken bearer, Tokens tokens, GuardianSelfDesk desk, CancellationToken cancellation) =>
        With(bearer, tokens, async who => (await desk.Copy(who, cancellation)).Reply(archive => TypedResults.File(archive.Zip, DataArchive.MediaType, archive.Name)));

    private static Task<IResult> With(BearerToken bearer, Tokens tokens, Func<GuardianProof, Task<IResult>> act)
    {
        bearer.Context.Response.Headers.CacheControl = "no-store";
        return GuardianTokens.Read(tokens, bearer.Value) is { } who ? act(who) : Task.FromResult<IResult>(Problem.Of(ProblemCode.NotFound));
    }
}
