using AiCloud.Live;
using AiCloud.Requests;

namespace AiCloud.Contacts;

/// <summary>The POSTs that change contacts and object to changes.</summary>
internal static class RehearsedContacts
{
    public static readonly RehearsedPost[] All =
    [
        new("addContact", 201, async gateway => new("/v1/account/contacts", await Visitor.ByPhone(gateway).Registered(),
            new { method = "email", email = Visitor.ByEmail(gateway).Contact }, new { method = "email", email = Visitor.ByEmail(gateway).Contact })),
        new("confirmContact", 200, async gateway =>
        {
            var (session, further) = (await Visitor.ByPhone(gateway).Registered(), Visitor.ByEmail(gateway));
            var challenge = (await gateway.Post("/v1/account/contacts", new { method = "email", email = further.Contact }, session)).Is(201)["id"];
            var code = await gateway.Code(further.Contact);
            return new("/v1/account/contacts/confirmation", session, new { challenge, code }, new { challenge, code = Visitor.Not(code) });
        }),
        // Without a body there is no other one.
        new("object", 200, async gateway =>
        {
            var person = Visitor.ByPhone(gateway);
            (await gateway.Post("/v1/account/password", new { currentPassword = person.Password, newPassword = "another horse battery" }, await person.Registered())).Is(204);
            return new("/v1/objection", await ContactTests.Notice(gateway, person.Contact), null, null);
        }),
    ];
}
