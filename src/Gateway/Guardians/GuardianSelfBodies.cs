using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AiCloud.Documents;
using AiCloud.Identity;

namespace AiCloud.Guardians;

/// <summary>Everything that is held about a guardian (L-11, L-16): what they see, and what they take along.</summary>
public sealed record GuardianSelfBody
{
    /// <summary>The format of this document.</summary>
    [AllowedValues(Current)] public required string Format { get; init; }

    /// <summary>When it was put together.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>By account that names this guardian.</summary>
    public required GuardianOwnBody[] Guardianships { get; init; }

    /// <summary>Open sessions as guardian.</summary>
    public required GuardianSessionTimesBody[] Sessions { get; init; }

    /// <summary>Until when inviters who were said to be unknown cannot invite this contact, one instant each.</summary>
    public required DateTimeOffset[] Blocked { get; init; }

    internal const string Current = "ai-cloud-guardian-data/1";

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianSelfBody);
}

/// <summary>What one account holds about its guardian.</summary>
public sealed record GuardianOwnBody
{
    /// <summary>The account.</summary>
    public required Guid Account { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The proven contact: masked, whole in a copy.</summary>
    public required string Contact { get; init; }

    /// <summary>Relationship as stated.</summary>
    [AllowedValues("father", "mother", "grandparent", "sibling", "other")] public required string Relationship { get; init; }

    /// <summary>What the identity rests on.</summary>
    [AllowedValues("contact", "id")] public required string Assurance { get; init; }

    /// <summary>Guardian since.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The minor's 18th birthday, when all of this but the responsibilities is erased.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When they last signed in.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The last question to the authority on phone numbers about a number that was not used for long (C2.1g); absent when nobody was asked.</summary>
    public GuardianNumberCheckBody? NumberCheck { get; init; }

    /// <summary>The result of the identity check; absent without one.</summary>
    public GuardianOwnIdentityBody? Identity { get; init; }

    /// <summary>The records of the responsibility, which are kept as proof after all else went.</summary>
    public required GuardianOwnResponsibilityBody[] Responsibilities { get; init; }

    /// <summary>What the ledger says of this guardianship.</summary>
    public required GuardianEntryBody[] Entries { get; init; }

    /// <summary>Messages that could not be sent yet.</summary>
    public required GuardianEntryBody[] Untold { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianOwnBody);

    internal static GuardianOwnBody Of(GuardianOwnData held) => new()
    {
        Account = held.Account,
        Name = held.Name,
        Contact = held.Contact,
        Relationship = GuardianWire.NameOf(held.Relationship),
        Assurance = GuardianWire.NameOf(held.Assurance),
        Since = held.Since,
        Until = held.Until,
        LastSeen = held.SeenAt,
        NumberCheck = held.NumberCheck is not { } check ? null
            : new GuardianNumberCheckBody { AskedAt = check.AskedAt, Standing = JsonNamingPolicy.SnakeCaseLower.ConvertName(check.Standing.ToString()), HandedOver = check.HandedOver },
        Identity = held.Identity is not { } identity ? null : new GuardianOwnIdentityBody
        {
            Method = IdentityBody.MethodOf(identity.Method), Kind = identity.Kind is { } kind ? IdentityWords.NameOf(kind) : null, At = identity.At, Last = identity.Last,
            Reference = identity.Reference, Digest = identity.Digest,
        },
        Responsibilities =
        [
            .. held.Responsibilities.Select(kept => new GuardianOwnResponsibilityBody
            {
                From = kept.From, Until = kept.Until, Name = kept.Name, Relationship = GuardianWire.NameOf(kept.Relationship), Documents = [.. kept.Documents.Select(Of)],
                ConsentedTo = kept.ConsentedTo is { } consent ? Of(consent) : null, ConsentedAt = kept.ConsentedAt, Language = kept.Language, Channel = kept.Channel, Network = kept.Network,
            }),
        ],
        Entries = [.. held.Entries.Select(GuardianEntryBody.Of)],
        Untold = [.. held.Untold.Select(GuardianEntryBody.Of)],
    };

    private static GuardianTextBody Of(DocumentReference text) => new() { Kind = text.Kind, Version = text.Version, Sha256 = text.Sha256 };
}

/// <summary>A question about a guardian's number.</summary>
public sealed record GuardianNumberCheckBody
{
    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What was answered: whether somebody else has the number since, or <c>later</c> when nothing was yet.</summary>
    [AllowedValues("changed", "unchanged", "unknown", "later")] public required string Standing { get; init; }

    /// <summary>Whether the number and the day of its last use were told to the authority by that. Nobody is asked where none is set.</summary>
    public required bool HandedOver { get; init; }
}

/// <summary>What is kept of a guardian's identity check.</summary>
public sealed record GuardianOwnIdentityBody
{
    /// <summary>The way.</summary>
    [AllowedValues("certificate", "network_id")] public required string Method { get; init; }

    /// <summary>The kind of certificate; absent by network ID.</summary>
    public string? Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The end of the number; absent by network ID.</summary>
    public string? Last { get; init; }

    /// <summary>The checker's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Keyed digest of the certificate or subject.</summary>
    public required string Digest { get; init; }
}

/// <summary>One record of the responsibility.</summary>
public sealed record GuardianOwnResponsibilityBody
{
    /// <summary>From when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when; absent while it lasts.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Name as it was accepted under.</summary>
    public required string Name { get; init; }

    /// <summary>Relationship as stated then.</summary>
    [AllowedValues("father", "mother", "grandparent", "sibling", "other")] public required string Relationship { get; init; }

    /// <summary>What was accepted.</summary>
    public required GuardianTextBody[] Documents { get; init; }

    /// <summary>The text whose purpose of a check was consented to; absent without one.</summary>
    public GuardianTextBody? ConsentedTo { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }

    /// <summary>Language in which the texts were shown.</summary>
    public required string Language { get; init; }

    /// <summary>Channel.</summary>
    [AllowedValues("web", "api")] public required string Channel { get; init; }

    /// <summary>Keyed digest of the network.</summary>
    public required string Network { get; init; }
}

/// <summary>A text, by version and digest.</summary>
public sealed record GuardianTextBody
{
    /// <summary>Kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Something noted, and when.</summary>
public sealed record GuardianEntryBody
{
    /// <summary>The act, or what is to be told.</summary>
    public required string What { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    internal static GuardianEntryBody Of(GuardianOwnEntry entry) => new() { What = entry.What, At = entry.At };
}

/// <summary>A session's times.</summary>
public sealed record GuardianSessionTimesBody
{
    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A guardian's correction; what is absent stays.</summary>
public sealed record CorrectGuardianRequest
{
    /// <summary>Full name. A name that a certificate proved stays as it is. Cannot be removed.</summary>
    [MaxLength(64), MinLength(1), DisallowNull] public string? Name { get; init; }

    /// <summary>Relationship to the minor. Cannot be removed.</summary>
    [AllowedValues("father", "mother", "grandparent", "sibling", "other"), DisallowNull] public string? Relationship { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CorrectGuardianRequest);
}
