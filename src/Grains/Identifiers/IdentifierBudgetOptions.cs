using System.ComponentModel.DataAnnotations;

namespace AiCloud.Identifiers;

/// <summary>Limits that one phone number or e-mail address has over all sessions. Section <c>AiCloud:Identifiers</c>.</summary>
public sealed class IdentifierBudgetOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Identifiers";

    /// <summary>Least time between two messages. Too short floods a mailbox; carriers refuse more than one a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")] public TimeSpan CoolDown { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages in any hour.</summary>
    [Range(2, 30)] public int SendsPerHour { get; set; } = 5;

    /// <summary>Messages in any 24 hours.</summary>
    [Range(2, 100)] public int SendsPerDay { get; set; } = 10;

    /// <summary>
    /// Of an hour's messages, how many are kept for networks that have not asked for this contact in the last 24 hours. Too few lets
    /// one stranger use up the owner's messages; too many makes the owner wait who asks from one place only.
    /// </summary>
    [Range(0, 29)] public int KeptPerHour { get; set; } = 1;

    /// <summary>Of a day's messages, how many are kept so. They are released one by one over the day (<see cref="KeptRelease"/>).</summary>
    [Range(0, 99)] public int KeptPerDay { get; set; } = 4;

    /// <summary>
    /// How long after the first message of the window the second, third… kept message of a day becomes free. The first is free at once.
    /// Many networks can take a kept message each only by waiting with fresh ones; whoever has asked meanwhile is no longer new.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "12:00:00")] public TimeSpan KeptRelease { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Wrong guesses at codes of ordinary length in any 24 hours, over all sessions. When spent, codes get longer.</summary>
    [Range(5, 100)] public int GuessesPerDay { get; set; } = 15;

    /// <summary>Guesses leased to one code.</summary>
    [Range(1, 10)] public int GuessesPerCode { get; set; } = 5;

    /// <summary>Digits of a code.</summary>
    [Range(6, 8)] public int CodeLength { get; set; } = 6;

    /// <summary>Digits of a code once the shared guesses are spent.</summary>
    [Range(9, 12)] public int LongCodeLength { get; set; } = 10;

    /// <summary>Failed sign-ins from one network before it must wait.</summary>
    [Range(3, 100)] public int SignInFailuresPerNetwork { get; set; } = 10;

    /// <summary>
    /// Failed sign-ins from all networks that never signed in before each of those has only <see cref="SignInFailuresWhenAttacked"/> tries left.
    /// </summary>
    [Range(10, 1000)] public int SignInFailuresShared { get; set; } = 100;

    /// <summary>Tries of a new network while the shared number is exceeded: the owner on a new network still gets in.</summary>
    [Range(1, 10)] public int SignInFailuresWhenAttacked { get; set; } = 3;

    /// <summary>Window of the sign-in limits.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")] public TimeSpan SignInWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Refuses combinations that would leave nobody a message.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeptPerHour >= SendsPerHour) yield return new ValidationResult($"{Section}:KeptPerHour must be below SendsPerHour.");
        if (KeptPerDay >= SendsPerDay) yield return new ValidationResult($"{Section}:KeptPerDay must be below SendsPerDay.");
        if (SendsPerDay < SendsPerHour) yield return new ValidationResult($"{Section}:SendsPerDay must not be below SendsPerHour.");
    }
}
