namespace AiCloud.Isolation;

/// <summary>Whether the database answers this process.</summary>
public interface IDatabasePulse
{
    /// <summary>Asks, and does not wait longer than a second.</summary>
    Task<bool> Answers(CancellationToken cancellation);
}
