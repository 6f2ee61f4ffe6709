using AiCloud.Accounts;
using Orleans.Concurrency;

namespace AiCloud.PersonalData;

/// <summary>
/// A person's copy of everything held about them (C2.4a, L-17: PIPL 45). Implemented by the account's actor; key and proofs as there. It is never
/// taken away by a limit of the account.
/// </summary>
[Alias("aicloud.grain.account-data")]
public interface IAccountData : IGrainWithStringKey
{
    /// <summary>
    /// Has a copy made, in the background. One is made at a time: whoever asks while one is under way is answered that one, and a new one replaces the one
    /// before. Refuses <see cref="RefusalCode.ReauthenticationRequired"/>; <see cref="RefusalCode.ExportTooSoon"/> for 7 days after a contact or the
    /// password changed; <see cref="RefusalCode.ExportLimit"/> beyond so many a day.
    /// </summary>
    /// <param name="proof">The session.</param>
    /// <param name="operation">Operation id: a repeat is answered the same copy.</param>
    /// <param name="cancellation">Ends the wait, not the act.</param>
    [Alias("request-export")] Task<Outcome<ExportView>> RequestExport(SessionProof proof, string operation, CancellationToken cancellation = default);

    /// <summary>The newest copy and how far it is; <see cref="RefusalCode.NotFound"/> when none was asked for, or for another id than its own.</summary>
    /// <param name="proof">The session.</param>
    /// <param name="id">The copy's id; null for the newest.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Alias("export")] Task<Outcome<ExportView>> Export(SessionProof proof, string? id, CancellationToken cancellation = default);

    /// <summary>
    /// What was collected, opened. <see cref="RefusalCode.ExportExpired"/> once its time is over, <see cref="RefusalCode.ExportNotReady"/> before it is made,
    /// <see cref="RefusalCode.ReauthenticationRequired"/> when the session authenticated too long ago, <see cref="RefusalCode.ExportTooSoon"/> for 7 days after a
    /// contact or the password changed, also where the copy was made before that.
    /// </summary>
    [Alias("download-export"), ResponseTimeout("00:00:10")]
    Task<Outcome<ExportedData>> DownloadExport(SessionProof proof, string id, CancellationToken cancellation = default);
}

/// <summary>How far a copy is.</summary>
public enum ExportState
{
    /// <summary>It is being made.</summary>
    Preparing = 1,
    /// <summary>It can be downloaded.</summary>
    Ready = 2,
    /// <summary>It was erased at its time.</summary>
    Expired = 3,
    /// <summary>It could not be made; nothing was kept of it.</summary>
    Failed = 4,
}

/// <summary>A copy of what is held.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.export-view")]
public sealed record ExportView
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>How far it is.</summary>
    [Id(1)] public required ExportState State { get; init; }
    /// <summary>When it was asked for.</summary>
    [Id(2)] public required DateTimeOffset RequestedAt { get; init; }
    /// <summary>Parts collected so far.</summary>
    [Id(3)] public required int PartsDone { get; init; }
    /// <summary>Parts there are.</summary>
    [Id(4)] public required int Parts { get; init; }
    /// <summary>Until when it can be downloaded; null before it is ready.</summary>
    [Id(5)] public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>When the next one may be asked for; null for now.</summary>
    [Id(6)] public DateTimeOffset? NextAt { get; init; }
    /// <summary>Until when a copy that is ready is handed to nobody, since a contact or the password changed; null when it can be downloaded.</summary>
    [Id(7)] public DateTimeOffset? HeldUntil { get; init; }
}

/// <summary>What was collected.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.exported-data")]
public sealed record ExportedData
{
    /// <summary>When.</summary>
    [Id(0)] public required DateTimeOffset CollectedAt { get; init; }
    /// <summary>The document as UTF-8 JSON, by the published schema.</summary>
    [Id(1)] public required byte[] Json { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ExportedData);
}
