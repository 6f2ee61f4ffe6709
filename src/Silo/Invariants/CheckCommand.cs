using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Hosting;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Storage;

namespace AiCloud.Invariants;

/// <summary>
/// <c>check</c>: tests the invariants of DESIGN §4 against a database in use. A breach counts when a second read confirms it, since what
/// is read first may be half of a completion under way. While no process is at work, nothing counts as late: whoever starts next does it. Reads only;
/// prints ids only; exit code 0 when sound, 2 when not.
/// </summary>
internal static class CheckCommand
{
    /// <summary>Longer than what a completion under way needs between its writes.</summary>
    public static readonly TimeSpan BeforeSecondRead = TimeSpan.FromSeconds(3);

    /// <summary>Due instants are kept to within seconds; what a crash left is taken up by the next sweep.</summary>
    private static readonly TimeSpan Swept = TimeSpan.FromMinutes(3);

    /// <summary>Reminders may be switched off for a day; what they do is late by that much then.</summary>
    private static readonly TimeSpan SwitchedOff = TimeSpan.FromHours(25);

    /// <summary>A guardian's place that was not kept is tried again every hour; one that was is asked for once a day.</summary>
    private static readonly TimeSpan PlaceTried = TimeSpan.FromMinutes(90);

    public static async Task<int> Run(IConfiguration configuration, TextWriter output, TimeSpan beforeSecondRead, TimeProvider? clock = null) => await Start.Reached(async () =>
    {
        var settings = CheckedDatabase.Settings(configuration);
        await using var rows = new StoredRows(settings, clock ?? TimeProvider.System);
        await rows.LookForProcesses();
        var documents = await Documents(rows);
        var suspects = new List<Suspect>();
        var (identifiers, owned, accounts, open) = (0, 0, 0, 0);

        await foreach (var (key, identifier) in rows.All<IdentifierState>("identifier"))
        {
            identifiers++;
            if (identifier.Owner is not null) owned++;
            if (await Breach(rows, key, identifier) is { } breach) suspects.Add(new Suspect(key, null, breach));
        }
        await foreach (var (key, account) in rows.All<AccountState>("account"))
        {
            accounts++;
            if (account.Phase == AccountPhase.Open) open++;
            if (await Breach(rows, documents, key, account) is { } breach) suspects.Add(new Suspect(null, key, breach));
        }

        var confirmed = await Confirm(rows, documents, suspects, beforeSecondRead);
        confirmed.AddRange(await Unsound(rows));
        var (figures, breaks) = await LedgerBreaks(settings, configuration, beforeSecondRead);
        confirmed.AddRange(breaks);
        foreach (var breach in confirmed) await output.WriteLineAsync($"BREACH {string.Join(": ", new[] { breach.IdentifierKey ?? breach.AccountKey, breach.What }.OfType<string>())}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{identifiers} identifiers ({owned} owned), {accounts} accounts ({open} open), {suspects.Count} looked at twice, {confirmed.Count} breaches"));
        await output.WriteLineAsync(LedgerCommand.Text(figures, breaks.Count));
        if (!rows.Served) await output.WriteLineAsync("no process is at work: what is late was not looked for; check again five minutes after one is");
        return confirmed.Count == 0 ? 0 : 2;
    });

    /// <summary>Every chain is whole, every acceptance of an open account has its entry, and the signed checkpoints are over what is there.</summary>
    private static async Task<(LedgerFigures Figures, IReadOnlyList<Suspect> Breaks)> LedgerBreaks(DatabaseSettings settings, IConfiguration configuration, TimeSpan beforeSecondRead)
    {
        await using var tables = new LedgerTables(settings);
        var inspection = new LedgerInspection(tables, LedgerCommand.RingKeys(configuration), beforeSecondRead);
        var breaks = new List<Suspect>();
        foreach (var service in await tables.Services(Start.Bound<ClusterSettings>(configuration, AccountsOptions.Section + ":Cluster").ServiceId))
            breaks.AddRange((await inspection.All(service)).Select(found => new Suspect(null, null, found.ToString())));
        return (inspection.Figures, breaks);
    }

    /// <summary>
    /// Digests are of the texts, every version but a kind's first was announced seven days before its effect and after the one before was in
    /// force. Whether it is what was announced, only a process with the key ring can tell: it refuses to use the row.
    /// </summary>
    private static async Task<IReadOnlyList<Suspect>> Unsound(StoredRows rows)
    {
        var faults = new List<Suspect>();
        await foreach (var (kind, document) in rows.All<DocumentState>("document"))
            if (DocumentSoundness.Fault(kind, document, (_, _) => true) is { } fault) faults.Add(new Suspect(null, null, fault));
        return faults;
    }

    private static async Task<List<Suspect>> Confirm(StoredRows rows, DocumentSet documents, List<Suspect> suspects, TimeSpan beforeSecondRead)
    {
        if (suspects.Count == 0) return [];
        await Task.Delay(beforeSecondRead);
        var confirmed = new List<Suspect>();
        foreach (var suspect in suspects)
        {
            var breach = suspect.IdentifierKey is { } key
                ? await rows.One<IdentifierState>("identifier", key) is { } identifier ? await Breach(rows, key, identifier) : null
                : await rows.One<AccountState>("account", suspect.AccountKey!) is { } account ? await Breach(rows, documents, suspect.AccountKey!, account) : null;
            if (breach is not null) confirmed.Add(suspect with { What = breach });
        }
        return confirmed;
    }

    /// <summary>Every owned identifier names exactly one account, which is open (or about to open by itself) and names it back.</summary>
    private static async Task<string?> Breach(StoredRows rows, string key, IdentifierState identifier)
    {
        if (await FalseProof(rows, key, identifier) is { } proof) return proof;
        if (identifier.Owner is null) return null;
        var accountKey = AccountKeys.Of(identifier.Owner!.Value);
        if (await rows.One<AccountState>("account", accountKey) is not { } account) return $"owned by {accountKey}, which does not exist";
        // Between its proof and its place among the contacts, and between its leaving and the day its actor knows, the account names it apart.
        var security = account.Security;
        var named = account.Contacts.Select(contact => contact.IdentifierKey).Append(security.Arriving?.Contact.IdentifierKey)
            .Concat(security.Leaving.Where(left => !left.Released).Select(left => left.Contact.IdentifierKey)).Concat((account.Numbers?.Leaving ?? []).Select(lost => lost.IdentifierKey));
        if (!named.Contains(key)) return $"owned by {accountKey}, which does not name it";
        return null;
    }

    /// <summary>Every account that a certificate proves is open and names the certificate: as its proof, as the check under way, or as one to be given back.</summary>
    private static async Task<string?> FalseProof(StoredRows rows, string key, IdentifierState certificate)
    {
        foreach (var owner in certificate.Proofs?.Owners ?? [])
        {
            if (await rows.One<AccountState>("account", AccountKeys.Of(owner)) is not { Phase: AccountPhase.Open } account) return $"proves {AccountKeys.Of(owner)}, which is not open";
            var named = new[] { account.Identity?.Proof?.DocumentKey, account.Identity?.Request?.DocumentKey }.Concat((account.Identity?.Releases ?? []).Select(release => release.Key));
            if (!named.Contains(key)) return $"proves {AccountKeys.Of(owner)}, which does not name it";
        }
        return null;
    }

    /// <summary>Every open account is named by the identifiers it names, and has the acceptances that registration required at its instant.</summary>
    private static async Task<string?> Breach(StoredRows rows, DocumentSet documents, string key, AccountState account)
    {
        if (account.Phase == AccountPhase.Prepared)
        {
            return rows.IsLate(account.DueAt, Swept) ? "prepared, and long past the instant at which it settles itself" : null;
        }
        if (account.Phase == AccountPhase.Ending) return rows.IsLate(account.DueAt, Swept) ? "ending, and long past the instant at which it goes on" : null;
        if (account.Phase == AccountPhase.Ended) return account.AccountKey is null && account.Contacts.Length == 0 ? null : "ended, and not shredded";
        if (rows.IsLate(account.Planned?.At, SwitchedOff)) return "open, and long past the instant at which it ends";
        if (account.Contacts.Length == 0 && account.Numbers?.ContactlessSince is null) return "open without a contact";
        if (account.Security.Arriving is { } arriving && rows.IsLate(arriving.Until, Swept)) return "a contact is arriving, long past the instant at which that is settled";
        if (account.Security.Leaving.Any(left => !left.Released && rows.IsLate(left.At, Swept))) return "a contact left, and its actor still does not know";
        if (account.Numbers?.Leaving.Any(lost => rows.IsLate(lost.At, Swept)) == true) return "a number went to somebody else, and its actor still does not know";
        if (account.Identity?.Proof is { } proof && (await rows.One<IdentifierState>("identifier", proof.DocumentKey))?.Proofs?.Owners.Contains(Guid.ParseExact(key, "N")) != true)
            return $"proven by {proof.DocumentKey}, which does not name it";
        foreach (var contact in account.Contacts)
        {
            if ((await rows.One<IdentifierState>("identifier", contact.IdentifierKey))?.Owner is not { } owner) return $"open, but nobody owns {contact.IdentifierKey}";
            if (AccountKeys.Of(owner) != key) return $"open, but {contact.IdentifierKey} belongs to {AccountKeys.Of(owner)}";
        }
        if (GuardianBreach(rows, account) is { } unguarded) return unguarded;
        if (account.Ward is { Stands: true, Guardian: { } guardian } ward && rows.Now < ward.AdultAt && !await AnswersFor(rows, guardian.IdentifierKey, ward, key))
            return $"its guardian {guardian.IdentifierKey} does not answer for it";
        foreach (var required in documents.RequiredAt(account.CreatedAt))
        {
            var kind = required.Reference.Kind;
            var accepted = account.Acceptances.Where(acceptance => acceptance.Document.Kind == kind).ToArray();
            if (accepted.Length == 0) return $"open without an acceptance of {kind}";
            if (accepted.Any(acceptance => documents.InForce(kind, acceptance.AcceptedAt)?.Reference != acceptance.Document))
                return $"accepted a text of {kind} that was not in force then";
        }
        return null;
    }

    // A place that is asked for soon may not be kept yet; and a contact that went to somebody else names the accounts that are still to be told.
    private static async Task<bool> AnswersFor(StoredRows rows, string guardianKey, Ward ward, string key) =>
        ward.PlaceDue < rows.Now + PlaceTried
        || (await rows.One<IdentifierState>("identifier", guardianKey))?.Wards is { } wards && wards.Wards.Concat(wards.Lost).Any(place => AccountKeys.Of(place.Account) == key);

    /// <summary>
    /// What can be told of a guardianship without opening anything (C2.1b): an account that is a minor's has a guardian with a record of the responsibility, or
    /// says why none stands; and past the 18th birthday nothing of it is left. Whose account is a minor's only the sealed birth date tells.
    /// </summary>
    private static string? GuardianBreach(StoredRows rows, AccountState account)
    {
        if (account.Ward is not { } ward) return account.Responsibilities.Any(each => each.Until is null) ? "a guardian's responsibility goes on without a guardianship" : null;
        if (rows.IsLate(ward.AdultAt, SwitchedOff)) return "of age, and the guardian's data are still there";
        if (ward.Guardian is null && ward.Loss is null) return "a minor's, without a guardian and not limited for want of one";
        if (ward.Stands && account.Responsibilities.Count(each => each.Until is null) != 1) return "a guardian stands without a record of the responsibility";
        return null;
    }

    private static async Task<DocumentSet> Documents(StoredRows rows)
    {
        var kinds = new Dictionary<string, IReadOnlyList<DocumentVersion>>();
        await foreach (var (kind, document) in rows.All<DocumentState>("document")) kinds[kind] = document.Versions;
        return new DocumentSet(kinds);
    }

    private sealed record Suspect(string? IdentifierKey, string? AccountKey, string What);
}
