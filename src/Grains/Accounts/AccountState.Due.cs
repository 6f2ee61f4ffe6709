namespace AiCloud.Accounts;

/// <summary>When the clock alone changes something about the account.</summary>
public sealed partial record AccountState
{
    /// <summary>How long after its hold's deadline a prepared account settles itself.</summary>
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The row's due instant. A reminder wakes the account then or later; what has come due is decided by clock on every use and is only made
    /// durable by the wake-up.
    /// </summary>
    public DateTimeOffset? DueAt => Phase switch
    {
        AccountPhase.Prepared => HoldUntil + SettlesAfter,
        AccountPhase.Open => Dues().Min(),
        AccountPhase.Ending => EndingSince,
        _ => null,
    };

    // One member for each feature that waits for an instant; null while it waits for none.
    private DateTimeOffset?[] Dues() =>
        [Identity?.DueAt, Security.DueAt, Ward?.DueAt, Numbers?.DueAt, Facts.FactMarks.Due(this), Export?.RetryAt, Planned?.At, Tellings.Min(telling => (DateTimeOffset?)telling.SendAt), LeavingPlaces.Min(place => (DateTimeOffset?)place.DueAt), Owed.Min(message => (DateTimeOffset?)message.SendAt)];
}
