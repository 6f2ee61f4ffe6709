using System.Collections.Concurrent;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace AiCloud.Registration;

/// <summary>Tokens that this service did not make cost no actor anything: whoever floods with them reaches the gateway and nothing behind it (DESIGN §7).</summary>
public sealed class ForgedTokenTests
{
    [Fact]
    public async Task A_token_with_a_bad_mac_reaches_no_actor()
    {
        var calls = new Calls();
        await using var gateway = await LiveGateway.Start(null, services => services.AddSingleton<IIncomingGrainCallFilter>(calls));
        var person = await Visitor.ByPhone(gateway).Verified();
        var session = await Visitor.ByEmail(gateway).Registered();
        var other = Visitor.ByPhone(gateway);
        await other.Start();

        calls.To.Clear();
        foreach (var forged in Forged(person.Token).Append(other.Token).Append(session))
        {
            foreach (var (method, below, body) in TokenTests.Calls.Select(call => call.Data))
                await (await gateway.Send(new HttpMethod(method), person.Path + below, body.Length > 0 ? body : null, forged)).Problem(404, "not_found");
        }
        foreach (var forged in Forged(session).Append(person.Token))
        {
            foreach (var path in new[] { "/v1/account", "/v1/account/sessions", "/v1/account/acceptances" }) await (await gateway.Get(path, forged)).Problem(404, "not_found");
            await (await gateway.Post("/v1/account/password", new { currentPassword = "correct horse battery", newPassword = "another horse battery" }, forged)).Problem(404, "not_found");
        }
        Assert.DoesNotContain(calls.To, call => call is "registration" or "account" or "identifier");

        // Calls are seen where there are any: an authentic token of another secret is the actor's to refuse.
        var invented = gateway.Services.GetRequiredService<Tokens>().Issue(Tokens.Registration, person.Id, gateway.Services.GetRequiredService<IRandomness>()).Text;
        await (await gateway.Get(person.Path, invented)).Problem(404, "not_found");
        Assert.Single(calls.To, "registration");
        (await gateway.Get("/v1/account", session)).Is(200);
        Assert.Contains("account", calls.To);
    }

    /// <summary>The token with each of its parts changed by one character.</summary>
    private static IEnumerable<string> Forged(string token)
    {
        var parts = token.Split('.');
        for (var part = 0; part < parts.Length; part++)
        {
            var changed = (string[])parts.Clone();
            // Not the last character: in base64url some of its bits carry nothing.
            changed[part] = (changed[part][0] == 'A' ? 'B' : 'A') + changed[part][1..];
            yield return string.Join('.', changed);
        }
    }

    private sealed class Calls : IIncomingGrainCallFilter
    {
        public ConcurrentQueue<string> To { get; } = new();

        public Task Invoke(IIncomingGrainCallContext context)
        {
            To.Enqueue(context.TargetId.Type.ToString()!);
            return context.Invoke();
        }
    }
}
