using System.Text.Json.Nodes;
using AiCloud.Live;

namespace AiCloud.Requests;

/// <summary>How a POST of the contract is called, repeated, and called with another body under the same key.</summary>
/// <param name="OperationId">Its name in the OpenAPI document.</param>
/// <param name="Prepare">Somebody new, as far as they need to have come.</param>
/// <param name="Success">The status of its success.</param>
public sealed record RehearsedPost(string OperationId, int Success, Func<LiveGateway, Task<RehearsedPost.Call>> Prepare)
{
    /// <summary>One act; <paramref name="Other"/> is another body for the same place, null where there is none or no trace of it may be kept.</summary>
    public sealed record Call(string Path, string? Token, object? Body, object? Other);

    /// <summary>Rehearsed on the gateway that has members of staff.</summary>
    public bool ByStaff { get; init; }

    /// <summary>What it began goes on by itself: how far it has come differs from one answer to the next.</summary>
    public bool GoesOn { get; init; }

    /// <summary>For an answer whose other members change by themselves: those that do not.</summary>
    public string[] Kept { get; init; } = [];

    public static readonly RehearsedPost[] All =
    [
        .. RehearsedStaffPost.All,
        new("startRegistration", 201, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            return await Task.FromResult(new Call("/v1/registrations", null, person.StartBody, Visitor.ByEmail(gateway).StartBody));
        }),
        // Without a body there is no other one.
        new("sendCodeAgain", 202, async gateway =>
        {
            var person = Visitor.ByEmail(gateway);
            await person.Start();
            await gateway.Code(person.Contact);
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new($"{person.Path}/code", person.Token, null, null);
        }),
        new("verifyCode", 200, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            await person.Start();
            var code = await gateway.Code(person.Contact);
            return new($"{person.Path}/verification", person.Token, new { code }, new { code = Visitor.Not(code) });
        }),
        new("completeRegistration", 201, async gateway =>
        {
            var person = await Visitor.ByEmail(gateway).Verified();
            return new($"{person.Path}/completion", person.Token, person.CompletionBody(), With(person.CompletionBody(), "password", "another long password"));
        }),
        .. RehearsedGuardianPost.All,
        new("signIn", 201, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            await person.Registered();
            return new("/v1/sessions", null, new { identifier = person.Contact, password = person.Password }, new { identifier = "nobody@example.com", password = person.Password });
        }),
        new("changePassword", 204, async gateway =>
        {
            var person = Visitor.ByEmail(gateway);
            var session = await person.Registered();
            return new("/v1/account/password", session, new { currentPassword = person.Password, newPassword = "another horse battery" },
                new { currentPassword = person.Password, newPassword = "a third horse battery" });
        }),
        .. Reauthentication.RehearsedReauthentication.All,
        // Without a body there is no other one, and the copy goes on being made by itself.
        new("requestExport", 202, async gateway => new("/v1/account/data/exports", await Visitor.ByPhone(gateway).Registered(), null, null)) { Kept = ["id", "requestedAt", "schema"] },
        // Without a body there is no other one.
        new("sayNotMine", 200, async gateway =>
        {
            var (_, _, claimant) = await Identity.NotMineEndpointTests.Claim(gateway, '8');
            return new($"{claimant.Path}/not-mine", claimant.Token, null, null);
        }),
        new("submitIdentity", 200, async gateway =>
        {
            var card = Identity.TestPersons.NewCard();
            return new("/v1/account/identity", await Identity.TestPersons.Consenting(gateway), Identity.TestPersons.Body(card), Identity.TestPersons.Body(card, "测试不符"));
        }),
        .. Contacts.RehearsedContacts.All,
        .. PasswordResets.RehearsedResets.All,
        new("confirmFacts", 200, async gateway => new("/v1/account/fact-marks/confirmation", await Visitor.ByPhone(gateway).Registered(), null, null)),
        new("sendFactProofCode", 201, async gateway =>
        {
            var session = await Visitor.ByPhone(gateway).Registered();
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new("/v1/account/fact-marks/proofs", session, new { contact = await FactContact(gateway, session) }, null);
        }),
        new("proveFact", 200, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            var session = await person.Registered();
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            var sent = (await gateway.Post("/v1/account/fact-marks/proofs", new { contact = await FactContact(gateway, session) }, session)).Is(201);
            return new($"/v1/account/fact-marks/proofs/{sent["id"]}", session, new { code = await gateway.Code(person.Contact, 2) }, null);
        }),
        // Without a body there is no other one.
        new("goOn", 200, async gateway => new("/v1/account/continuation", await Visitor.ByPhone(gateway).Registered(), null, null)),
    ];

    private static async Task<string> FactContact(LiveGateway gateway, string session) =>
        (await gateway.Get("/v1/account/fact-marks", session)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString()!;

    private static JsonObject With(object body, string member, string value)
    {
        var changed = body.ToJson();
        changed[member] = value;
        return changed;
    }
}
