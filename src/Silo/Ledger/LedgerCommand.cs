using System.Globalization;
using System.Text;
using AiCloud.Accounts;
using AiCloud.Hosting;
using AiCloud.Invariants;
using AiCloud.Protection;

namespace AiCloud.Ledger;

/// <summary>
/// <c>ledger verify [--account ID]</c> walks the chains and reports the first break of each account; <c>ledger who --account ID --at INSTANT</c> says
/// which versions bound an account then, and by which act. Reads only. Exit code 0 when whole, 2 when not, 1 when asked wrongly.
/// </summary>
internal static class LedgerCommand
{
    private const string Usage = "ledger: say \"verify [--account ID]\" or \"who --account ID --at INSTANT\".";

    public static async Task<int> Run(string[] words, IConfiguration configuration, TextWriter output, TimeSpan beforeSecondRead) => await Start.Reached(async () =>
    {
        var account = Option(words, "--account") is { } id ? Account(id) : null;
        await using var tables = new LedgerTables(CheckedDatabase.Settings(configuration));
        var services = await tables.Services(Start.Bound<ClusterSettings>(configuration, AccountsOptions.Section + ":Cluster").ServiceId);
        var inspection = new LedgerInspection(tables, RingKeys(configuration), beforeSecondRead);
        return words switch
        {
            ["verify", ..] => await Verify(inspection, services, account, output),
            ["who", ..] => await Who(tables, inspection, services, account ?? throw new StartRefusedException("ledger who: name the account with --account."),
                Instant(Option(words, "--at") ?? throw new StartRefusedException("ledger who: name the instant with --at.")), output),
            _ => throw new StartRefusedException(Usage),
        };
    });

    private static async Task<int> Verify(LedgerInspection inspection, IReadOnlyList<string> services, string? account, TextWriter output)
    {
        var breaks = new List<LedgerBreak>();
        foreach (var service in services) breaks.AddRange(account is null ? await inspection.All(service) : await inspection.One(service, account));
        var figures = inspection.Figures;
        if (account is not null && figures.Entries == 0 && breaks.All(found => found.Account is null)) throw Unknown(account);
        foreach (var found in breaks) await output.WriteLineAsync($"BREAK {found}");
        await output.WriteLineAsync(Text(figures, breaks.Count));
        return breaks.Count == 0 ? 0 : 2;
    }

    private static async Task<int> Who(LedgerTables tables, LedgerInspection inspection, IReadOnlyList<string> services, string account, DateTimeOffset at, TextWriter output)
    {
        foreach (var service in services)
        {
            if (await Chain(tables, service, account) is not { Count: > 0 } chain) continue;
            var breaks = (await inspection.One(service, account)).Where(found => found.Account is not null).ToArray();
            foreach (var found in breaks) await output.WriteLineAsync($"BREAK {found}");
            await output.WriteAsync(Text(Bound.At(account, chain, at)));
            await output.WriteLineAsync(breaks.Length == 0 ? $"The chain is whole: {chain.Count} entries." : "The chain is broken: what stands above is not proven.");
            return breaks.Length == 0 ? 0 : 2;
        }
        throw Unknown(account);
    }

    /// <summary>What of the chain can be read, in the ledger and on its way there.</summary>
    private static async Task<List<LedgerEntry>> Chain(LedgerTables tables, string service, string account)
    {
        var chain = new List<LedgerEntry>();
        await foreach (var row in tables.Entries(service, account))
            if (row.Entry() is { } entry) chain.Add(entry);
        await foreach (var (_, state) in tables.Accounts(service, account))
            chain.AddRange(state.WithLedger(account).Unflushed().Where(entry => entry.Number > (chain.LastOrDefault()?.Number ?? 0)).ToArray());
        return chain;
    }

    internal static string Text(LedgerFigures figures, int breaks) => string.Create(CultureInfo.InvariantCulture,
        $"{figures.Accounts} accounts, {figures.Entries} entries ({figures.WithoutEvidence} without their sealed evidence), {figures.NotBegun} accounts not in the ledger yet, {figures.Checkpoints} checkpoints ({figures.SignedByRing} signed by this key ring){(figures.UnderWay ? ", the next one being taken" : "")}, {breaks} breaks");

    private static string Text(BoundAgreements bound)
    {
        var text = new StringBuilder($"Account {bound.Account} at {Short(bound.At)}\n");
        if (bound.Agreements.Length == 0) text.Append("Nothing had been accepted by then.\n");
        foreach (var one in bound.Agreements)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Document.Kind} {one.Document.Version}  sha256 {one.Document.Sha256}\n");
            text.Append(CultureInfo.InvariantCulture, $"    since {Short(one.Since)}, {one.Manner}, by {one.Act}{(one.With is { } with ? $", along with {with.Kind} {with.Version}" : "")} (entry {one.Entry})\n");
        }
        foreach (var one in bound.Consents)
            text.Append(CultureInfo.InvariantCulture, $"{(one.Given ? "consent to" : "no consent to")} {one.Purpose} ({one.Document.Kind} {one.Document.Version})\n    since {Short(one.Since)}, by {one.Act} (entry {one.Entry})\n");
        return text.ToString();
    }

    private static string Short(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    // Not by way of the configuration: there "account" could as well be a variable of the environment.
    private static string? Option(string[] words, string name)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].StartsWith(name + "=", StringComparison.Ordinal)) return words[i][(name.Length + 1)..];
            if (words[i] == name) return i + 1 < words.Length ? words[i + 1] : throw new StartRefusedException(Usage);
        }
        return null;
    }

    private static string Account(string id) => Guid.TryParse(id, out var account) ? AccountKeys.Of(account) : throw new StartRefusedException("ledger: --account takes the account's id, a UUID.");

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            ? at : throw new StartRefusedException("ledger: --at takes an instant with its offset (RFC 3339), such as 2026-03-02T04:00:00Z or 2026-03-02T12:00:00+08:00.");

    private static StartRefusedException Unknown(string account) => new($"ledger: account {account} has no entry in this database.");

    /// <summary>The public keys of the ring, where it can be read; without it, what the database says was published has to do.</summary>
    internal static IReadOnlyList<EvidenceKey> RingKeys(IConfiguration configuration)
    {
        var file = configuration[KeysOptions.Section + ":File"] is { Length: > 0 } named ? named
            : configuration[AccountsOptions.Section + ":DataDirectory"] is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "keys.json")) ? Path.Combine(folder, "keys.json") : null;
        return file is null ? [] : new EvidenceSigner(KeyRing.Load(file)).PublicKeys();
    }
}
