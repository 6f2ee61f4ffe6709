using AiCloud.Live;
using AiCloud.Requests;

namespace AiCloud.PasswordResets;

/// <summary>The POSTs that reset a password.</summary>
internal static class RehearsedResets
{
    public static readonly RehearsedPost[] All =
    [
        new("startPasswordReset", 201, gateway => Task.FromResult(new RehearsedPost.Call("/v1/password-resets", null,
            new { method = "email", email = Visitor.ByEmail(gateway).Contact }, new { method = "email", email = Visitor.ByEmail(gateway).Contact }))),
        new("sendResetCodeAgain", 202, async gateway =>
        {
            var reset = await PasswordResetTests.Begin(gateway, Visitor.ByEmail(gateway));
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new($"/v1/password-resets/{reset["id"]}/code", reset["token"], null, null); // without a body there is no other one
        }),
        new("verifyResetCode", 200, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            await person.Registered();
            gateway.Clock.Advance(TimeSpan.FromMinutes(2));
            var reset = await PasswordResetTests.Begin(gateway, person);
            var code = await gateway.Code(person.Contact, 2);
            return new($"/v1/password-resets/{reset["id"]}/verification", reset["token"], new { code }, new { code = Visitor.Not(code) });
        }),
        new("sendSecondResetCode", 201, async gateway =>
        {
            var (reset, other, _) = await Proven(gateway);
            return new($"/v1/password-resets/{reset["id"]}/second-code", reset["token"], new { contact = other }, null); // there is one other contact
        }),
        new("verifySecondResetCode", 200, async gateway =>
        {
            var (reset, other, further) = await Proven(gateway);
            var challenge = (await gateway.Post($"/v1/password-resets/{reset["id"]}/second-code", new { contact = other }, reset["token"])).Is(201)["id"];
            var code = await gateway.Code(further.Contact, 2);
            return new($"/v1/password-resets/{reset["id"]}/second-verification", reset["token"], new { challenge, code }, new { challenge, code = Visitor.Not(code) });
        }),
        new("announcePasswordReset", 202, async gateway =>
        {
            var (reset, _, _) = await Proven(gateway);
            return new($"/v1/password-resets/{reset["id"]}/announcement", reset["token"], null, null);
        }),
        new("completePasswordReset", 204, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            await person.Registered();
            gateway.Clock.Advance(TimeSpan.FromMinutes(2));
            var reset = await PasswordResetTests.Begin(gateway, person);
            (await PasswordResetTests.Verify(gateway, reset, await gateway.Code(person.Contact, 2))).Is(200);
            return new($"/v1/password-resets/{reset["id"]}/completion", reset["token"], new { password = "another horse battery" }, new { password = "a third horse battery" });
        }),
    ];

    private static async Task<(Reply Reset, string Other, Visitor Further)> Proven(LiveGateway gateway)
    {
        var (person, further) = await PasswordResetTests.WithTwo(gateway);
        var reset = await PasswordResetTests.Begin(gateway, person);
        var verified = (await PasswordResetTests.Verify(gateway, reset, await gateway.Code(person.Contact, 3))).Is(200);
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        return (reset, verified.Json.GetProperty("contacts")[0].GetProperty("id").GetString()!, further);
    }
}
