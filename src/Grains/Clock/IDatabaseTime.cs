namespace AiCloud.Clock;

/// <summary>The database's clock, read anew: for the few instants with legal weight that no process's own clock may set (C2.5b).</summary>
public interface IDatabaseTime
{
    /// <summary>The present instant.</summary>
    Task<DateTimeOffset> Now(CancellationToken cancellation = default);
}
