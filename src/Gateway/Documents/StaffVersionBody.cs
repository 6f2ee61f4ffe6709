using System.ComponentModel.DataAnnotations;
using System.Xml;
using AiCloud.Requests;

namespace AiCloud.Documents;

/// <summary>A version as staff see it, whatever became of it.</summary>
public record StaffVersionBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The label.</summary>
    public required string Version { get; init; }

    /// <summary>How far it has come, by clock.</summary>
    [AllowedValues("draft", "announced", "in_force", "superseded", "withdrawn")] public required string State { get; init; }

    /// <summary>SHA-256 of the text in both languages, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it changes.</summary>
    [AllowedValues("wording", "contract", "processing")] public required string Class { get; init; }

    /// <summary>Why.</summary>
    [AllowedValues("law", "business")] public required string Ground { get; init; }

    /// <summary>From announcement to force, where the draft asked for a period.</summary>
    public string? EffectiveAfter { get; init; }

    /// <summary>Staff id of the author; absent for the texts that came with the product.</summary>
    public string? Author { get; init; }

    /// <summary>When it was handed in.</summary>
    public DateTimeOffset? DraftedAt { get; init; }

    /// <summary>Staff id of the announcer.</summary>
    public string? Announcer { get; init; }

    /// <summary>When it was announced, by the database's clock.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>From when it is in force.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Staff id of who proposed to withdraw it.</summary>
    public string? WithdrawalProposedBy { get; init; }

    /// <summary>Staff id of who withdrew it.</summary>
    public string? WithdrawnBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>When its coming into force was noted. Readers go by the clock and do not wait for it.</summary>
    public DateTimeOffset? ActivationNotedAt { get; init; }

    internal static StaffVersionBody Of(ManagedVersion managed, DocumentVersion? inForce, DateTimeOffset now) => new()
    {
        Kind = managed.Kind,
        Version = managed.Version,
        State = StateOf(managed, inForce, now),
        Sha256 = managed.Sha256,
        Class = DocumentVersionBody.ClassOf(managed.Content.Class),
        Ground = GroundOf(managed.Content.Ground),
        EffectiveAfter = managed.Content.EffectiveAfter is { } after ? XmlConvert.ToString(after) : null,
        Author = managed.Author.Staff,
        DraftedAt = managed.DraftedAt,
        Announcer = managed.Announcer?.Staff,
        AnnouncedAt = managed.AnnouncedAt,
        EffectiveAt = managed.EffectiveAt,
        WithdrawalProposedBy = managed.WithdrawalProposer?.Staff,
        WithdrawnBy = managed.WithdrawnBy?.Staff,
        WithdrawnAt = managed.WithdrawnAt,
        ActivationNotedAt = managed.ActivationNotedAt,
    };

    internal static StaffVersionBody Of(DocumentVersion first, DocumentVersion? inForce) => new()
    {
        Kind = first.Kind,
        Version = first.Version,
        State = first.Version == inForce?.Version ? "in_force" : "superseded",
        Sha256 = first.Sha256,
        Class = DocumentVersionBody.ClassOf(first.Class),
        Ground = GroundOf(first.Ground),
        AnnouncedAt = first.AnnouncedAt,
        EffectiveAt = first.EffectiveAt,
    };

    private static string StateOf(ManagedVersion managed, DocumentVersion? inForce, DateTimeOffset now) => managed.Status switch
    {
        DocumentStatus.Draft => "draft",
        DocumentStatus.Withdrawn => "withdrawn",
        DocumentStatus.Announced => managed.EffectiveAt > now ? "announced" : managed.Version == inForce?.Version ? "in_force" : "superseded",
    };

    internal static string GroundOf(DocumentGround ground) => ground switch
    {
        DocumentGround.Business => "business",
        DocumentGround.Law => "law",
    };
}

/// <summary>A version with its texts, as whoever is to announce it reads it.</summary>
public sealed record StaffTextBody
{
    /// <summary>What is known of it.</summary>
    public required StaffVersionBody Version { get; init; }

    /// <summary>Titles by language tag; empty for those of the version before.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <summary>Summary of changes by language tag.</summary>
    [MaxLength(4000), Text(TextRule.Multiline)] public required IReadOnlyDictionary<string, string> Summary { get; init; }

    /// <summary>Markdown by language tag.</summary>
    [MaxLength(DraftVersion.LongestTexts), Text(TextRule.Multiline)] public required IReadOnlyDictionary<string, string> Content { get; init; }

    /// <summary>The processing table.</summary>
    [MaxLength(100)] public required ProcessingRow[] Processing { get; init; }
}

/// <summary>An announcement (C2.5b).</summary>
public sealed record AnnouncementBody
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text in both languages.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The announcement's instant, by the database's clock.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>From when it is in force: never less than 7 times 24 hours later, but for a kind's first version.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    internal static AnnouncementBody Of(ManagedVersion announced) => new()
    {
        Kind = announced.Kind,
        Version = announced.Version,
        Sha256 = announced.Sha256,
        AnnouncedAt = announced.AnnouncedAt!.Value,
        EffectiveAt = announced.EffectiveAt!.Value,
    };
}
