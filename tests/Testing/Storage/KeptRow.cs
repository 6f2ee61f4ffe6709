using System.Diagnostics.CodeAnalysis;

namespace AiCloud.Storage;

/// <summary>A row as storage reads and writes it, for tests that look at what is kept or write behind an activation's back.</summary>
public sealed class KeptRow<T> : IGrainState<T> where T : new()
{
    [AllowNull] public T State { get; set => field = value ?? new(); } = new();
    public string? ETag { get; set; }
    public bool RecordExists { get; set; }
}
