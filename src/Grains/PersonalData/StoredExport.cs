namespace AiCloud.PersonalData;

/// <summary>The newest copy that the person asked for. What was collected stands in a row of its own, sealed under the account key.</summary>
public sealed record StoredExport
{
    /// <summary>Its id, and the key of the actor that keeps what was collected.</summary>
    public required string Id { get; init; }
    /// <summary>The request: a repeat is answered this copy.</summary>
    public required string Operation { get; init; }
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
    /// <summary>When it is begun again if it is not ready by then; null once it is ready or given up.</summary>
    public DateTimeOffset? RetryAt { get; init; }
    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }
    /// <summary>When it was collected; null before.</summary>
    public DateTimeOffset? ReadyAt { get; init; }
    /// <summary>When it goes; null before it is ready.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How far it is at an instant.</summary>
    public ExportState StateAt(DateTimeOffset now) =>
        ExpiresAt is { } end ? now < end ? ExportState.Ready : ExportState.Expired
        : RetryAt is null ? ExportState.Failed : ExportState.Preparing;
}
