using System.ComponentModel.DataAnnotations;

namespace AiCloud.Guardians;

/// <summary>How people of 16 and 17 register and live with a guardian (C2.1b). Section <c>AiCloud:Guardians</c>.</summary>
public sealed class GuardianOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Guardians";

    /// <summary>Invitations of one registration, and of one account in any 30 days. Each also counts in the invited contact's own budget.</summary>
    [Range(1, 10)] public int Invitations { get; set; } = 3;

    /// <summary>
    /// How long an attempt waits for its guardian, and after the guardian agreed for its completion. Too short fails families that meet in the evening; too
    /// long keeps what a minor entered.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")] public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromHours(72);

    /// <summary>Minors that one guardian's contact answers for at the same time. Too many lets one number stand for a class of pupils.</summary>
    [Range(1, 50)] public int MinorsPerContact { get; set; } = 5;

    /// <summary>
    /// Whether the guardian proves a phone number, also when invited by e-mail. Numbers are registered to real persons; a second mailbox anybody can have.
    /// </summary>
    public bool ProvesPhone { get; set; } = true;

    /// <summary>
    /// Whether the guardian also passes the identity check as an adult, where one is configured and the privacy agreement in force has its purpose. Without it
    /// whoever owns a second telephone can answer for themselves. Not set: where <c>AiCloud:Identity:Mode</c> was set, and so not by the development check that the embedded
    /// mode has of itself.
    /// </summary>
    public bool? ProvesIdentity { get; set; }

    /// <summary>How long "I don't know this person" keeps that inviter from inviting the contact again.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan BlockedFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>From so many inviters unknown to a contact on, nobody may invite it until the first of these blocks ends.</summary>
    [Range(1, 8)] public int BlocksForAll { get; set; } = 3;

    /// <summary>How long an account whose guardian is gone has to name another before it is told that it stays limited.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan NameAnotherWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long the guardian has to object, once they were told, after a minor said that they cannot be reached: before it is over no other can be invited, and
    /// signing in as guardian ends it. Too short lets a minor put somebody of their own in the place of a guardian who is away for a weekend; too long leaves a
    /// minor whose guardian is really gone limited.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "14.00:00:00")] public TimeSpan ReplacedAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How long a guardian who signed in by a code stays signed in.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "1.00:00:00")] public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(2);
}
