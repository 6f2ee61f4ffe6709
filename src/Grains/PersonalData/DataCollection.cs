using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Ledger;

namespace AiCloud.PersonalData;

/// <summary>
/// Collects everything that is held about one person, one part in one turn of the account's actor, so that other calls get on in between. A part reads what
/// stands at its turn.
/// </summary>
internal sealed class DataCollection(string id, AccountVault vault, ILedgerReader ledger, IGrainFactory grains)
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 5;

    private HeldAccount? _account;
    private HeldContact[] _contacts = [];
    private HeldCredential? _credential;
    private HeldGuarded? _guarded;
    private HeldSession[] _sessions = [];
    private HeldAcceptance[] _acceptances = [];
    private HeldConsent[] _consents = [];
    private HeldNotice[] _notices = [];
    private HeldExport[] _exports = [];
    private HeldLedgerEntry[] _entries = [];
    private HeldBudget[] _budgets = [];
    private HeldDisclosure[] _disclosures = [];

    /// <summary>Parts collected.</summary>
    public int Done { get; private set; }

    /// <summary>Collects the next part.</summary>
    public async Task Collect(AccountState state, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (Done)
        {
            case 0:
                (_account, _contacts, _credential) = vault.Held(id, state);
                _guarded = vault.HeldGuarded(id, state, now);
                _disclosures = HandOvers.Of(state);
                break;
            case 1:
                _sessions = vault.HeldSessions(id, state);
                _exports = state.Export is { } export ? [new HeldExport { Id = export.Id, RequestedAt = export.RequestedAt, ReadyAt = export.ReadyAt, ExpiresAt = export.ExpiresAt }] : [];
                break;
            case 2:
                (_acceptances, _consents) = vault.HeldAgreements(id, state);
                _notices =
                [
                    .. state.NoticesShown.Select(shown => new HeldNotice { Kind = shown.Kind, Version = shown.Version, At = shown.At, By = "answer" }),
                    .. state.Told.Select(told => new HeldNotice { Kind = told.Document.Kind, Version = told.Document.Version, At = told.At, By = "message" }),
                ];
                break;
            case 3:
                var entries = await ledger.Entries(id, cancellation);
                var last = entries.Count == 0 ? 0 : entries[^1].Number;
                _entries = vault.HeldEntries(id, state, [.. entries, .. state.Unflushed().Where(entry => entry.Number > last)]);
                break;
            case 4:
                var budgets = await Task.WhenAll(state.Contacts.Select(contact => grains.GetGrain<IIdentifierData>(contact.IdentifierKey).Counted(cancellation)));
                _budgets = [.. state.Contacts.Zip(budgets, (contact, counted) => Budget(contact.IdentifierKey, counted))];
                break;
        }
        Done++;
    }

    /// <summary>The whole, as JSON.</summary>
    public byte[] Document(DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new PersonalDataDocument
    {
        Format = PersonalDataDocument.Current,
        CollectedAt = now,
        Account = _account!,
        Contacts = _contacts,
        FormerContacts = _guarded!.FormerContacts,
        Credential = _credential!,
        Security = _guarded.Security,
        Identity = _guarded.Identity,
        Guardianship = _guarded.Guardianship,
        FactMarks = _guarded.FactMarks,
        NumberClaims = _guarded.NumberClaims,
        NumberChecks = _guarded.NumberChecks,
        Sessions = _sessions,
        Acceptances = _acceptances,
        Consents = _consents,
        Notices = _notices,
        Ledger = _entries,
        Budgets = _budgets,
        Disclosures = _disclosures,
        Exports = _exports,
    }, PersonalDataDocument.Json);

    /// <summary>Compresses: what is sealed has no pattern left to compress.</summary>
    public static byte[] Pack(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal)) brotli.Write(json);
        return packed.ToArray();
    }

    /// <summary>Undoes <see cref="Pack"/>.</summary>
    public static byte[] Unpack(byte[] packed)
    {
        using var plain = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress)) brotli.CopyTo(plain);
        return plain.ToArray();
    }

    private static HeldBudget Budget(string digest, IdentifierCounted counted) => new()
    {
        Digest = digest,
        Messages = [.. counted.Messages.Select(sent => new HeldMessage { LeavesAt = sent.LeavesAt, Guesses = sent.Guesses, CodeLength = sent.CodeLength })],
        Askers = [.. counted.Askers.Select(asker => new HeldAsker { Network = Tag(asker.Network), At = asker.At })],
        ProvenNetworks = [.. counted.ProvenFrom.Select(Tag)],
        FailedSignIns = [.. counted.Failures.Select(failures => new HeldFailures { Network = Tag(failures.Network), Count = failures.Count, Since = failures.At })],
        FailedSignInsOfNewNetworks = counted.SharedFailures,
        FailedSignInsSince = counted.SharedFailures > 0 ? counted.SharedSince : null,
        TrustedNetworks = [.. counted.Trusted.Select(Tag)],
        EndsAt = counted.EndsAt,
    };

    /// <summary>A network's digest as text.</summary>
    public static string Tag(long network) => network.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>What guards the account and what was proven or said of it.</summary>
internal sealed record HeldGuarded(
    HeldFormerContact[] FormerContacts, HeldSecurity Security, HeldIdentity? Identity, HeldGuardianship? Guardianship, HeldFactMark[] FactMarks, HeldNumberClaim[] NumberClaims,
    HeldNumberCheck[] NumberChecks)
{
    public override string ToString() => nameof(HeldGuarded);
}
