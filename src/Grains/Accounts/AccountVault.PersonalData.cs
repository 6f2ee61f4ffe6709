using System.Security.Cryptography;
using System.Text.Json;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Ledger;
using AiCloud.PersonalData;
using AiCloud.Protection;

namespace AiCloud.Accounts;

/// <summary>Opens everything for the person's own copy, and seals the copy.</summary>
internal sealed partial class AccountVault
{
    // What evidence was sealed as. An entry's kind does not say: an acceptance by consent was sealed as an acceptance.
    private static readonly string[] EvidencePlaces = ["acceptance", "consent", "notice", "guardian-act"];

    public (HeldAccount, HeldContact[], HeldCredential) Held(string id, AccountState state) => Facts(id, state, facts => (
        new HeldAccount
        {
            Id = Guid.ParseExact(id, "N").ToString(),
            Phase = Word(state.Phase!.Value),
            CreatedAt = state.CreatedAt,
            Registration = state.Registration,
            DisplayName = state.DisplayName is { } name ? facts.UnprotectText(name, Context(id, "display-name")) : null,
            BirthDate = state.BirthDate is { } date ? facts.UnprotectText(date, Context(id, "birth-date")) : null,
            Locale = state.Locale,
            Declarations = state.Declarations,
            FactsConfirmedAt = state.FactsConfirmedAt,
            OfAgeSince = state.OfAgeSince,
            ContactlessSince = state.Numbers?.ContactlessSince,
            EndingAt = state.Planned?.At,
            EndingGround = state.Planned?.Ground,
            EndingDecidedAt = state.Planned?.Since,
        },
        state.Contacts.Select(contact => new HeldContact
        {
            Kind = Word(contact.Kind), Address = Address(id, facts, contact).Address, ProvenAt = contact.ProvenAt, AddedAt = contact.CameAt, UsedAt = contact.UsedAt, Digest = contact.IdentifierKey,
        }).ToArray(),
        new HeldCredential
        {
            HasPassword = state.PasswordHash is not null, TriesThisHour = state.PasswordTries, TriesSince = state.PasswordTries > 0 ? state.PasswordTriesSince : null,
        }));

    public HeldSession[] HeldSessions(string id, AccountState state) => Facts(id, state, facts => state.Sessions.Select(session => new HeldSession
    {
        Id = session.Id,
        Client = facts.UnprotectText(session.Client, Context(id, "client")),
        Through = session.Through,
        OpenedAt = session.OpenedAt ?? session.AuthenticatedAt,
        AuthenticatedAt = session.AuthenticatedAt,
        ExpiresAt = session.ExpiresAt,
        LastSeen = session.LastSeen,
        Methods = session.Methods,
        Scope = Word(session.Scope),
        Allowed = session.Allowed,
    }).ToArray());

    public (HeldAcceptance[], HeldConsent[]) HeldAgreements(string id, AccountState state) => (
        [.. Acceptances(id, state).Select(view => new HeldAcceptance
        {
            Id = view.Id,
            Document = Held(view.Acceptance.Document),
            Incorporated = [.. view.Acceptance.Incorporated.Select(Held)],
            AcceptedAt = view.Acceptance.AcceptedAt,
            Manner = Word(view.Acceptance.Manner),
            Act = view.Acceptance.Act,
            Language = view.Acceptance.Language,
            Channel = view.Acceptance.Channel,
            Session = view.Acceptance.Session,
            Network = DataCollection.Tag(view.Acceptance.Network),
            NoticeAnnouncedAt = view.Acceptance.Notice?.AnnouncedAt,
            NoticeEffectiveAt = view.Acceptance.Notice?.EffectiveAt,
            NoticeShownAt = view.Acceptance.NoticeShownAt,
            NoticePages = [.. (view.Acceptance.Notice?.Pages ?? []).Select(page => page.Page)],
        })],
        Evidence(id, state, evidence => state.Consents.Select(consent =>
        {
            var by = evidence.UnprotectJson<AcceptanceEvidence>(consent.Evidence, Context(id, "consent"))!;
            return new HeldConsent
            {
                Purpose = consent.Purpose, Given = consent.Given, Withdrawn = consent.Withdrawn, At = consent.At, Document = Held(consent.Document),
                Language = by.Language, Channel = by.Channel, Session = by.Session, Network = DataCollection.Tag(by.Network),
            };
        }).ToArray()));

    public HeldLedgerEntry[] HeldEntries(string id, AccountState state, IReadOnlyCollection<LedgerEntry> entries) => Evidence(id, state, evidence => entries.Select(entry => new HeldLedgerEntry
    {
        Number = entry.Number,
        Kind = entry.Kind,
        At = entry.At,
        Manner = entry.Manner,
        Act = entry.Act,
        Document = entry.Document is { } document ? Held(document) : null,
        Incorporated = [.. entry.Incorporated.Select(Held)],
        Purpose = entry.Purpose,
        Given = entry.Given,
        Evidence = entry.Evidence is { } value ? Opened(id, evidence, entry, value) : null,
        EvidenceSha256 = entry.EvidenceSha256,
        Previous = entry.Previous,
        Hash = entry.Hash,
    }).ToArray());

    public byte[] SealExport(string id, AccountState state, string export, byte[] packed) =>
        Facts(id, state, facts => facts.Protect(packed, Context(id, $"export/{export}")));

    public byte[] OpenExport(string id, AccountState state, string export, byte[] value) =>
        Facts(id, state, facts => facts.Unprotect(value, Context(id, $"export/{export}")));

    private static JsonElement? Opened(string id, DataKey evidence, LedgerEntry entry, byte[] value) => entry.Kind switch
    {
        // The guardian's name and contact are theirs, and outlive the guardianship only as a record for whoever has a ground.
        LedgerKinds.GuardianAcceptance => JsonSerializer.SerializeToElement(
            evidence.UnprotectJson<ResponsibilityEvidence>(value, Context(id, "responsibility")) is { } by ? new { by.Language, by.Channel } : null),
        // The person's own words; where staff keep their evidence is not for them (C2.1g).
        LedgerKinds.Fact => entry.Act == "contested" ? JsonSerializer.SerializeToElement(new { Words = evidence.UnprotectText(value, Context(id, "fact-mark")) }) : null,
        _ => Opened(id, evidence, value),
    };

    private static JsonElement Opened(string id, DataKey evidence, byte[] value)
    {
        foreach (var place in EvidencePlaces)
        {
            try { return evidence.UnprotectJson<JsonElement>(value, Context(id, place)); }
            catch (CryptographicException) when (place != EvidencePlaces[^1])
            {
                // Sealed as something else.
            }
        }
        throw new InvalidOperationException("An entry's evidence was sealed as something that a copy does not know.");
    }

    private static HeldDocument Held(DocumentReference document) => new() { Kind = document.Kind, Version = document.Version, Sha256 = document.Sha256 };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
