using AiCloud.Guardians;

namespace AiCloud.Accounts;

/// <summary>Guardianship of an account (C2.1b). An adult's account keeps nothing of it.</summary>
public sealed partial record AccountState
{
    /// <summary>The guardianship while the user of record is a minor; null for adults.</summary>
    public Ward? Ward { get; init; }

    /// <summary>Since when the user of record is of age and has not accepted in their own name yet.</summary>
    public DateTimeOffset? OfAgeSince { get; init; }

    /// <summary>Who took the responsibility, from when to when: under the evidence key, since it outlives the guardianship and the account.</summary>
    public StoredResponsibility[] Responsibilities { get; init; } = [];

    /// <summary>What a guardian is still to be told, each with where.</summary>
    public GuardianTelling[] Tellings { get; init; } = [];

    /// <summary>Places at the contacts of former guardians that are still to be given up.</summary>
    public LeavingPlace[] LeavingPlaces { get; init; } = [];
}
