using System.ComponentModel.DataAnnotations;

namespace AiCloud.Identity;

/// <summary>Real-name proof and recycled numbers (C2.1e, C2.1g). Section <c>AiCloud:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Identity";

    /// <summary>Accounts that one certificate may prove. Too few shuts out families that share one by mistake; too many helps whoever trades in names.</summary>
    [Range(1, 20)] public int AccountsPerDocument { get; set; } = 3;

    /// <summary>Checks that one account may ask for in any 24 hours: each costs money, and each is a guess at a stranger's name.</summary>
    [Range(1, 50)] public int TriesPerAccount { get; set; } = 5;

    /// <summary>Checks of one certificate that one account may ask for in any 24 hours.</summary>
    [Range(1, 50)] public int TriesPerDocumentOfAccount { get; set; } = 3;

    /// <summary>
    /// Checks of one certificate in any 24 hours beyond each account's first, over all accounts; the name that was proven before is not counted against. Too many
    /// are guesses at the name.
    /// </summary>
    [Range(1, 100)] public int TriesPerDocument { get; set; } = 10;

    /// <summary>
    /// Accounts whose first check of one certificate is taken in any 24 hours. Too few lets a stranger with some accounts, who knows the number, shut its holder
    /// out; too many are guesses at the name.
    /// </summary>
    [Range(1, 100)] public int AccountsTryingDocument { get; set; } = 50;

    /// <summary>How long a submission waits for the check before it answers <c>pending</c>. Longer holds up the account's other calls.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03")] public TimeSpan AnswerWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>When a check without an answer is asked again for the first time; every further pause is twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")] public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between two.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")] public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(6);

    /// <summary>When a check that nobody answers is given up, and what was submitted erased.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")] public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>
    /// Days without use after which a number may have gone to somebody else. Carriers give numbers out again after some three months; too few lets
    /// whoever borrows a telephone ask for its owner's number.
    /// </summary>
    [Range(30, 3650)] public int RecycledAfterDays { get; set; } = 90;

    /// <summary>How long a number of which the authority knows nothing stays with its owner after somebody else claimed it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")] public TimeSpan UnknownWait { get; set; } = TimeSpan.FromDays(7);
}
