using AiCloud.Contacts;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.PasswordResets;

/// <summary>A new password without the old one, over HTTP (P-05, R-04, R-05).</summary>
[Collection(MovingClock.Name)]
public sealed class PasswordResetTests(SharedGateways gateways)
{
    private const string Path = "/v1/password-resets";

    [Fact]
    public async Task One_code_resets_where_the_contact_is_in_use_and_the_only_way__P05()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        var reset = await Begin(gateway, person);
        Assert.Equal(("code_sent", false), (reset["state"], reset.Json.TryGetProperty("contacts", out _)));
        await (await Complete(gateway, reset, "another horse battery")).Problem(409, "not_verified");
        var code = await gateway.Code(person.Contact, 2);
        await (await Verify(gateway, reset, Visitor.Not(code))).Problem(422, "code_wrong");
        Assert.Equal("verified", (await Verify(gateway, reset, code)).Is(200)["state"]);
        await (await Complete(gateway, reset, "short")).Problem(422, "password_too_short");
        (await Complete(gateway, reset, "another horse battery")).Is(204);
        (await Complete(gateway, reset, "another horse battery")).Is(204);
        await (await Complete(gateway, reset, "a third horse battery")).Problem(422, "idempotency_key_reused"); // one reset, one password
        await (await gateway.Get("/v1/account", session)).Problem(404, "not_found");
        await (await person.SignIn()).Problem(401, "credentials_wrong");
        (await person.SignIn("another horse battery")).Is(201);
        Assert.Contains("reset by code", await ContactTests.Text(gateway, person.Contact), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, "verified")] // this clock goes on by itself; to the millisecond: RecycledResetTests
    [InlineData(0, "second_proof_needed")]
    public async Task A_contact_that_was_not_used_for_ninety_days_is_not_enough_alone(int seconds, string state)
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByPhone(gateway);
        var used = (await gateway.Get("/v1/account/contacts", await person.Registered())).Is(200).Json[0].GetProperty("provenAt").GetDateTimeOffset();
        gateway.Clock.Advance(used + TimeSpan.FromDays(90) + TimeSpan.FromSeconds(seconds) - gateway.Clock.GetUtcNow());
        var reset = await Begin(gateway, person);
        Assert.Equal(state, (await Verify(gateway, reset, await gateway.Code(person.Contact, 2))).Is(200)["state"]);
        if (state != "verified") await (await Complete(gateway, reset, "another horse battery")).Problem(409, "second_proof_needed");
    }

    [Theory, InlineData('8'), InlineData('1')] // to the development authority: changed, unknown
    public async Task A_number_that_may_be_somebody_elses_leads_to_customer_service_and_its_holder_waits_in_vain__C2_1g(char last)
    {
        var gateway = await gateways.Moving;
        var (_, _, holder) = await Identity.NotMineEndpointTests.Claim(gateway, last);
        for (var message = 3; message < 5; message++)
        {
            gateway.Clock.Advance(TimeSpan.FromHours(72));
            var reset = await Begin(gateway, holder);
            Assert.Equal("second_proof_needed", (await Verify(gateway, reset, await gateway.Code(holder.Contact, message))).Is(200)["state"]);
            await (await gateway.Post($"{Path}/{reset["id"]}/announcement", null, reset["token"])).Problem(409, "number_unconfirmed");
            await (await Complete(gateway, reset, "another horse battery")).Problem(409, "second_proof_needed");
        }
        (await holder.SignIn()).Is(201); // the password is still its owner's
    }

    [Fact]
    public async Task A_number_that_the_authority_says_is_still_its_owners_resets_after_the_wait__C2_1g()
    {
        var gateway = await gateways.Moving;
        var (_, _, owner) = await Identity.NotMineEndpointTests.Claim(gateway, '4');
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var reset = await Begin(gateway, owner);
        await Verify(gateway, reset, await gateway.Code(owner.Contact, 3));
        Assert.Equal("waiting", (await gateway.Post($"{Path}/{reset["id"]}/announcement", null, reset["token"])).Is(202)["state"]);
        gateway.Clock.Advance(TimeSpan.FromHours(72));
        var again = await Begin(gateway, owner);
        Assert.Equal("verified", (await Verify(gateway, again, await gateway.Code(owner.Contact, 5))).Is(200)["state"]);
        (await Complete(gateway, again, "another horse battery")).Is(204);
    }

    [Fact]
    public async Task With_two_contacts_the_other_one_is_proven_too()
    {
        var gateway = await gateways.Moving;
        var (person, further) = await WithTwo(gateway);
        var reset = await Begin(gateway, person);
        var verified = (await Verify(gateway, reset, await gateway.Code(person.Contact, 3))).Is(200); // registration, notice, this
        Assert.Equal("second_proof_needed", verified["state"]);
        var other = verified.Json.GetProperty("contacts")[0].GetProperty("id").GetString();
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = (await gateway.Post($"{Path}/{reset["id"]}/second-code", new { contact = other }, reset["token"])).Is(201)["id"];
        var code = await gateway.Code(further.Contact, 2);
        await (await Complete(gateway, reset, "another horse battery", second)).Problem(409, "not_verified");
        Assert.Equal("verified", (await gateway.Post($"{Path}/{reset["id"]}/second-verification", new { challenge = second, code }, reset["token"])).Is(200)["state"]);
        (await Complete(gateway, reset, "another horse battery", second)).Is(204);
        (await person.SignIn("another horse battery")).Is(201);
    }

    [Fact]
    public async Task Without_a_second_proof_every_contact_is_told_and_after_72_hours_the_first_may()
    {
        var gateway = await gateways.Moving;
        var (person, further) = await WithTwo(gateway);
        var reset = await Begin(gateway, person);
        await Verify(gateway, reset, await gateway.Code(person.Contact, 3));
        var announced = (await gateway.Post($"{Path}/{reset["id"]}/announcement", null, reset["token"])).Is(202);
        Assert.Equal("waiting", announced["state"]);
        Assert.Contains("after a wait", await ContactTests.Text(gateway, further.Contact), StringComparison.Ordinal);
        await (await Complete(gateway, reset, "another horse battery")).Problem(409, "second_proof_needed");
        (await person.SignIn()).Is(201); // nobody is locked out meanwhile (R-05)
        gateway.Clock.Advance(TimeSpan.FromHours(72));
        var again = await Begin(gateway, person);
        Assert.Equal("verified", (await Verify(gateway, again, await gateway.Code(person.Contact, 5))).Is(200)["state"]);
        (await Complete(gateway, again, "another horse battery")).Is(204);
    }

    [Fact]
    public async Task Any_contact_stops_an_announced_reset_with_this_was_not_me()
    {
        var gateway = await gateways.Moving;
        var (person, further) = await WithTwo(gateway);
        var reset = await Begin(gateway, person);
        await Verify(gateway, reset, await gateway.Code(person.Contact, 3));
        (await gateway.Post($"{Path}/{reset["id"]}/announcement", null, reset["token"])).Is(202);
        var objected = (await gateway.Post("/v1/objection", null, await ContactTests.Notice(gateway, further.Contact))).Is(200);
        Assert.Equal(("reset_announced", false), (objected["kind"], objected.Json.GetProperty("passwordDropped").GetBoolean()));
        await (await gateway.Post($"{Path}/{reset["id"]}/announcement", null, reset["token"])).Problem(403, "account_protected");
        (await person.SignIn()).Is(201); // the password still is the owner's
    }

    [Fact]
    public async Task Whether_a_contact_has_an_account_shows_nowhere__R04()
    {
        var gateway = await gateways.Moving;
        var (known, unknown) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        await known.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var (one, two) = (await Begin(gateway, known), await Begin(gateway, unknown));
        Assert.Equal(Plain(known, one), Plain(unknown, two));
        Assert.Equal(Headers(one), Headers(two));
        await gateway.Code(unknown.Contact);
        var wrong = Visitor.Not(await gateway.NextCode(known.Contact));
        Assert.Equal((await (await Verify(gateway, one, wrong)).Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32(),
            (await (await Verify(gateway, two, wrong)).Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32());
        Assert.Equal("", await gateway.Code(unknown.Contact));

        static string Plain(Visitor person, Reply reply) => Visitor.Masked(reply.Text).Replace(person.Contact[^4..], "", StringComparison.Ordinal);
        static string Headers(Reply reply) => string.Join(' ', reply.Message.Headers.Select(header => header.Key).Order());
    }

    [Fact]
    public async Task After_many_resets_the_owner_still_signs_in__R05()
    {
        var gateway = await gateways.Moving;
        var person = Visitor.ByEmail(gateway);
        await person.Registered();
        for (var tries = 0; tries < 30; tries++) await gateway.Post(Path, new { method = "email", email = person.Contact }, null);
        (await person.SignIn()).Is(201);
    }

    [Fact]
    public async Task Another_token_resets_nothing_and_a_lapsed_one_says_so()
    {
        var gateway = await gateways.Moving;
        var (one, two) = (await Begin(gateway, Visitor.ByEmail(gateway)), await Begin(gateway, Visitor.ByEmail(gateway)));
        await (await gateway.Get($"{Path}/{one["id"]}", two["token"])).Problem(404, "not_found");
        await (await gateway.Get($"{Path}/{one["id"]}")).Problem(401, "unauthorized");
        gateway.Clock.Advance(TimeSpan.FromMinutes(31));
        await (await gateway.Get($"{Path}/{one["id"]}", one["token"])).Problem(410, "code_expired");
    }

    [Fact]
    public async Task Password_managers_are_led_to_the_form() =>
        Assert.Equal("/account#change-password", (await (await gateways.Moving).Get("/.well-known/change-password")).Is(302).Header("Location"));

    internal static async Task<Reply> Begin(LiveGateway gateway, Visitor person) =>
        (await gateway.Post(Path, person.Method == "phone" ? new { method = "phone", phone = person.Contact } : (object)new { method = "email", email = person.Contact })).Is(201);

    internal static Task<Reply> Verify(LiveGateway gateway, Reply reset, string code) => gateway.Post($"{Path}/{reset["id"]}/verification", new { code }, reset["token"]);

    private static Task<Reply> Complete(LiveGateway gateway, Reply reset, string password, string? second = null) =>
        gateway.Post($"{Path}/{reset["id"]}/completion", new { password, secondChallenge = second }, reset["token"]);

    /// <summary>Somebody with a phone and an e-mail address.</summary>
    internal static async Task<(Visitor Person, Visitor Further)> WithTwo(LiveGateway gateway)
    {
        var (person, further) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway));
        var session = await person.Registered();
        var begun = (await gateway.Post("/v1/account/contacts", new { method = "email", email = further.Contact }, session)).Is(201)["id"];
        (await gateway.Post("/v1/account/contacts/confirmation", new { challenge = begun, code = await gateway.Code(further.Contact) }, session)).Is(200);
        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        return (person, further);
    }
}
