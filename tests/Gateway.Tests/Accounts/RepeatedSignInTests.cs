using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Accounts;

/// <summary>Idempotency-Key at sign-in and password change (API.md, General; docs/decisions/0008): one act, and no way to guess for free.</summary>
public sealed class RepeatedSignInTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_key_with_another_identifier_is_refused_and_costs_its_owner_no_try()
    {
        var gateway = await gateways.Steady;
        var (person, stranger) = (Visitor.ByPhone(gateway), Visitor.ByEmail(gateway));
        await person.Registered();
        await stranger.Registered();
        var key = Visitor.Key();
        (await person.SignIn(headers: key)).Is(201);
        for (var repeat = 0; repeat < 12; repeat++) // more than one network may fail
            await (await person.SignIn(identifier: stranger.Contact, headers: key)).Problem(422, "idempotency_key_reused");
        (await stranger.SignIn()).Is(201);
    }

    [Fact]
    public async Task Another_spelling_of_the_contact_is_the_same_body()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        await person.Registered();
        var key = Visitor.Key();
        (await person.SignIn(headers: key)).Is(201);
        (await person.SignIn(identifier: person.Contact[3..], headers: key)).Is(201);
    }

    [Fact]
    public async Task After_the_right_password_another_one_under_its_key_is_another_body()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        await person.Registered();
        var key = Visitor.Key();
        var session = (await person.SignIn(headers: key)).Is(201)["token"];
        await (await person.SignIn("another long password", headers: key)).Problem(422, "idempotency_key_reused");
        (await gateway.Get("/v1/account", session)).Is(200); // the first one's session stays
    }

    [Fact]
    public async Task After_a_wrong_password_the_right_one_under_its_key_opens_no_session()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        var key = Visitor.Key();
        await (await person.SignIn("another long password", headers: key)).Problem(401, "credentials_wrong");
        await (await person.SignIn("another long password", headers: key)).Problem(401, "credentials_wrong"); // the same outcome
        await (await person.SignIn(headers: key)).Problem(422, "idempotency_key_reused");
        Assert.Equal(1, (await gateway.Get("/v1/account/sessions", session)).Is(200).Json.GetArrayLength());
        (await person.SignIn()).Is(201);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guessing_under_one_key_spends_tries_like_any_guessing__P_04(bool known)
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        if (known) await person.Registered();
        var key = Visitor.Key();
        for (var guess = 0; guess < 10; guess++) await (await person.SignIn($"guess number {guess}", headers: key)).Problem(401, "credentials_wrong");
        await (await person.SignIn("guess number ten", headers: key)).Problem(429, "too_many_attempts");
        await (await person.SignIn(headers: key)).Problem(429, "too_many_attempts"); // the right one too, where there is one
    }

    [Fact]
    public async Task A_sign_in_without_a_key_leaves_no_attempt_behind()
    {
        await using var gateway = await LiveGateway.Start();
        var person = Visitor.ByPhone(gateway);
        await person.Registered();
        (await person.SignIn()).Is(201);
        await (await person.SignIn("not the password")).Problem(401, "credentials_wrong");
        Assert.Equal(0, await gateway.Rows("sign-in-attempt"));
        (await person.SignIn(headers: Visitor.Key())).Is(201);
        await (await Visitor.ByPhone(gateway).SignIn(headers: Visitor.Key())).Problem(401, "credentials_wrong");
        Assert.Equal(2, await gateway.Rows("sign-in-attempt")); // whether or not there is such a person
    }

    [Fact]
    public async Task A_password_change_whose_answer_was_lost_is_done_once()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var session = await person.Registered();
        var key = Visitor.Key("my-change");
        Task<Reply> Change(string current, string next, bool endOthers = true) =>
            gateway.Post("/v1/account/password", new { currentPassword = current, newPassword = next, endOtherSessions = endOthers }, session, key);

        (await Change(person.Password, "another horse battery")).Is(204);
        var later = (await person.SignIn("another horse battery")).Is(201)["token"];
        (await Change(person.Password, "another horse battery")).Is(204);
        (await gateway.Get("/v1/account", later)).Is(200); // nothing was done again
        await (await Change(person.Password, "a third horse battery")).Problem(422, "idempotency_key_reused");
        await (await Change(person.Password, "another horse battery", endOthers: false)).Problem(422, "idempotency_key_reused");
        (await person.SignIn("another horse battery")).Is(201);
    }

    [Fact]
    public async Task A_refused_password_change_may_be_repeated_corrected()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        var session = await person.Registered();
        var key = Visitor.Key();
        Task<Reply> Change(string current, string next) => gateway.Post("/v1/account/password", new { currentPassword = current, newPassword = next }, session, key);
        await (await Change("not the password", "another horse battery")).Problem(401, "credentials_wrong");
        await (await Change(person.Password, "short")).Problem(422, "password_too_short");
        (await Change(person.Password, "another horse battery")).Is(204);
    }
}
