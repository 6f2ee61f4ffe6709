using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identity;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>
/// What an account holds about its guardian, for the guardian (L-11, L-16): they see it, correct it and take it along. The same actor as <see cref="IAccountGrain"/>.
/// Whatever is not theirs is answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.guardian-own-data")]
public interface IGuardianOwnData : IGrainWithStringKey
{
    /// <summary>
    /// What is held. <paramref name="whole"/> for a copy to take along: with the contact in full, and only by a session that was opened a short while ago
    /// (<see cref="RefusalCode.ReauthenticationRequired"/>).
    /// </summary>
    [Alias("own-data"), ResponseTimeout("00:00:10")] Task<Outcome<GuardianOwnData>> OwnData(GuardianProof proof, bool whole, CancellationToken cancellation = default);

    /// <summary>
    /// Corrects name and relationship. A name that a check proved is not talked away (<see cref="RefusalCode.GuardianNameDiffers"/>), and one that is none is refused so
    /// too. The record of what was accepted under the former one stays, with the correction in the ledger. Said again it changes nothing.
    /// </summary>
    [Alias("correct-own-data")] Task<Outcome<GuardianOwnData>> CorrectOwnData(GuardianProof proof, CorrectGuardian correction, CancellationToken cancellation = default);
}

/// <summary>A guardian's correction; what is null stays.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.correct-guardian")]
public sealed record CorrectGuardian
{
    /// <summary>Full name.</summary>
    [Id(0)] public string? Name { get; init; }
    /// <summary>Relationship.</summary>
    [Id(1)] public GuardianRelationship? Relationship { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CorrectGuardian);
}

/// <summary>What one account holds about its guardian.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-own-data")]
public sealed record GuardianOwnData
{
    /// <summary>The account.</summary>
    [Id(0)] public required Guid Account { get; init; }
    /// <summary>Name.</summary>
    [Id(1)] public required string Name { get; init; }
    /// <summary>The proven contact: masked, whole in a copy.</summary>
    [Id(2)] public required string Contact { get; init; }
    /// <summary>Relationship.</summary>
    [Id(3)] public required GuardianRelationship Relationship { get; init; }
    /// <summary>What the identity rests on.</summary>
    [Id(4)] public required GuardianAssurance Assurance { get; init; }
    /// <summary>Guardian since.</summary>
    [Id(5)] public required DateTimeOffset Since { get; init; }
    /// <summary>The minor's 18th birthday, when all of it but the responsibilities is erased.</summary>
    [Id(6)] public required DateTimeOffset Until { get; init; }
    /// <summary>The result of the identity check; null without one.</summary>
    [Id(7)] public GuardianOwnIdentity? Identity { get; init; }
    /// <summary>The records of this guardian's responsibility, which outlive all else (C2.1b).</summary>
    [Id(8)] public required GuardianOwnResponsibility[] Responsibilities { get; init; }
    /// <summary>What the ledger says of the guardianship since they stand.</summary>
    [Id(9)] public required GuardianOwnEntry[] Entries { get; init; }
    /// <summary>What they are still to be told, and when it happened.</summary>
    [Id(10)] public required GuardianOwnEntry[] Untold { get; init; }
    /// <summary>When they last proved the contact by signing in; null since they accepted.</summary>
    [Id(11)] public DateTimeOffset? SeenAt { get; init; }
    /// <summary>The last question to the authority on numbers about the contact (C2.1g); null when there was none.</summary>
    [Id(12)] public GuardianOwnNumberCheck? NumberCheck { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianOwnData);
}

/// <summary>The last question about a guardian's number, which had not been used for long.</summary>
/// <param name="AskedAt">When.</param>
/// <param name="Standing">What was answered.</param>
/// <param name="HandedOver">Whether the number was told to anybody by that: nobody is asked where no authority is set.</param>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-own-number-check")]
public sealed record GuardianOwnNumberCheck([property: Id(0)] DateTimeOffset AskedAt, [property: Id(1)] NumberStanding Standing, [property: Id(2)] bool HandedOver);

/// <summary>What is kept of a guardian's identity check.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-own-identity")]
public sealed record GuardianOwnIdentity
{
    /// <summary>The way.</summary>
    [Id(0)] public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    [Id(1)] public CertificateKind? Kind { get; init; }
    /// <summary>When.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary>The end of the number; null by network ID.</summary>
    [Id(3)] public string? Last { get; init; }
    /// <summary>The checker's reference.</summary>
    [Id(4)] public string? Reference { get; init; }
    /// <summary>Keyed digest of the certificate or subject.</summary>
    [Id(5)] public required string Digest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianOwnIdentity);
}

/// <summary>One record of the responsibility.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-own-responsibility")]
public sealed record GuardianOwnResponsibility
{
    /// <summary>From when.</summary>
    [Id(0)] public required DateTimeOffset From { get; init; }
    /// <summary>Until when; null while it lasts.</summary>
    [Id(1)] public DateTimeOffset? Until { get; init; }
    /// <summary>Name as it was accepted under.</summary>
    [Id(2)] public required string Name { get; init; }
    /// <summary>Relationship as stated.</summary>
    [Id(3)] public required GuardianRelationship Relationship { get; init; }
    /// <summary>What was accepted.</summary>
    [Id(4)] public required DocumentReference[] Documents { get; init; }
    /// <summary>The text whose purpose of a check was consented to; null without one.</summary>
    [Id(5)] public DocumentReference? ConsentedTo { get; init; }
    /// <summary>When.</summary>
    [Id(6)] public DateTimeOffset? ConsentedAt { get; init; }
    /// <summary>Language in which the texts were shown.</summary>
    [Id(7)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c> or <c>api</c>.</summary>
    [Id(8)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the network prefix, as a word.</summary>
    [Id(9)] public required string Network { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianOwnResponsibility);
}

/// <summary>Something that is noted about a guardian.</summary>
/// <param name="What">The act, or the news.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-own-entry")]
public sealed record GuardianOwnEntry([property: Id(0)] string What, [property: Id(1)] DateTimeOffset At);
