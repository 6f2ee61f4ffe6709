using AiCloud.Live;
using AiCloud.Probe;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Registration;

/// <summary>Idempotency-Key (API.md, General): a lost answer costs nothing, and a key is no way into another person's attempt.</summary>
public sealed class RepeatTests(SharedGateways gateways)
{
    [Fact]
    public async Task A_repeated_start_is_the_same_attempt_and_sends_one_message()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var key = Guid.NewGuid().ToString();
        var first = (await person.Start(Visitor.Key(key))).Is(201);
        var second = (await person.Start(Visitor.Key($"\"{key}\""))).Is(201); // quoted is the same key
        Assert.Equal((first["id"], first["token"], first["expiresAt"]), (second["id"], second["token"], second["expiresAt"]));
        await gateway.Code(person.Contact);
        Assert.Single(await gateway.Codes(person.Contact));
    }

    [Fact]
    public async Task A_repeated_start_tells_the_token_only_until_the_code_was_answered()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        var key = Visitor.Key();
        (await person.Start(key)).Is(201);
        await person.Answer(await gateway.Code(person.Contact));
        var repeated = (await person.Start(key)).Is(201);
        Assert.Equal("verified", repeated["state"]);
        Assert.False(repeated.Json.TryGetProperty("token", out _));
    }

    [Fact]
    public async Task After_I_do_not_agree_a_late_duplicate_of_the_start_begins_nothing__C0_1()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var key = Visitor.Key();
        var started = (await person.Start(key)).Is(201);
        (await gateway.Delete(person.Path, person.Token)).Is(204);
        await (await person.Start(key)).Problem(410, "registration_expired");
        await (await gateway.Get(person.Path, started["token"])).Problem(410, "registration_expired");
        await gateway.Code(person.Contact);
        Assert.Single(await gateway.Codes(person.Contact));
        (await person.Start(Visitor.Key())).Is(201); // another act
    }

    [Fact]
    public async Task Two_starts_at_once_with_one_key_are_one_attempt()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var key = Visitor.Key();
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => gateway.Post("/v1/registrations", person.StartBody, null, key)));
        Assert.Single(replies.Select(reply => reply.Is(201)["token"]).Distinct());
        await gateway.Code(person.Contact);
        Assert.Single(await gateway.Codes(person.Contact));
    }

    [Theory]
    [InlineData("/v1/registrations")]
    [InlineData("/v1/sessions")]
    public async Task A_key_that_strangers_could_guess_is_refused_where_there_is_no_session(string path)
    {
        var gateway = await gateways.Steady;
        object body = path == "/v1/sessions" ? new { identifier = "nobody@example.com", password = "correct horse" } : Visitor.ByPhone(gateway).StartBody;
        foreach (var weak in new[] { "1", "registration-1", new string('a', 21), "not base64url, yet long enough", "\"unclosed", new string('a', 300) })
            await (await gateway.Post(path, body, null, Visitor.Key(weak))).Problem(400, "idempotency_key_weak");
    }

    [Fact]
    public async Task Twenty_two_characters_of_base64url_are_strong_enough() =>
        (await Visitor.ByPhone(await gateways.Steady).Start(Visitor.Key("AAECAwQFBgcICQoLDA0ODw" + Guid.NewGuid().ToString("N")))).Is(201);

    [Fact]
    public async Task One_key_with_another_contact_is_refused_and_tells_nothing_of_the_first()
    {
        var gateway = await gateways.Steady;
        var (person, stranger) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        var key = Visitor.Key();
        await person.Start(key);
        var refused = await stranger.Start(key);
        await refused.Problem(422, "idempotency_key_reused");
        Assert.DoesNotContain(person.Id, refused.Text, StringComparison.Ordinal);
        Assert.Empty(await gateway.Codes(stranger.Contact));
    }

    [Fact]
    public async Task A_repeated_answer_spends_no_second_try_and_another_code_under_its_key_is_neither_judged_nor_taken_for_it__C2_2b()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        await person.Start();
        var code = await gateway.Code(person.Contact);
        var key = Visitor.Key();
        for (var repeat = 0; repeat < 3; repeat++)
            Assert.Equal(4, (await (await person.Answer(Visitor.Not(code), key)).Problem(422, "code_wrong")).GetProperty("attemptsLeft").GetInt32());
        // The right code and a wrong one alike: else the key would be a way to guess for nothing.
        foreach (var other in new[] { code, Visitor.Not(Visitor.Not(code)), code })
            await (await person.Answer(other, key)).Problem(422, "idempotency_key_reused");
        Assert.Equal(4, (await gateway.Get(person.Path, person.Token)).Is(200).Json.GetProperty("attemptsLeft").GetInt32());
        Assert.Equal("verified", (await person.Answer(code)).Is(200)["state"]);
        Assert.Equal("verified", (await person.Answer(code)).Is(200)["state"]); // the right code answers the same when it comes again
    }

    [Fact]
    public async Task A_repeated_completion_is_the_same_account_with_a_fresh_session_that_voids_the_former()
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        var key = Visitor.Key();
        var (first, second) = ((await person.Complete(null, key)).Is(201), (await person.Complete(null, key)).Is(201));
        Assert.Equal(Account(first), Account(second));
        await (await gateway.Get("/v1/account", Token(first))).Problem(404, "not_found");
        Assert.Equal(Account(second), (await gateway.Get("/v1/account", Token(second))).Is(200)["id"]);
        Assert.Equal(1, (await gateway.Get("/v1/account/sessions", Token(second))).Is(200).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("password", "another long password")]
    [InlineData("displayName", "somebody else")]
    [InlineData("birthDate", "1991-01-01")]
    public async Task A_completed_registration_opens_no_session_for_another_body_under_its_key(string member, string value)
    {
        var gateway = await gateways.Steady;
        var person = await Visitor.ByPhone(gateway).Verified();
        var key = Visitor.Key();
        var first = (await person.Complete(null, key)).Is(201);
        var body = person.CompletionBody().ToJson();
        body[member] = value;
        await (await person.Complete(body, key)).Problem(422, "idempotency_key_reused");
        (await gateway.Get("/v1/account", Token(first))).Is(200);
    }

    [Fact]
    public async Task After_a_crash_that_lost_the_answer_the_key_opens_a_session_for_the_password_that_was_kept_and_for_no_other()
    {
        var steps = new StepsUnderTest();
        await using var gateway = await LiveGateway.Start(null, services => services.Replace(ServiceDescriptor.Singleton<ICompletionSteps>(steps)));
        var person = await Visitor.ByPhone(gateway).Verified();
        steps.At = step => step == CompletionStep.Owned ? throw new TimeoutException("The silo is gone.") : ValueTask.CompletedTask;
        var key = Visitor.Key();
        Assert.Equal(503, (await person.Complete(null, key)).Status);
        steps.At = null;
        var other = person.CompletionBody().ToJson();
        other["password"] = "another long password";
        await (await person.Complete(other, key)).Problem(422, "idempotency_key_reused");
        (await gateway.Get("/v1/account", Token((await person.Complete(null, key)).Is(201)))).Is(200);
    }

    [Fact]
    public async Task Two_completions_at_once_with_one_key_are_one_account()
    {
        var person = await Visitor.ByEmail(await gateways.Steady).Verified();
        var key = Visitor.Key();
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.Complete(null, key)));
        Assert.Single(replies.Where(reply => reply.Status == 201).Select(Account).Distinct());
        foreach (var other in replies.Where(reply => reply.Status != 201)) await other.Problem(409, "idempotency_in_progress");
        Assert.All(replies.Where(reply => reply.Status == 409), reply => Assert.NotNull(reply.Header("Retry-After")));
    }

    [Fact]
    public async Task A_repeated_sign_in_is_one_session_whose_newest_token_counts()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        await person.Registered();
        var key = Visitor.Key();
        var (first, second) = ((await person.SignIn(headers: key)).Is(201), (await person.SignIn(headers: key)).Is(201));
        await (await gateway.Get("/v1/account", first["token"])).Problem(404, "not_found");
        Assert.Equal(2, (await gateway.Get("/v1/account/sessions", second["token"])).Is(200).Json.GetArrayLength());
    }

    private static string Account(Reply reply) => reply.Json.GetProperty("account").GetProperty("id").GetString()!;

    private static string Token(Reply reply) => reply.Json.GetProperty("session").GetProperty("token").GetString()!;
}
