using AiCloud.Languages;

namespace AiCloud.Services;

/// <summary>The types of service that operators describe, and what each needs of an account.</summary>
/// <param name="Types">In the order of the file.</param>
/// <param name="Digest">SHA-256 of the file, lower-case hex; empty for a catalogue without one.</param>
public sealed record ServiceCatalogue(IReadOnlyList<ServiceType> Types, string Digest)
{
    /// <summary>No service types.</summary>
    public static readonly ServiceCatalogue Empty = new([], "");

    /// <summary>The type of that id.</summary>
    public ServiceType? Find(string id) => Types.FirstOrDefault(type => type.Id == id);
}

/// <summary>One type of service.</summary>
public sealed record ServiceType
{
    /// <summary>Stable id: a lower-case letter, then up to 63 of a-z, 0-9, hyphen, underscore and dot.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required Localized Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public Localized? Description { get; init; }

    /// <summary>Whether it publishes what people say or passes it on: the law then asks for a real identity (L-10).</summary>
    public required bool Publishing { get; init; }

    /// <summary>What any use of it needs.</summary>
    public required IReadOnlyList<DescribedNeed> Needs { get; init; }

    /// <summary>Its functions.</summary>
    public required IReadOnlyList<ServiceFunction> Functions { get; init; }

    /// <summary>What one function needs, or any use for null; null for an unknown function.</summary>
    public IEnumerable<DescribedNeed>? NeedsOf(string? function) =>
        function is null ? Needs : Functions.FirstOrDefault(known => known.Id == function) is { } found ? Needs.Concat(found.Needs) : null;
}

/// <summary>One function of a type of service; a measure or a purpose of processing may name it.</summary>
public sealed record ServiceFunction
{
    /// <summary>Stable id, of the form of a type's.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required Localized Name { get; init; }

    /// <summary>What it needs beyond the type's own needs.</summary>
    public required IReadOnlyList<DescribedNeed> Needs { get; init; }
}

/// <summary>A need, with what the person is told about it (L-01).</summary>
public sealed record DescribedNeed
{
    /// <summary>The need.</summary>
    public required ServiceNeed Need { get; init; }

    /// <summary>What the fact is used for.</summary>
    public required Localized Purpose { get; init; }

    /// <summary>The legal ground of that use.</summary>
    public required Localized Ground { get; init; }

    /// <summary>The legal ground on which the full number of the identity document is kept; null where it is not.</summary>
    public Localized? FullNumberGround { get; init; }
}
