using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Networks;

/// <summary>The limit of one network prefix, over forged headers and restarts.</summary>
public sealed class NetworkLimitTests
{
    [Fact]
    public async Task The_fourth_start_of_a_network_is_refused_and_another_network_and_a_restart_change_nothing_about_it()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-limits-").FullName;
        try
        {
            (string, string)[] settings = [("AiCloud:Limits:PerNetwork", "3"), ("AiCloud:Gateway:TrustedProxies:0", "127.0.0.1")];
            await using (var gateway = await LiveGateway.Start(folder, null, settings))
            {
                for (var start = 1; start <= 3; start++) (await Visitor.ByPhone(gateway).Start(From($"203.0.113.{start}"))).Is(201);
                await Refused(await Visitor.ByPhone(gateway).Start(From("203.0.113.4")));
                // A stranger's own entry stands left of what the trusted proxy wrote.
                await Refused(await Visitor.ByPhone(gateway).Start(From("198.51.100.7, 203.0.113.4")));
                (await Visitor.ByPhone(gateway).Start(From("198.51.100.7"))).Is(201);
                (await Visitor.ByPhone(gateway).Start(From("2001:db8:1:2::3"))).Is(201);
            }

            await using (var gateway = await LiveGateway.Start(folder, null, settings))
            {
                await Refused(await Visitor.ByPhone(gateway).Start(From("203.0.113.9")));
                (await Visitor.ByPhone(gateway).Start(From("192.0.2.1"))).Is(201);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Without_a_trusted_proxy_nobody_chooses_the_network_they_are_counted_under()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Limits:PerNetwork", "3"));
        for (var start = 1; start <= 3; start++) (await Visitor.ByEmail(gateway).Start(From($"203.0.{start}.1"))).Is(201);
        foreach (var forged in new[] { ("X-Forwarded-For", "198.51.100.1"), ("Forwarded", "for=198.51.100.1"), ("X-Real-IP", "198.51.100.1") })
            await Refused(await Visitor.ByEmail(gateway).Start(forged));
        // Sign-ins have a budget of their own.
        for (var attempt = 1; attempt <= 3; attempt++) await (await Visitor.ByEmail(gateway).SignIn()).Problem(401, "credentials_wrong");
        var spent = await Visitor.ByEmail(gateway).SignIn(headers: From("198.51.100.1"));
        await spent.Problem(429, "too_many_attempts");
    }

    [Fact]
    public async Task The_first_twenty_of_a_prefix_cost_its_actor_nothing_and_are_counted_with_the_first_lease()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Limits:PerNetwork", "2000"));
        for (var start = 1; start <= 20; start++) (await Visitor.ByEmail(gateway).Start()).Is(201);
        Assert.Equal(0, await gateway.Rows("network"));
        (await Visitor.ByEmail(gateway).Start()).Is(201);
        Assert.Equal(40, await Leased(gateway));
        for (var start = 22; start <= 40; start++) (await Visitor.ByEmail(gateway).Start()).Is(201);
        Assert.Equal(40, await Leased(gateway));
        (await Visitor.ByEmail(gateway).Start()).Is(201);
        Assert.Equal(60, await Leased(gateway));
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task With_one_gateway_the_limit_is_exact_whatever_passed_before_the_first_lease()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Limits:PerNetwork", "101"), ("AiCloud:Limits:Lease", "7"));
        for (var start = 1; start <= 101; start++) (await Visitor.ByEmail(gateway).Start()).Is(201);
        await Refused(await Visitor.ByEmail(gateway).Start());
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        (await Visitor.ByEmail(gateway).Start()).Is(201);
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task A_prefix_whose_acts_are_spent_stays_refused_when_more_prefixes_come_than_a_gateway_remembers()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Limits:PerNetwork", "101"));
        for (var start = 1; start <= 101; start++) (await Visitor.ByEmail(gateway).Start()).Is(201);
        await Refused(await Visitor.ByEmail(gateway).Start());

        var budget = gateway.Services.GetRequiredService<NetworkBudget>();
        for (var prefix = 0; prefix < NetworkBudget.PrefixesMax; prefix++) Assert.Null(await budget.Take(NetworkBudget.Starts, OfNetwork(prefix), default));
        await Refused(await Visitor.ByEmail(gateway).Start());
        Assert.Equal(1, await gateway.Rows("network"));

        // Prefixes are not refused for it: their actors decide, until a window is over.
        Assert.Null(await budget.Take(NetworkBudget.Starts, OfNetwork(0), default));
        Assert.Equal(2, await gateway.Rows("network"));
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await budget.Take(NetworkBudget.Starts, OfNetwork(1), default));
        Assert.Equal(2, await gateway.Rows("network"));
    }

    private static Caller OfNetwork(int number) => new() { NetworkKey = $"other-{number}", Network = number, NetworkSite = number, Language = "en", Channel = "api", Client = "" };

    private static async Task<int> Leased(LiveGateway gateway)
    {
        await using var connection = await gateway.Services.GetRequiredService<Database>().State.OpenConnectionAsync();
        var payload = await connection.QuerySingleAsync<byte[]>("SELECT payload FROM state WHERE name = 'network'");
        using var state = JsonDocument.Parse(payload.AsMemory(20)); // after the header (src/Silo/Storage/README.md)
        return state.RootElement.GetProperty("leased").GetInt32();
    }

    private static (string Name, string Value) From(string address) => ("X-Forwarded-For", address);

    private static async Task Refused(Reply reply)
    {
        await reply.Problem(429, "network_limit");
        Assert.InRange(reply.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
}
