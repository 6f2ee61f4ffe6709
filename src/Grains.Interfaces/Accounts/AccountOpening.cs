using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Identifiers;

namespace AiCloud.Accounts;

/// <summary>Everything a new account is made of.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.open-account")]
public sealed record OpenAccount
{
    /// <summary>The registration: also the operation of the hold on the identifier.</summary>
    [Id(0)] public required string Registration { get; init; }
    /// <summary>The completion request whose content this is.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Deadline of the hold; afterwards a prepared account settles itself.</summary>
    [Id(2)] public required DateTimeOffset HoldUntil { get; init; }
    /// <summary>The proven contact.</summary>
    [Id(3)] public required Identifier Contact { get; init; }
    /// <summary>Key of the contact's identifier actor.</summary>
    [Id(4)] public required string IdentifierKey { get; init; }
    /// <summary>PHC string of the password.</summary>
    [Id(5)] public required string PasswordHash { get; init; }
    /// <summary>Stated birth date (C2.1a).</summary>
    [Id(6)] public required DateOnly BirthDate { get; init; }
    /// <summary>Name to show; optional.</summary>
    [Id(7)] public string? DisplayName { get; init; }
    /// <summary>What was accepted, in full.</summary>
    [Id(8)] public required Acceptance[] Acceptances { get; init; }
    /// <summary>The first session.</summary>
    [Id(9)] public required NewSession Session { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    [Id(10)] public required string Locale { get; init; }
    /// <summary>Declarations made: information, eligibility, capacity (C2.1c-e).</summary>
    [Id(11)] public required string[] Declarations { get; init; }
    /// <summary>Keyed digest of the completion request's body, without the password.</summary>
    [Id(12)] public required string Fingerprint { get; init; }
    /// <summary>For 16 and 17: what binds the guardian (C2.1b).</summary>
    [Id(13)] public Guardians.GuardianBinding? Guardian { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(OpenAccount);
}

/// <summary>How an acceptance came about (C0.1, C2.5c).</summary>
public enum AcceptanceManner
{
    /// <summary>By an act meant to accept.</summary>
    Explicit = 1,
    /// <summary>By continued use after the effective instant.</summary>
    Deemed = 2,
}

/// <summary>One acceptance with its evidence. Members from <see cref="Language"/> on are kept under the evidence key.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.acceptance")]
public sealed record Acceptance
{
    /// <summary>The text.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>Versions and digests of the rules and policies accepted along with it.</summary>
    [Id(1)] public required DocumentReference[] Incorporated { get; init; }
    /// <summary>The instant.</summary>
    [Id(2)] public required DateTimeOffset AcceptedAt { get; init; }
    /// <summary>Explicit or deemed.</summary>
    [Id(3)] public required AcceptanceManner Manner { get; init; }
    /// <summary>The act: <c>registration_start</c>, <c>registration_completion</c>, <c>consent</c>, or one of <see cref="ActsOfUse"/>.</summary>
    [Id(4)] public required string Act { get; init; }
    /// <summary>Language in which the text was shown.</summary>
    [Id(5)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(6)] public required string Channel { get; init; }
    /// <summary>Registration or session in which it happened, or the service that reported it.</summary>
    [Id(7)] public required string Session { get; init; }
    /// <summary>Keyed digest of the network prefix.</summary>
    [Id(8)] public required long Network { get; init; }
    /// <summary>How far the version's announcement had reached; null for what was accepted by an act meant to.</summary>
    [Id(9)] public AcceptanceNotice? Notice { get; init; }
    /// <summary>When the change was first shown to this person; null when it never was.</summary>
    [Id(10)] public DateTimeOffset? NoticeShownAt { get; init; }
}

/// <summary>The account opened, by which request's content.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.account-confirmed")]
public sealed record AccountConfirmed
{
    /// <summary>The completion request whose content was committed.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The account.</summary>
    [Id(1)] public required AccountView Account { get; init; }
    /// <summary>The session that the committed request opened; null once it ended.</summary>
    [Id(2)] public SessionView? Session { get; init; }
    /// <summary>Keyed digest of the committed request's body.</summary>
    [Id(3)] public required string Fingerprint { get; init; }
}
