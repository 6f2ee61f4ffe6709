using AiCloud.Guardians;
using AiCloud.Live;

namespace AiCloud.Requests;

/// <summary>The POSTs around guardians.</summary>
internal static class RehearsedGuardianPost
{
    public static readonly RehearsedPost[] All =
    [
        new("inviteGuardian", 202, async gateway =>
        {
            var family = await new Family(gateway).Needing();
            return new($"{family.Minor.Path}/guardian", family.Minor.Token, family.Contact, new Family(gateway).Contact);
        }),
        new("sendGuardianCode", 202, async gateway =>
        {
            var family = await new Family(gateway).Invited();
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new($"{family.Path}/code", family.Token, new { }, null); // the invited phone is the one that may be named
        }),
        new("verifyGuardian", 200, async gateway =>
        {
            var family = await new Family(gateway).Invited();
            var (challenge, code) = await family.Asked();
            return new($"{family.Path}/verification", family.Token, new { challenge, code }, new { challenge, code = Visitor.Not(code) });
        }),
        new("proveGuardianIdentity", 200, async gateway =>
        {
            var family = await new Family(gateway).Proven();
            return new($"{family.Path}/identity", family.Token, family.Document(), family.Document());
        }),
        new("acceptGuardianship", 200, async gateway =>
        {
            var family = await new Family(gateway).Identified();
            var other = family.Word.ToJson();
            other["name"] = "Somebody else";
            return new($"{family.Path}/acceptance", family.Token, family.Word, other);
        }),
        new("refuseGuardianship", 200, async gateway =>
        {
            var family = await new Family(gateway).Invited();
            return new($"{family.Path}/refusal", family.Token, new { unknown = false }, new { unknown = true });
        }),
        new("inviteGuardianOfAccount", 202, async gateway =>
        {
            var family = new Family(gateway);
            var session = await family.Registered();
            var guardian = await family.SignedIn();
            (await gateway.Delete($"/v1/guardian/accounts/{Family.First(await gateway.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString()}", guardian)).Is(204);
            return new("/v1/account/guardian", session, new Family(gateway).Contact, new Family(gateway).Contact);
        }),
        new("sendGuardianSignInCode", 202, gateway => Task.FromResult(new RehearsedPost.Call("/v1/guardian/codes", null, new Family(gateway).Contact, new Family(gateway).Contact))),
        new("signInAsGuardian", 201, async gateway =>
        {
            var family = new Family(gateway);
            await family.Registered();
            var (challenge, code) = await family.AskedToSignIn();
            return new("/v1/guardian/sessions", null, new { challenge, code }, new { challenge, code = Visitor.Not(code) });
        }),
        new("requestExportAsGuardian", 202, async gateway =>
        {
            var (account, guardian) = await new Family(gateway).Standing();
            return new($"/v1/guardian/accounts/{account}/exports", guardian, null, null);
        }) { Kept = ["id", "requestedAt", "schema"] },
        new("cancelGuardedAccount", 202, async gateway =>
        {
            var (account, guardian) = await new Family(gateway).Standing();
            return new($"/v1/guardian/accounts/{account}/cancellation", guardian, new { understood = true }, null); // there is one body that is taken
        }),
    ];
}
