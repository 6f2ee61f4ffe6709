namespace AiCloud.PersonalData;

/// <summary>A copy of what is held about a person, and how far it is.</summary>
public sealed record ExportBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    [System.ComponentModel.DataAnnotations.AllowedValues("preparing", "ready", "expired", "failed")] public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Parts collected of all there are.</summary>
    public required ExportProgressBody Progress { get; init; }

    /// <summary>Until when it can be downloaded; absent before it is ready.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where it is downloaded, with the session's token; absent unless it is ready and not held back.</summary>
    public string? Archive { get; init; }

    /// <summary>Until when a copy that is ready is handed to nobody, since a contact or the password changed; absent when nothing holds it back.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The JSON schema of what is in it.</summary>
    public required string Schema { get; init; }

    /// <param name="view">The copy.</param>
    /// <param name="path">Where the asker's copies are.</param>
    internal static ExportBody Of(ExportView view, string path = ExportEndpoints.Path) => new()
    {
        Id = view.Id,
        State = view.State switch { ExportState.Preparing => "preparing", ExportState.Ready => "ready", ExportState.Expired => "expired", ExportState.Failed => "failed" },
        RequestedAt = view.RequestedAt,
        Progress = new ExportProgressBody { Done = view.PartsDone, Total = view.Parts },
        ExpiresAt = view.ExpiresAt,
        Archive = view is { State: ExportState.Ready, HeldUntil: null } ? $"{path}/{view.Id}/archive" : null,
        HeldUntil = view.HeldUntil,
        Schema = PersonalDataSchema.Path,
    };
}

/// <summary>How much of a copy is collected.</summary>
public sealed record ExportProgressBody
{
    /// <summary>Parts collected.</summary>
    public required int Done { get; init; }

    /// <summary>Parts there are.</summary>
    public required int Total { get; init; }
}
