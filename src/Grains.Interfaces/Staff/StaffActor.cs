namespace AiCloud.Staff;

/// <summary>A member of staff as the author of an act: what the two-person rule has to know of them. Kept with the act.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.staff-actor")]
public sealed record StaffActor
{
    /// <summary>Id of the member.</summary>
    [Id(0)] public required string Staff { get; init; }
    /// <summary>Ids of the members who created this one, proposer and approver; empty for bootstrap members.</summary>
    [Id(1)] public string[] Creators { get; init; } = [];
    /// <summary>When this member was created.</summary>
    [Id(2)] public DateTimeOffset CreatedAt { get; init; }
}
