using System.Text.Json;
using AiCloud.Guardians;
using AiCloud.Ledger;
using AiCloud.PersonalData;

namespace AiCloud.Accounts;

/// <summary>What is held about a guardian, opened for them.</summary>
internal sealed partial class AccountVault
{
    public string GuardianName(string id, AccountState state, StoredGuardian guardian) => Facts(id, state, facts => facts.UnprotectText(guardian.Name, Context(id, "guardian-name")));

    public byte[] SealGuardianName(string id, AccountState state, string name) => Facts(id, state, facts => facts.ProtectText(name, Context(id, "guardian-name")));

    /// <summary>Of a standing guardian. Records of others who stood before are theirs.</summary>
    public GuardianOwnData GuardianOwnData(string id, AccountState state, bool whole, IReadOnlyCollection<LedgerEntry> entries)
    {
        var (guardian, contact) = (state.Ward!.Guardian!, Guardian(id, state)!.Contact);
        return new GuardianOwnData
        {
            Account = Guid.ParseExact(id, "N"),
            Name = GuardianName(id, state, guardian),
            Contact = whole ? contact.Address : contact.Masked,
            Relationship = guardian.Relationship,
            Assurance = guardian.Assurance,
            Since = guardian.Since,
            Until = state.Ward.AdultAt,
            SeenAt = guardian.SeenAt,
            NumberCheck = guardian.Asked is { } asked ? new GuardianOwnNumberCheck(asked.AskedAt, asked.Standing, asked.HandedOverAt is not null) : null,
            Identity = guardian.Identity is not { } proven ? null : new GuardianOwnIdentity
            {
                Method = proven.Method, Kind = proven.Kind, At = proven.At, Reference = proven.Reference, Digest = proven.DocumentKey,
                Last = proven.Last is null ? null : Facts(id, state, facts => facts.UnprotectText(proven.Last, Context(id, "guardian-document"))),
            },
            Responsibilities =
            [
                // A number may have been another guardian's before: what is theirs began with them.
                .. state.Responsibilities.Where(kept => kept.From >= guardian.Since).Select(kept => (Kept: kept, Said: Responsibility(id, state, kept))).Where(one => one.Said.Contact == contact.Address).Select(one => new GuardianOwnResponsibility
                {
                    From = one.Kept.From, Until = one.Kept.Until, Name = one.Said.Name, Relationship = one.Said.Relationship, Documents = [.. one.Kept.Documents.Select(text => text.Document)],
                    ConsentedTo = one.Kept.ConsentedTo, ConsentedAt = one.Kept.ConsentedAt, Language = one.Said.Language, Channel = one.Said.Channel, Network = DataCollection.Tag(one.Said.Network),
                }),
            ],
            Entries =
            [
                .. entries.Where(entry => entry.At >= guardian.Since && entry.Kind is LedgerKinds.Guardianship or LedgerKinds.GuardianAcceptance)
                    .Select(entry => new GuardianOwnEntry(entry.Act ?? entry.Kind, entry.At)),
            ],
            Untold =
            [
                .. state.Tellings.Where(telling => telling.To.IdentifierKey == guardian.IdentifierKey)
                    .Select(telling => new GuardianOwnEntry(JsonNamingPolicy.SnakeCaseLower.ConvertName(telling.News.ToString()), telling.At)),
            ],
        };
    }
}
