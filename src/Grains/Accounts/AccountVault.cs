using System.Globalization;
using AiCloud.Consent;
using AiCloud.Contacts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Protection;

namespace AiCloud.Accounts;

/// <summary>Seals and opens what an account keeps. Every value is bound to its account and its place.</summary>
internal sealed partial class AccountVault(Envelope envelope)
{
    public async Task<AccountState> Seal(string id, OpenAccount request, DateTimeOffset now, CancellationToken cancellation)
    {
        var made = await envelope.Make([AccountState.FactsOwner(id), AccountState.EvidenceOwner(id)], cancellation);
        using var facts = made[0].Key;
        using var evidence = made[1].Key;
        return new AccountState
        {
            Phase = AccountPhase.Prepared,
            Registration = request.Registration,
            Operation = request.Operation,
            Fingerprint = request.Fingerprint,
            HoldUntil = request.HoldUntil,
            CreatedAt = now,
            AccountKey = made[0].Wrapped,
            EvidenceKey = made[1].Wrapped,
            Security = AccountSecurity.None with { Places = facts.ProtectJson(new KnownPlaces().With(Network(request), request.Session.Client).All, Context(id, "places")) },
            Contacts = [new StoredContact(request.Contact.Kind, request.IdentifierKey, facts.ProtectText(request.Contact.Address, Context(id, "contact")), now) { AddedAt = now }],
            PasswordHash = facts.ProtectText(request.PasswordHash, Context(id, "password")),
            BirthDate = facts.ProtectText(request.BirthDate.ToString("O", CultureInfo.InvariantCulture), Context(id, "birth-date")),
            DisplayName = request.DisplayName is null ? null : facts.ProtectText(request.DisplayName, Context(id, "display-name")),
            Locale = request.Locale,
            Declarations = request.Declarations,
            Acceptances = [.. request.Acceptances.Select((acceptance, index) => new StoredAcceptance(
                (index + 1).ToString(CultureInfo.InvariantCulture), acceptance.Document, acceptance.Incorporated, acceptance.AcceptedAt, acceptance.Manner, acceptance.Act,
                evidence.ProtectJson(new AcceptanceEvidence(acceptance.Language, acceptance.Channel, acceptance.Session, acceptance.Network), Context(id, "acceptance"))))],
        };
    }

    public StoredSession Seal(string id, AccountState state, NewSession session, string operation, SessionOptions limits, DateTimeOffset now) => new()
    {
        Id = session.Id,
        SecretDigest = session.SecretDigest,
        Operation = operation,
        AuthenticatedAt = now,
        ExpiresAt = now + limits.AbsoluteLifetime,
        LastSeen = DateOnly.FromDateTime(now.UtcDateTime),
        Client = Facts(id, state, facts => facts.ProtectText(session.Client, Context(id, "client"))),
        Methods = session.Methods,
    };

    public KnownPlaces Places(string id, AccountState state) => new()
    {
        All = state.Security.Places is { } value ? Facts(id, state, facts => facts.UnprotectJson<KnownPlace[]>(value, Context(id, "places"))!) : [],
    };

    public byte[] SealPlaces(string id, AccountState state, KnownPlaces places) => Facts(id, state, facts => facts.ProtectJson(places.All, Context(id, "places")));

    public byte[] SealContact(string id, AccountState state, Identifier contact) => Facts(id, state, facts => facts.ProtectText(contact.Address, Context(id, "contact")));

    public FactsView FactsOf(string id, AccountState state)
    {
        var person = Person(id, state);
        return Facts(id, state, facts => new FactsView
        {
            Contacts = [.. state.Contacts.Select(contact => new KeyedContact { Id = ContactIds.Of(id, contact), Contact = Address(id, facts, contact) })],
            BirthDate = BirthDate(id, facts, state),
            DisplayName = state.DisplayName is { } name ? facts.UnprotectText(name, Context(id, "display-name")) : null,
            RealName = person?.Name,
            CertificateLast = person?.Last,
            CertificateNumber = person?.Number,
            IsBirthDateProven = state.Identity?.Proof is not null,
        });
    }

    private static DateOnly BirthDate(string id, DataKey facts, AccountState state) =>
        DateOnly.ParseExact(facts.UnprotectText(state.BirthDate, Context(id, "birth-date"))!, "O", CultureInfo.InvariantCulture);

    private static long Network(OpenAccount request) => request.Acceptances.LastOrDefault()?.Network ?? 0;

    public byte[] SealPassword(string id, AccountState state, string hash) => Facts(id, state, facts => facts.ProtectText(hash, Context(id, "password")));

    public byte[]? SealDisplayName(string id, AccountState state, string name) =>
        name.Length == 0 ? null : Facts(id, state, facts => facts.ProtectText(name, Context(id, "display-name")));

    public string? DisplayName(string id, AccountState state) =>
        state.DisplayName is { } name ? Facts(id, state, facts => facts.UnprotectText(name, Context(id, "display-name"))) : null;

    public string? Password(string id, AccountState state) =>
        state.PasswordHash is { } value ? Facts(id, state, facts => facts.UnprotectText(value, Context(id, "password"))) : null;

    public PasswordChangeBegun PasswordChange(string id, AccountState state) => Facts(id, state, facts => new PasswordChangeBegun
    {
        CurrentHash = state.PasswordHash is { } value ? facts.UnprotectText(value, Context(id, "password")) : null,
        Contacts = [.. state.Contacts.Select(contact => Address(id, facts, contact))],
        DisplayName = state.DisplayName is { } name ? facts.UnprotectText(name, Context(id, "display-name")) : null,
    });

    public DateOnly? BirthDate(string id, AccountState state) => state.BirthDate is not { } value ? null
        : Facts(id, state, facts => DateOnly.ParseExact(facts.UnprotectText(value, Context(id, "birth-date")), "O", CultureInfo.InvariantCulture));

    public IReadOnlyList<(StoredContact Contact, Identifier Address)> Contacts(string id, AccountState state) => Facts(id, state, facts =>
        state.Contacts.Select(contact => (contact, Address(id, facts, contact))).ToArray());

    public byte[] SealNotice(string id, AccountState state, NoticeEvidence evidence)
    {
        using var key = envelope.Unwrap(state.EvidenceKey!, AccountState.EvidenceOwner(id));
        return key.ProtectJson(evidence, Context(id, "notice"));
    }

    public AccountView View(string id, AccountState state) => Facts(id, state, facts => new AccountView
    {
        Id = Guid.ParseExact(id, "N"),
        CreatedAt = state.CreatedAt,
        Contacts = [.. state.Contacts.Select(contact => View(id, facts, contact))],
        DisplayName = state.DisplayName is { } name ? facts.UnprotectText(name, Context(id, "display-name")) : null,
        BirthDate = $"{facts.UnprotectText(state.BirthDate, Context(id, "birth-date"))[..4]}-**-**",
        Locale = state.Locale,
        Standing = AccountStanding.Good,
    });

    public ContactView View(string id, AccountState state, StoredContact contact) => Facts(id, state, facts => View(id, facts, contact));

    public Identifier Address(string id, AccountState state, StoredContact contact) => Facts(id, state, facts => Address(id, facts, contact));

    private static ContactView View(string id, DataKey facts, StoredContact contact) => new()
    {
        Id = ContactIds.Of(id, contact),
        Kind = contact.Kind,
        Masked = Address(id, facts, contact).Masked,
        ProvenAt = contact.ProvenAt,
    };

    public SessionView View(string id, AccountState state, StoredSession session, bool current) => new()
    {
        Id = session.Id,
        AuthenticatedAt = session.AuthenticatedAt,
        OpenedAt = session.OpenedAt ?? session.AuthenticatedAt,
        ExpiresAt = session.ExpiresAt,
        LastSeen = session.LastSeen,
        Client = Facts(id, state, facts => facts.UnprotectText(session.Client, Context(id, "client"))),
        Methods = session.Methods,
        Scope = session.Scope,
        Allowed = session.Allowed,
        Current = current,
    };

    public AcceptanceView[] Acceptances(string id, AccountState state)
    {
        using var evidence = envelope.Unwrap(state.EvidenceKey!, AccountState.EvidenceOwner(id));
        return [.. state.Acceptances.Select(stored =>
        {
            var sealedPart = evidence.UnprotectJson<AcceptanceEvidence>(stored.Evidence, Context(id, "acceptance"))!;
            return new AcceptanceView
            {
                Id = stored.Id,
                Acceptance = new Acceptance
                {
                    Document = stored.Document,
                    Incorporated = stored.Incorporated,
                    AcceptedAt = stored.AcceptedAt,
                    Manner = stored.Manner,
                    Act = stored.Act,
                    Language = sealedPart.Language,
                    Channel = sealedPart.Channel,
                    Session = sealedPart.Session,
                    Network = sealedPart.Network,
                    Notice = stored.Notice,
                    NoticeShownAt = sealedPart.NoticeShownAt,
                },
            };
        })];
    }

    public StoredAcceptance[] Accepted(string id, AccountState state, IEnumerable<(DocumentVersion Version, DocumentReference[] Incorporated)> versions,
        AcceptanceManner manner, string act, AcceptanceEvidence by, DateTimeOffset now) => Evidence(id, state, evidence => versions.Select((accepted, index) => new StoredAcceptance(
            (state.Acceptances.Length + index + 1).ToString(CultureInfo.InvariantCulture), accepted.Version.Reference, accepted.Incorporated, now, manner, act,
            evidence.ProtectJson(by with { NoticeShownAt = state.ShownAt(accepted.Version) }, Context(id, "acceptance")))
        {
            Notice = manner == AcceptanceManner.Explicit ? null : new AcceptanceNotice
            {
                AnnouncedAt = accepted.Version.AnnouncedAt,
                EffectiveAt = accepted.Version.EffectiveAt,
                Pages = accepted.Version.Notice?.Pages ?? [],
            },
        }).ToArray());

    public byte[] SealConsent(string id, AccountState state, AcceptanceEvidence by) =>
        Evidence(id, state, evidence => evidence.ProtectJson(by, Context(id, "consent")));

    public ConsentDecided View(string id, AccountState state, StoredConsent consent)
    {
        var by = Evidence(id, state, evidence => evidence.UnprotectJson<AcceptanceEvidence>(consent.Evidence, Context(id, "consent"))!);
        return new ConsentDecided { Given = consent.Given, At = consent.At, Document = consent.Document, Language = by.Language, Channel = by.Channel };
    }

    private T Evidence<T>(string id, AccountState state, Func<DataKey, T> use)
    {
        using var evidence = envelope.Unwrap(state.EvidenceKey!, AccountState.EvidenceOwner(id));
        return use(evidence);
    }

    private static Identifier Address(string id, DataKey facts, StoredContact contact) =>
        new(contact.Kind, facts.UnprotectText(contact.Address, Context(id, "contact")));

    private T Facts<T>(string id, AccountState state, Func<DataKey, T> use)
    {
        using var facts = envelope.Unwrap(state.AccountKey!, AccountState.FactsOwner(id));
        return use(facts);
    }

    private static string Context(string id, string place) => $"account/{id}/{place}";
}
