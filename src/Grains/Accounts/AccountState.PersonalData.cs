using AiCloud.PersonalData;

namespace AiCloud.Accounts;

/// <summary>Copies of what is held that the person asked for.</summary>
public sealed partial record AccountState
{
    /// <summary>The newest copy; null when none was asked for.</summary>
    public StoredExport? Export { get; init; }

    /// <summary>When copies were asked for in the last 24 hours, oldest first.</summary>
    public DateTimeOffset[] ExportsAt { get; init; } = [];
}
