using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Identifiers;
using Orleans.Concurrency;

namespace AiCloud.Contacts;

/// <summary>
/// Adding, replacing and removing contacts of an account (C2.1f). Implemented by the account's actor; key and proofs as there. A contact moves by the same
/// protocol as at sign-up: hold, own, named by the account, with <see cref="IIdentifierGrain.Own"/> as the only commit point.
/// </summary>
[Alias("aicloud.grain.account-contacts")]
public interface IAccountContacts : IGrainWithStringKey
{
    /// <summary>
    /// Whether a contact may be added now: keeps that the challenge with this id is for it. Refuses <see cref="RefusalCode.ReauthenticationRequired"/>,
    /// <see cref="RefusalCode.AccountProtected"/>, <see cref="RefusalCode.TooManyContacts"/>, <see cref="RefusalCode.ContactYours"/>, and
    /// <see cref="RefusalCode.NotFound"/> for an unknown one to replace. Repeating it changes nothing.
    /// </summary>
    /// <returns>The language of the account.</returns>
    [Alias("begin-contact")] Task<Outcome<ContactBegun>> BeginContact(SessionProof proof, BeginContact request, CancellationToken cancellation = default);

    /// <summary>
    /// The code was right: the contact becomes the account's, the one to replace goes, and contacts that stood before are told. A repeat finds it done.
    /// Refuses <see cref="RefusalCode.ContactTaken"/>, <see cref="RefusalCode.ContactReserved"/>, <see cref="RefusalCode.ContactBusy"/>.
    /// </summary>
    [Alias("add-contact"), ResponseTimeout("00:00:08")]
    Task<Outcome<AccountView>> AddContact(SessionProof proof, ChallengeProven proven, SiteCall call, CancellationToken cancellation = default);

    /// <summary>
    /// Removes a contact; it stays reserved for the account for a while. One is left at least (<see cref="RefusalCode.LastContact"/>). One that was removed
    /// before is <see cref="RefusalCode.NotFound"/> to another operation.
    /// </summary>
    [Alias("remove-contact"), ResponseTimeout("00:00:08")]
    Task<Outcome<AccountView>> RemoveContact(SessionProof proof, string contact, SiteCall call, CancellationToken cancellation = default);

    /// <summary>The account's own facts, unmasked, after full re-authentication.</summary>
    [Alias("facts")] Task<Outcome<FactsView>> Facts(SessionProof proof, CancellationToken cancellation = default);
}

/// <summary>Where a call came from, as far as messages about it need it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.site-call")]
public sealed record SiteCall
{
    /// <summary>Operation id, from the Idempotency-Key or minted for the HTTP request.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>
    /// Public address of the site, for links in messages; null when none is certain. Never taken from a request's Host header, which whoever asks chooses.
    /// </summary>
    [Id(1)] public string? Site { get; init; }
}

/// <summary>A contact to be proven.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.begin-contact")]
public sealed record BeginContact
{
    /// <summary>Id of the challenge that will be started for it.</summary>
    [Id(0)] public required string Challenge { get; init; }
    /// <summary>Key of the contact's actor.</summary>
    [Id(1)] public required string IdentifierKey { get; init; }
    /// <summary>The contact that it takes the place of, by its name within the account; null to add one.</summary>
    [Id(2)] public string? Replaces { get; init; }
}

/// <summary>A code may be sent.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.contact-begun")]
public sealed record ContactBegun
{
    /// <summary>Language of the account.</summary>
    [Id(0)] public required string Locale { get; init; }
}

/// <summary>Facts as they are kept, for the person they are about.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.facts-view")]
public sealed record FactsView
{
    /// <summary>Contacts, unmasked, with their names within the account.</summary>
    [Id(0)] public required KeyedContact[] Contacts { get; init; }
    /// <summary>Stated birth date.</summary>
    [Id(1)] public required DateOnly BirthDate { get; init; }
    /// <summary>Name to show.</summary>
    [Id(2)] public string? DisplayName { get; init; }
    /// <summary>The name that an identity check proved; null without a proof, and where it was proven by network ID, which tells no name.</summary>
    [Id(3)] public string? RealName { get; init; }
    /// <summary>The last four characters of the certificate's number; null where <see cref="RealName"/> is.</summary>
    [Id(4)] public string? CertificateLast { get; init; }
    /// <summary>The whole number; null unless a legal ground had it kept.</summary>
    [Id(5)] public string? CertificateNumber { get; init; }
    /// <summary>Whether an ID proof stands, beside which no birth date is corrected by stating another (C2.1f).</summary>
    [Id(6)] public bool IsBirthDateProven { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactsView);
}

/// <summary>A contact with its name within the account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.keyed-contact")]
public sealed record KeyedContact
{
    /// <summary>Its name within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The contact.</summary>
    [Id(1)] public required Identifier Contact { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(KeyedContact);
}
