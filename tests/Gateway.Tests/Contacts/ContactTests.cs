using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Contacts;

/// <summary>Contacts of an account over HTTP (C2.1f, S-06).</summary>
[Collection(MovingClock.Name)]
public sealed class ContactTests(SharedGateways gateways)
{
    private const string Path = "/v1/account/contacts";

    [Fact]
    public async Task A_person_adds_an_e_mail_address_signs_in_with_it_and_removes_the_phone__C2_1f_C2_2f()
    {
        var gateway = await gateways.Moving;
        var (person, further) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway));
        var session = await person.Registered();
        var begun = (await gateway.Post(Path, new { method = "email", email = further.Contact }, session)).Is(201);
        Assert.Equal(("new_contact", "email", false), (begun["purpose"], begun["kind"], begun.Json.GetProperty("proven").GetBoolean()));
        var code = await gateway.Code(further.Contact);
        await (await gateway.Post($"{Path}/confirmation", new { challenge = begun["id"], code = Visitor.Not(code) }, session)).Problem(422, "code_wrong");
        var contacts = (await gateway.Post($"{Path}/confirmation", new { challenge = begun["id"], code }, session)).Is(200).Json;
        Assert.Equal(["phone", "email"], contacts.EnumerateArray().Select(contact => contact.GetProperty("kind").GetString()));
        (await further.SignIn(person.Password)).Is(201);

        (await gateway.Delete($"{Path}/{contacts[0].GetProperty("id").GetString()}", session)).Is(204);
        await (await person.SignIn()).Problem(401, "credentials_wrong");
        await (await gateway.Delete($"{Path}/{contacts[1].GetProperty("id").GetString()}", session)).Problem(409, "last_contact");
        Assert.Equal("email", (await gateway.Get(Path, session)).Is(200).Json.EnumerateArray().Single().GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Every_change_needs_a_recent_authentication_and_goes_on_after_it__S06()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByEmail(gateway);
        var session = await person.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        object wish = new { method = "email", email = Visitor.ByEmail(gateway).Contact };
        await (await gateway.Post(Path, wish, session)).Problem(403, "reauthentication_required");
        await (await gateway.Get("/v1/account/facts", session)).Problem(403, "reauthentication_required");
        await (await gateway.Delete($"{Path}/anything", session)).Problem(403, "reauthentication_required");
        (await gateway.Post("/v1/account/reauthentication", new { password = person.Password }, session)).Is(200);
        (await gateway.Post(Path, wish, session)).Is(201);
        var facts = (await gateway.Get("/v1/account/facts", session)).Is(200);
        Assert.Equal((person.Contact, "1990-02-28", "no-store"), (facts.Json.GetProperty("contacts")[0].GetProperty("address").GetString(), facts["birthDate"], facts.Header("Cache-Control")));
    }

    [Fact]
    public async Task The_reply_does_not_tell_whether_a_new_contact_has_an_account()
    {
        var gateway = await gateways.Moving;
        var (person, taken, free) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway), Visitor.ByEmail(gateway));
        var session = await person.Registered();
        await taken.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var (one, two) = (await gateway.Post(Path, new { method = "email", email = taken.Contact }, session), await gateway.Post(Path, new { method = "email", email = free.Contact }, session));
        Assert.Equal(Visitor.Masked(one.Is(201).Text), Visitor.Masked(two.Is(201).Text));
        // Only who holds the contact learns it.
        await (await gateway.Post($"{Path}/confirmation", new { challenge = one["id"], code = await gateway.Code(taken.Contact, 2) }, session)).Problem(409, "contact_taken");
    }

    [Fact]
    public async Task The_old_contact_is_told_and_this_was_not_me_gives_the_account_back__C2_1f_C2_4c()
    {
        var gateway = await gateways.Moving;
        var (owner, thief) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway));
        var session = await owner.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        var old = (await gateway.Get(Path, session)).Is(200).Json[0].GetProperty("id").GetString();
        var begun = (await gateway.Post(Path, new { method = "email", email = thief.Contact, replaces = old }, session)).Is(201)["id"];
        (await gateway.Post($"{Path}/confirmation", new { challenge = begun, code = await gateway.Code(thief.Contact) }, session)).Is(200);

        var token = await Notice(gateway, owner.Contact);
        var notice = (await gateway.Get("/v1/objection", token)).Is(200);
        Assert.Equal("contact_replaced", notice["kind"]);
        Assert.False(notice.Json.TryGetProperty("objectedAt", out _));
        var objected = (await gateway.Post("/v1/objection", null, token)).Is(200);
        Assert.True(objected.Json.GetProperty("passwordDropped").GetBoolean());
        Assert.InRange(objected.Json.GetProperty("protectedUntil").GetDateTimeOffset() - gateway.Clock.GetUtcNow(), TimeSpan.FromHours(71), TimeSpan.FromHours(72) + TimeSpan.FromMilliseconds(1)); // told to the millisecond
        Assert.Equal(objected.Text, (await gateway.Post("/v1/objection", null, token)).Is(200).Text);
        await (await gateway.Get("/v1/account", session)).Problem(404, "not_found");
        await (await thief.SignIn(owner.Password)).Problem(401, "credentials_wrong");
        await (await owner.SignIn()).Problem(401, "credentials_wrong"); // somebody knew the password
    }

    [Fact]
    public async Task A_token_of_something_else_or_a_changed_one_objects_to_nothing()
    {
        var gateway = await gateways.Moving;
        var session = await Visitor.ByPhone(gateway).Registered();
        await (await gateway.Post("/v1/objection", null, session)).Problem(404, "not_found");
        await (await gateway.Get("/v1/objection", "obj.s1.x.y.z")).Problem(404, "not_found");
        await (await gateway.Post("/v1/objection", null)).Problem(401, "unauthorized");
    }

    [Fact]
    public async Task A_host_header_chooses_no_link_in_a_message()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        (await gateway.Post("/v1/account/password", new { currentPassword = person.Password, newPassword = "another horse battery" }, session, ("Host", "evil.example.com"))).Is(204);
        Assert.DoesNotContain("evil.example", await Text(gateway, person.Contact), StringComparison.Ordinal);
        (await gateway.Post("/v1/account/password", new { currentPassword = "another horse battery", newPassword = "a third horse battery" }, session)).Is(204);
        Assert.Contains($"{gateway.Address}not-me?token=", await Text(gateway, person.Contact), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forty_one_sign_ins_under_other_names_leave_the_owners_link_alone_and_send_three_messages__C2_4c()
    {
        var gateway = await gateways.Moving;
        var (owner, thief) = (Visitor.ByEmail(gateway), Visitor.ByEmail(gateway));
        var session = await owner.Registered();
        var mine = (await gateway.Get(Path, session)).Is(200).Json[0].GetProperty("id").GetString();
        var begun = (await gateway.Post(Path, new { method = "email", email = thief.Contact, replaces = mine }, session)).Is(201)["id"];
        (await gateway.Post($"{Path}/confirmation", new { challenge = begun, code = await gateway.Code(thief.Contact) }, session)).Is(200);
        var link = await Notice(gateway, owner.Contact);
        for (var client = 0; client < 41; client++) (await thief.SignIn(owner.Password, null, ("User-Agent", $"c{client}/1"))).Is(201);
        Assert.Equal(1 + 3, (await gateway.Get($"/dev/outbox?to={Uri.EscapeDataString(thief.Contact)}")).Is(200).Json.GetArrayLength());
        Assert.Equal("contact_replaced", (await gateway.Get("/v1/objection", link)).Is(200)["kind"]);
        (await gateway.Post("/v1/objection", null, link)).Is(200);
        await (await thief.SignIn(owner.Password)).Problem(401, "credentials_wrong");
    }

    internal static async Task<string> Text(LiveGateway gateway, string contact) =>
        (await gateway.Get($"/dev/outbox?to={Uri.EscapeDataString(contact)}")).Is(200).Json[0].GetProperty("text").GetString()!;

    /// <summary>The token in the newest message to a contact.</summary>
    internal static async Task<string> Notice(LiveGateway gateway, string contact)
    {
        var text = await Text(gateway, contact);
        return text[(text.IndexOf("token=", StringComparison.Ordinal) + 6)..];
    }
}
