using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Registration;

/// <summary>API.md, General: a wrong token is answered as if the thing did not exist; only its own authentic token learns that it is gone.</summary>
public sealed class TokenTests(SharedGateways gateways)
{
    public static TheoryData<string, string, string> Calls => new()
    {
        { "GET", "", "" }, { "DELETE", "", "" }, { "POST", "/code", "" }, { "POST", "/verification", "{\"code\":\"123456\"}" },
        { "POST", "/completion", """{"password":"correct horse","birthDate":"1990-01-01","declarations":{"information":true,"eligibility":true},"acceptances":[]}""" },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task Every_call_asks_for_the_attempts_own_token(string method, string below, string body)
    {
        var gateway = await gateways.Steady;
        var (person, other) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        await person.Start();
        await other.Start();
        var session = await Visitor.ByEmail(gateway).Registered();
        var forged = person.Token[..^1] + (person.Token[^1] == 'A' ? 'B' : 'A');
        var invented = gateway.Services.GetRequiredService<Tokens>().Issue(Tokens.Registration, person.Id, gateway.Services.GetRequiredService<IRandomness>()).Text;

        async Task<Reply> Call(string? token, params (string Name, string Value)[] headers) =>
            await gateway.Send(new HttpMethod(method), person.Path + below, body.Length > 0 ? body : null, token, headers);

        await (await Call(null)).Problem(401, "unauthorized");
        foreach (var malformed in new[] { "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", $"Bearer {person.Token} x", "Bearer a,b", $"Bearer {new string('a', 2000)}" })
            await (await Call(null, ("Authorization", malformed))).Problem(401, "unauthorized");
        foreach (var wrong in new[] { other.Token, session, forged, invented, "reg.x.y.z.a", "token" })
            await (await Call(wrong)).Problem(404, "not_found");
        Assert.Equal("code_sent", (await gateway.Get(person.Path, person.Token)).Is(200)["state"]); // and none of it did anything
    }

    [Fact]
    public async Task Only_its_own_token_learns_that_an_attempt_is_gone()
    {
        var gateway = await gateways.Steady;
        var (person, other) = (Visitor.ByPhone(gateway), Visitor.ByPhone(gateway));
        await person.Start();
        await other.Start();
        await gateway.Delete(person.Path, person.Token);
        await (await gateway.Get(person.Path, person.Token)).Problem(410, "registration_expired");
        await (await gateway.Get(person.Path, other.Token)).Problem(404, "not_found");
        await (await gateway.Get(person.Path)).Problem(401, "unauthorized");
    }

    [Fact]
    public async Task The_api_reads_no_cookies()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByPhone(gateway);
        var started = await person.Start();
        Assert.Null(started.Header("Set-Cookie"));
        await (await gateway.Get(person.Path, null, ("Cookie", $"token={person.Token}; __Host-registration={person.Token}"))).Problem(401, "unauthorized");
    }
}
