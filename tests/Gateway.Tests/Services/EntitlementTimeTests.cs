using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Delivery;
using AiCloud.Live;
using AiCloud.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Services;

/// <summary>
/// How long an answer to another service takes, beside what cannot be gone below (a request to a bare server over loopback, an actor call that does nothing), in
/// one run and under the same concurrency; warm, and cold: the account out of memory. AICLOUD_ENTITLEMENT_CALLS: how many of each (scripts/measure-entitlement.sh).
/// </summary>
[Trait("Takes", "long")]
public sealed class EntitlementTimeTests(StaffGateway staff, ITestOutputHelper output) : IClassFixture<StaffGateway>
{
    private const int People = 50, AtOnce = 16;

    private static int Calls => int.Parse(Environment.GetEnvironmentVariable("AICLOUD_ENTITLEMENT_CALLS") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_answer_costs_little_more_than_a_call_that_does_nothing()
    {
        var gateway = staff.Gateway;
        var token = await ServiceCaller.TokenFor(gateway, "object-storage");
        var accounts = new List<string>();
        for (var i = 0; i < People; i++) accounts.Add((await gateway.Get("/v1/account", await Visitor.ByPhone(gateway).Registered())).Is(200)["id"]);
        var grains = gateway.Services.GetRequiredService<IGrainFactory>();
        var report = new UseReport { ServiceType = "object-storage", Operation = "upload", Used = true, Needs = [new ServiceNeed { Fact = NeededFact.Contact }, new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Contact }] };

        await using var bare = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]).Build();
        bare.MapGet("/", () => "ok");
        await bare.StartAsync();
        var limit = new Uri(bare.Urls.Single());

        (string What, Func<string, Task> Call)[] kinds =
        [
            ("the limit: HTTP to a bare server (GET /)", async _ => (await Reply.Of(await gateway.Client.GetAsync(limit))).Is(200)),
            ("HTTP without an actor or a check (GET /health/live)", async _ => (await gateway.Get("/health/live")).Is(200)),
            ("actor call that does nothing", account => grains.GetGrain<IDevelopmentOutboxGrain>(account).Read()),
            ("actor call: entitlement, two needs, an age among them", async account => Assert.True((await grains.GetGrain<IAccountGrain>(AccountKeys.Of(Guid.Parse(account))).Use(report)).Value!.Allowed)),
            ("HTTP without an actor (GET /v1/services/object-storage)", async _ => (await gateway.Get("/v1/services/object-storage")).Is(200)),
            ("HTTP entitlement, question", async account => (await ServiceCaller.Ask(gateway, token, "object-storage", account)).Is(200)),
            ("HTTP entitlement, use", async account => (await ServiceCaller.Ask(gateway, token, "object-storage", account, use: true, operation: "upload")).Is(200)),
        ];
        foreach (var (_, call) in kinds) await Times(call, accounts, Math.Max(200, Calls / 4)); // just-in-time compilation and activations
        output.WriteLine($"| {AtOnce} at once, {Calls:N0} of each | p50 ms | p99 ms | per second |");
        output.WriteLine("|---|---|---|---|");
        var medians = new List<double>();
        foreach (var (what, call) in kinds)
        {
            var began = Stopwatch.GetTimestamp();
            var times = await Times(call, accounts, Calls);
            medians.Add(times[times.Length / 2]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {medians[^1]:0.00} | {times[times.Length * 99 / 100]:0.00} | {Calls / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} |"));
        }
        foreach (var (what, call) in kinds[^2..])
        {
            var times = new List<double>();
            for (var round = 0; round < Math.Max(1, Calls / 4_000); round++)
            {
                await grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
                times.AddRange(await Times(call, accounts, accounts.Count));
            }
            times.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what}, cold ({times.Count}) | {times[times.Count / 2]:0.00} | {times[times.Count * 99 / 100]:0.00} | |"));
        }
        // Beside a request of the same run that asks no actor, and far above what is measured: a call to the database at each question would show.
        Assert.InRange(medians[^2] / medians[^3], 0, 10);
    }

    private static async Task<double[]> Times(Func<string, Task> call, List<string> accounts, int calls)
    {
        var (times, next) = (new ConcurrentBag<double>(), -1);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < calls)
            {
                var began = Stopwatch.GetTimestamp();
                await call(accounts[i % accounts.Count]);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return [.. times.Order()];
    }
}
