using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Accounts;

/// <summary>Strangers who fail at somebody's contact on purpose (P-04, R-05): the owner gets in all the same.</summary>
[Trait("Takes", "long")]
public sealed class LockOutTests
{
    private const string Home = "198.51.100.5";

    [Fact]
    public async Task Strangers_from_very_many_networks_do_not_keep_the_owner_out_who_registered_at_home()
    {
        await using var gateway = await Start();
        var person = await Registered(gateway);
        for (var network = 0; network < 150; network++) await person.SignIn("a guess of mine", headers: From($"203.0.{network}.1"));
        (await person.SignIn(headers: From(Home))).Is(201);
    }

    [Fact]
    public async Task All_networks_of_one_48_are_one_stranger_and_a_new_network_elsewhere_gets_in()
    {
        await using var gateway = await Start();
        var person = await Registered(gateway);
        for (var network = 0; network < 150; network++) await person.SignIn("a guess of mine", headers: From($"2001:db8:0:{network:x}::1"));
        await (await person.SignIn(headers: From("2001:db8:0:ffff::1"))).Problem(429, "too_many_attempts");
        (await person.SignIn(headers: From("2001:db8:1:1::1"))).Is(201);
    }

    [Fact]
    public async Task Who_set_a_new_password_by_code_gets_in_with_it_wherever_they_are_and_whatever_was_tried_before()
    {
        await using var gateway = await Start();
        var person = await Registered(gateway);
        // They had forgotten it, and strangers were at it too.
        for (var guess = 0; guess < 11; guess++) await person.SignIn("what was it again", headers: From("192.0.2.5"));
        for (var network = 0; network < 150; network++) await person.SignIn("a guess of mine", headers: From($"203.0.{network}.1"));
        await (await person.SignIn(headers: From("192.0.2.5"))).Problem(429, "too_many_attempts");

        gateway.Clock.Advance(TimeSpan.FromMinutes(2));
        var reset = (await gateway.Post("/v1/password-resets", new { method = "email", email = person.Contact }, null, From("192.0.2.5"))).Is(201);
        var code = await gateway.Code(person.Contact, 2);
        (await gateway.Post($"/v1/password-resets/{reset["id"]}/verification", new { code }, reset["token"], From("192.0.2.5"))).Is(200);
        (await gateway.Post($"/v1/password-resets/{reset["id"]}/completion", new { password = "another horse battery" }, reset["token"], From("192.0.2.5"))).Is(204);
        (await person.SignIn("another horse battery", headers: From("192.0.2.5"))).Is(201);
    }

    [Fact]
    public async Task Neighbours_in_the_same_network_do_not_keep_out_an_app_that_somebody_signed_in_with()
    {
        await using var gateway = await Start();
        var (person, neighbour) = (await Registered(gateway), await Registered(gateway));
        var mark = (await person.SignIn(headers: From(Home))).Is(201)["knownClient"];
        for (var guess = 0; guess < 10; guess++) await (await person.SignIn("a guess of mine", headers: From(Home))).Problem(401, "credentials_wrong");
        await (await person.SignIn(headers: From(Home))).Problem(429, "too_many_attempts");

        // Neither a forged mark nor somebody else's helps, and neither is refused for itself.
        var other = (await neighbour.SignIn(headers: From("192.0.2.5"))).Is(201)["knownClient"];
        foreach (var useless in new[] { other, mark[..^1] + (mark[^1] == 'A' ? 'B' : 'A'), "mark", "" })
            await (await SignIn(person, person.Password, useless)).Problem(429, "too_many_attempts");
        Assert.Equal(mark, (await SignIn(person, person.Password, mark)).Is(201)["knownClient"]);

        // It is no way to guess without end.
        for (var guess = 0; guess < 10; guess++) await (await SignIn(person, "a guess of mine", mark)).Problem(401, "credentials_wrong");
        await (await SignIn(person, person.Password, mark)).Problem(429, "too_many_attempts");

        Task<Reply> SignIn(Visitor who, string password, string knownClient) =>
            gateway.Post("/v1/sessions", new { identifier = who.Contact, password, knownClient }, null, From(Home));
    }

    private static Task<LiveGateway> Start() => LiveGateway.Start(("AiCloud:Limits:PerNetwork", "0"), ("AiCloud:Gateway:TrustedProxies:0", "127.0.0.1"));

    private static async Task<Visitor> Registered(LiveGateway gateway)
    {
        var person = Visitor.ByEmail(gateway);
        (await person.Start(From(Home))).Is(201);
        (await person.Answer(await gateway.Code(person.Contact), From(Home))).Is(200);
        (await person.Complete(null, From(Home))).Is(201);
        return person;
    }

    private static (string Name, string Value) From(string address) => ("X-Forwarded-For", address);
}
