namespace AiCloud.Health;

/// <summary>The state of this process.</summary>
/// <param name="Status"><c>live</c>, <c>started</c> or <c>ready</c>.</param>
public sealed record HealthState(string Status);
