using System.Diagnostics;
using System.Globalization;
using AiCloud.Live;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AiCloud.Protection;

/// <summary>
/// What keys in a vault add to a sign-up and to an account that comes into memory, beside the file ring in one run, one after the other. The vault is a stand-in
/// on this machine over TLS: its own time is nought, so what is added is the calls themselves. AICLOUD_VAULT_PEOPLE: how many of each (scripts/measure-vault.sh).
/// </summary>
[Trait("Takes", "long")]
public sealed class VaultTimeTests(ITestOutputHelper output)
{
    private static int People => int.Parse(Environment.GetEnvironmentVariable("AICLOUD_VAULT_PEOPLE") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_a_vault_adds()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-test-vault-time-").FullName;
        await using var vault = await TransitStandIn.Start(folder);
        var (one, other) = (Directory.CreateDirectory(Path.Combine(folder, "file")).FullName, Directory.CreateDirectory(Path.Combine(folder, "vault")).FullName);
        await using (var ring = await LiveGateway.Start(one, null))
        await using (var inVault = await LiveGateway.Start(other, null, [.. vault.Settings]))
        {
            (string Name, LiveGateway Gateway)[] kinds = [("file ring", ring), ("vault", inVault)];
            foreach (var (_, gateway) in kinds) await Round(gateway, new());
            var times = kinds.Select(_ => new Dictionary<string, List<double>>()).ToArray();
            // Taken in turns, so that whatever else the machine does falls on both alike.
            for (var person = 0; person < People; person++)
                for (var kind = 0; kind < 2; kind++) await Round(kinds[kind].Gateway, times[kind]);
            output.WriteLine($"| {People} of each, in turns, ms | file ring p50 | p99 | vault p50 | p99 | added p50 |");
            output.WriteLine("|---|---|---|---|---|---|");
            foreach (var step in times[0].Keys)
            {
                var (file, away) = (times[0][step].Order().ToArray(), times[1][step].Order().ToArray());
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {step} | {At(file, 0.5):0.00} | {At(file, 0.99):0.00} | {At(away, 0.5):0.00} | {At(away, 0.99):0.00} | {At(away, 0.5) - At(file, 0.5):0.00} |"));
            }
            Assert.Equal(times[0].Keys, times[1].Keys);
            Assert.True(vault.CountOf("decrypt") >= People && vault.CountOf("encrypt") >= 2 * People);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static async Task Round(LiveGateway gateway, Dictionary<string, List<double>> times)
    {
        var person = Visitor.ByEmail(gateway);
        await Timed("start", () => person.Start());
        (await person.Answer(await gateway.Code(person.Contact))).Is(200);
        var session = (await Timed("completion", () => person.Complete())).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
        await Timed("account in memory", () => gateway.Get("/v1/account", session));
        await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Timed("account out of memory", () => gateway.Get("/v1/account", session));

        async Task<Reply> Timed(string step, Func<Task<Reply>> call)
        {
            var began = Stopwatch.GetTimestamp();
            var reply = await call();
            if (!times.TryGetValue(step, out var list)) times[step] = list = [];
            list.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return reply;
        }
    }
}
