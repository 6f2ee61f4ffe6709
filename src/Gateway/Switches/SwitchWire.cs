using System.ComponentModel.DataAnnotations;

namespace AiCloud.Switches;

/// <summary>Throws a switch.</summary>
public sealed record ThrowSwitchRequest
{
    /// <summary>Why, in words for colleagues; told to staff only.</summary>
    [MinLength(1), MaxLength(500)] public required string Reason { get; init; }

    /// <summary>After how long it ends by itself, in seconds: a minute to 24 hours.</summary>
    [Range(60, 86_400)] public required int Seconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ThrowSwitchRequest);
}

/// <summary>A switch that is thrown, or was.</summary>
public sealed record SwitchBody
{
    /// <summary>Which.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is in effect.</summary>
    public required bool Active { get; init; }

    /// <summary>Why.</summary>
    [MaxLength(500)] public required string Reason { get; init; }

    /// <summary>Id of the member who threw it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends, or ended, by itself.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Id of the member who took it back or threw it anew before that.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal static SwitchBody Of(SwitchView view, DateTimeOffset now) => new()
    {
        Name = view.Name, Active = view.IsThrown(now), Reason = view.Reason, By = view.By, At = view.At, EndsAt = view.EndsAt, EndedBy = view.EndedBy, EndedAt = view.EndedAt,
    };
}
