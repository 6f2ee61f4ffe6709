using AiCloud.Live;
using AiCloud.Requests;

namespace AiCloud.Reauthentication;

/// <summary>The POSTs that confirm that it is you.</summary>
internal static class RehearsedReauthentication
{
    public static readonly RehearsedPost[] All =
    [
        new("reauthenticate", 200, async gateway =>
        {
            var person = Visitor.ByEmail(gateway);
            return new("/v1/account/reauthentication", await person.Registered(), new { password = person.Password }, new { password = "another horse battery" });
        }),
        new("sendReauthenticationCode", 201, async gateway =>
        {
            var session = await Visitor.ByPhone(gateway).Registered();
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new("/v1/account/reauthentication/challenges", session, new { contact = await Contact(gateway, session) }, null); // an account has one phone as yet
        }),
        new("sendChallengeCodeAgain", 202, async gateway =>
        {
            var session = await Visitor.ByPhone(gateway).Registered();
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            var challenge = (await gateway.Post("/v1/account/reauthentication/challenges", new { contact = await Contact(gateway, session) }, session)).Is(201)["id"];
            gateway.Clock.Advance(TimeSpan.FromSeconds(61));
            return new($"/v1/account/challenges/{challenge}/code", session, null, null); // without a body there is no other one
        }),
    ];

    public static async Task<string> Contact(LiveGateway gateway, string session) =>
        (await gateway.Get("/v1/account/reauthentication", session)).Is(200).Json.GetProperty("contacts")[0].GetProperty("id").GetString()!;
}
