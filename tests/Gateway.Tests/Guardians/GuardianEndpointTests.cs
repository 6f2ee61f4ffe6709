using AiCloud.Identity;
using AiCloud.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud.Guardians;

/// <summary>Registering and living with a guardian over HTTP (C2.1b).</summary>
[Collection(MovingClock.Name)]
public sealed class GuardianEndpointTests(SharedGateways gateways)
{
    [Fact]
    public async Task C2_1b_somebody_of_seventeen_registers_with_a_guardian_who_then_sees_and_freezes()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Invited();
        var waiting = (await gateway.Get(family.Minor.Path, family.Minor.Token)).Is(200);
        Assert.Equal(("awaiting_guardian", "invited", 2), (waiting["state"], waiting.Json.GetProperty("guardian").GetProperty("state").GetString(), waiting.Json.GetProperty("guardian").GetProperty("invitationsLeft").GetInt32()));
        await (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Problem(409, "guardian_pending");

        var seen = (await gateway.Get(family.Path, family.Token)).Is(200);
        Assert.Equal("open", seen["state"]);
        Assert.StartsWith("w***@", seen["inviter"], StringComparison.Ordinal);
        Assert.Equal(2, seen.Json.GetProperty("documents").GetArrayLength());
        await (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Problem(409, "not_verified");
        var (challenge, code) = await family.Asked();
        await (await gateway.Post($"{family.Path}/verification", new { challenge, code = Visitor.Not(code) }, family.Token)).Problem(422, "code_wrong");
        Assert.False(string.IsNullOrEmpty((await gateway.Post($"{family.Path}/verification", new { challenge, code }, family.Token)).Is(200)["proven"]));
        await (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Problem(409, "guardian_identity_needed");
        (await gateway.Post($"{family.Path}/identity", family.Document(), family.Token)).Is(200);
        Assert.Equal("accepted", (await gateway.Post($"{family.Path}/acceptance", family.Word, family.Token)).Is(200)["state"]);

        Assert.Equal("verified", (await gateway.Get(family.Minor.Path, family.Minor.Token)).Is(200)["state"]);
        var session = (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
        Assert.Equal(("standing", "father", "id"), Parts((await gateway.Get("/v1/account/guardian", session)).Is(200)));

        var guardian = await family.SignedIn();
        var account = Family.First(await gateway.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString();
        Assert.Equal(family.BirthDate(), (await gateway.Get($"/v1/guardian/accounts/{account}", guardian)).Is(200)["birthDate"]);
        (await gateway.Send(HttpMethod.Put, $"/v1/guardian/accounts/{account}/freeze", new { frozen = true }, guardian)).Is(200);
        await (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "No" }, session)).Problem(403, "account_limited");
        Assert.Equal("limited", (await gateway.Get("/v1/account", session)).Is(200)["standing"]);
        (await gateway.Send(HttpMethod.Put, $"/v1/guardian/accounts/{account}/freeze", new { frozen = false }, guardian)).Is(200);
        (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "Yes" }, session)).Is(200);
        Assert.Equal("Corrected", (await gateway.Send(HttpMethod.Patch, $"/v1/guardian/accounts/{account}", new { displayName = "Corrected" }, guardian)).Is(200).Json.GetProperty("account").GetProperty("displayName").GetString());

        (await gateway.Delete($"/v1/guardian/accounts/{account}", guardian)).Is(204);
        await (await gateway.Get($"/v1/guardian/accounts/{account}", guardian)).Problem(404, "not_found");
        await (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "No" }, session)).Problem(403, "guardian_required");
        Assert.Equal("missing", (await gateway.Get("/v1/account/guardian", session)).Is(200)["state"]);
    }

    // The attack over HTTP: every call of the guardian with the tokens that a minor has, and the guardian's token nowhere in what a minor is answered.
    [Fact]
    public async Task C2_1b_nothing_sent_with_the_minors_tokens_can_accept()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Needing();
        var invited = (await gateway.Post($"{family.Minor.Path}/guardian", family.Contact, family.Minor.Token)).Is(202);
        await family.Reads();
        Assert.DoesNotContain("gin.", invited.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(family.Id, invited.Text + (await gateway.Get(family.Minor.Path, family.Minor.Token)).Text, StringComparison.Ordinal);
        var adult = await Visitor.ByEmail(gateway).Registered();
        foreach (var token in new[] { family.Minor.Token, adult, family.Token[..^1] + (family.Token[^1] == 'A' ? 'B' : 'A') })
        {
            await (await gateway.Get(family.Path, token)).Problem(404, "not_found");
            foreach (var (call, body) in new (string, object)[] { ("code", new { }), ("verification", new { challenge = family.Id, code = "123456" }), ("identity", family.Document()), ("acceptance", family.Word), ("refusal", new { unknown = false }) })
                await (await gateway.Post($"{family.Path}/{call}", body, token)).Problem(404, "not_found");
        }
        // The other way round, the guardian's token opens nothing of the minor's.
        await (await gateway.Get(family.Minor.Path, family.Token)).Problem(404, "not_found");
        await (await gateway.Get("/v1/account", family.Token)).Problem(404, "not_found");
        await (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Problem(409, "guardian_pending");
    }

    [Fact]
    public async Task The_minors_own_contact_in_any_spelling_and_a_fourth_invitation_are_refused()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Needing();
        var path = $"{family.Minor.Path}/guardian";
        await (await gateway.Post(path, new { method = "email", email = family.Minor.Contact.ToUpperInvariant() }, family.Minor.Token)).Problem(422, "guardian_contact_same");
        await (await gateway.Post(path, new { method = "phone", phone = "12" }, family.Minor.Token)).Problem(422, "phone_invalid");
        for (var i = 0; i < 3; i++) (await gateway.Post(path, new { method = "email", email = $"guardian.{i}.{family.Minor.Id}@example.com" }, family.Minor.Token)).Is(202);
        var limited = await gateway.Post(path, new { method = "email", email = $"guardian.4.{family.Minor.Id}@example.com" }, family.Minor.Token);
        await limited.Problem(429, "guardian_limit");
        Assert.NotNull(limited.Header("Retry-After"));
    }

    [Fact]
    public async Task A_guardian_called_lost_comes_back_by_signing_in_and_nobody_is_invited_before_they_could()
    {
        var gateway = await gateways.Moving;
        var family = new Family(gateway);
        var session = await family.Registered();
        var (account, guardian) = await Signed(gateway, family);
        (await gateway.Send(HttpMethod.Put, $"/v1/guardian/accounts/{account}/freeze", new { frozen = true }, guardian)).Is(200);
        var lost = (await gateway.Delete("/v1/account/guardian", session)).Is(200);
        Assert.Equal(("missing", "contact_lost", true), (lost["state"], lost["loss"], lost.Json.GetProperty("frozen").GetBoolean()));
        Assert.InRange(lost.Json.GetProperty("replacedFrom").GetDateTimeOffset(), gateway.Clock.GetUtcNow().AddHours(71), gateway.Clock.GetUtcNow().AddHours(73));
        var waits = await gateway.Post("/v1/account/guardian", new Family(gateway).Contact, session);
        await waits.Problem(409, "guardian_wait");
        Assert.NotNull(waits.Header("Retry-After"));
        await family.SignedIn(); // and nothing else
        var found = (await gateway.Get("/v1/account/guardian", session)).Is(200);
        Assert.Equal(("standing", true), (found["state"], found.Json.GetProperty("frozen").GetBoolean()));
        await (await gateway.Send(HttpMethod.Patch, "/v1/account", new { displayName = "No" }, session)).Problem(403, "account_limited");

        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await gateway.Delete("/v1/account/guardian", session)).Problem(403, "reauthentication_required");
        await (await gateway.Post("/v1/account/guardian", new Family(gateway).Contact, session)).Problem(403, "reauthentication_required");
    }

    [Fact]
    public async Task An_invitation_repeated_with_its_key_is_answered_as_before_also_when_the_authentication_is_old()
    {
        var gateway = await gateways.Moving;
        var family = new Family(gateway);
        var session = await family.Registered();
        var (account, guardian) = await Signed(gateway, family);
        (await gateway.Delete($"/v1/guardian/accounts/{account}", guardian)).Is(204);
        var (next, key) = (new Family(gateway).Contact, Visitor.Key());
        var invited = (await gateway.Post("/v1/account/guardian", next, session, key)).Is(202);
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(invited.Text, (await gateway.Post("/v1/account/guardian", next, session, key)).Is(202).Text);
        await (await gateway.Post("/v1/account/guardian", new Family(gateway).Contact, session, key)).Problem(422, "idempotency_key_reused");
        await (await gateway.Post("/v1/account/guardian", next, session, Visitor.Key())).Problem(403, "reauthentication_required");
    }

    [Fact]
    public async Task A_number_that_cannot_be_asked_about_is_no_empty_list()
    {
        var authority = new SilentAuthority();
        await using var gateway = await LiveGateway.Start(null, services => services.Replace(ServiceDescriptor.Singleton<IRecycledNumberCheck>(authority)));
        var family = new Family(gateway);
        var (account, _) = await family.Standing();
        // What a reminder does: the guardian's place for this account stands until the 18th birthday from here on.
        await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<AiCloud.Accounts.IAccountGrain>(AiCloud.Accounts.AccountKeys.Of(Guid.Parse(account))).Settle(TestContext.Current.CancellationToken);
        gateway.Clock.Advance(TimeSpan.FromDays(91));
        var guardian = await family.SignedIn();
        foreach (var path in new[] { "/v1/guardian/accounts", "/v1/guardian/self" })
            await (await gateway.Get(path, guardian)).Problem(503, "number_check_unavailable");
        authority.Says = NumberStanding.Unchanged;
        await (await gateway.Get("/v1/guardian/accounts", guardian)).Problem(503, "number_check_unavailable"); // asked once a minute
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single((await gateway.Get("/v1/guardian/accounts", guardian)).Is(200).Json.EnumerateArray());
    }

    [Fact]
    public async Task Who_agreed_withdraws_with_the_invitation_until_the_account_opens()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Agreed();
        Assert.True((await gateway.Get(family.Path, family.Token)).Is(200).Json.GetProperty("mayWithdraw").GetBoolean());
        Assert.Equal("declined", (await gateway.Post($"{family.Path}/refusal", new { unknown = false }, family.Token)).Is(200)["state"]);
        await (await family.Minor.Complete(family.Minor.CompletionBody(family.BirthDate()))).Problem(403, "guardian_required");
        Assert.Equal("declined", (await gateway.Get(family.Minor.Path, family.Minor.Token)).Is(200).Json.GetProperty("guardian").GetProperty("state").GetString());

        var opened = new Family(gateway);
        await opened.Registered();
        Assert.False((await gateway.Get(opened.Path, opened.Token)).Is(200).Json.GetProperty("mayWithdraw").GetBoolean());
        await (await gateway.Post($"{opened.Path}/refusal", new { unknown = false }, opened.Token)).Problem(410, "invitation_expired");
    }

    private static async Task<(string Account, string Guardian)> Signed(LiveGateway gateway, Family family)
    {
        var guardian = await family.SignedIn();
        return (Family.First(await gateway.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString()!, guardian);
    }

    [Fact]
    public async Task Who_does_not_know_the_inviter_says_so_without_a_code_and_ends_the_attempt()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Invited();
        Assert.Equal("unknown_person", (await gateway.Post($"{family.Path}/refusal", new { unknown = true }, family.Token)).Is(200)["state"]);
        await (await gateway.Get(family.Minor.Path, family.Minor.Token)).Problem(410, "registration_expired");
    }

    [Fact]
    public async Task A_contact_that_is_nobodys_guardian_is_sent_a_code_like_any_and_told_so_only_when_proven()
    {
        var gateway = await gateways.Moving;
        var nobody = new Family(gateway);
        var (challenge, code) = await nobody.AskedToSignIn();
        await (await gateway.Post("/v1/guardian/sessions", new { challenge, code = Visitor.Not(code) })).Problem(422, "code_wrong");
        await (await gateway.Post("/v1/guardian/sessions", new { challenge, code })).Problem(404, "not_a_guardian");
    }

    [Fact]
    public async Task An_invitation_never_leads_where_a_request_says()
    {
        var gateway = await gateways.Moving;
        var family = await new Family(gateway).Needing();
        await (await gateway.Post($"{family.Minor.Path}/guardian", family.Contact, family.Minor.Token, ("Host", "evil.example.com"))).Problem(503, "unavailable");
    }

    private static (string, string, string) Parts(Reply reply) => (reply["state"], reply["relationship"], reply["assurance"]);

    private sealed class SilentAuthority : IRecycledNumberCheck
    {
        public NumberStanding Says { get; set; } = NumberStanding.Later;

        public Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation) => Task.FromResult(Says);
    }
}
