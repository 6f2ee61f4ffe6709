using AiCloud.Shredding;

namespace AiCloud.Endings;

/// <summary>An ending that is decided and waits for its instant (C2.5d).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.ending-view")]
public sealed record EndingView
{
    /// <summary>Why: one of <see cref="EndingGrounds"/>.</summary>
    [Id(0)] public required string Ground { get; init; }
    /// <summary>When it was decided.</summary>
    [Id(1)] public required DateTimeOffset Since { get; init; }
    /// <summary>When it is carried out, for good.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
}
