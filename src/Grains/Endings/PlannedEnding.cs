namespace AiCloud.Endings;

/// <summary>An ending that waits for its instant, as the account keeps it.</summary>
/// <param name="Ground">Why: one of <see cref="Shredding.EndingGrounds"/>.</param>
/// <param name="Operation">The request that decided it: repeating it changes nothing.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="At">When it is carried out.</param>
public sealed record PlannedEnding(string Ground, string Operation, DateTimeOffset Since, DateTimeOffset At);
