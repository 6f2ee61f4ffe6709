using System.ComponentModel.DataAnnotations;

namespace AiCloud.Contacts;

/// <summary>How changes of contacts and passwords are guarded (C2.1f, C2.4c). Section <c>AiCloud:Security</c>.</summary>
public sealed class AccountSecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Security";

    /// <summary>Contacts of one account.</summary>
    [Range(2, 20)] public int ContactsMax { get; set; } = 5;

    /// <summary>
    /// How long a removed contact stays reserved for its account. Too short lets a thief who removed it give it away before its owner reads the notice; too
    /// long keeps a number that changed hands from its new owner.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")] public TimeSpan ContactReservedFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long "this was not me" can be said to a notice.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")] public TimeSpan ObjectionFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long changes are stopped after "this was not me".</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")] public TimeSpan ProtectedFor { get; set; } = TimeSpan.FromHours(72);

    /// <summary>
    /// How long export and cancellation wait after a contact or the password changed. Too short lets a thief take the data or end the account before its
    /// owner objects.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan LeavingWait { get; set; } = TimeSpan.FromDays(7);

    /// <summary>One code alone resets the password only on a contact that was used this recently and is the only proven way.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan ResetContactUsedWithin { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a reset waits that has no second proof, while every contact was told and can stop it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "30.00:00:00")] public TimeSpan ResetWait { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How long after its wait a reset can be carried out.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "30.00:00:00")] public TimeSpan ResetOpenFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Whether a sign-in from a network or with a client not seen before is told to every contact (C2.4c).</summary>
    public bool SignInNotices { get; set; } = true;

    /// <summary>
    /// Sign-ins of one account that are told in any 24 hours; further ones stand in the session list alone. Too few hides a thief behind the owner's own new devices;
    /// too many lets whoever knows a password have messages sent at will.
    /// </summary>
    [Range(1, 20)] public int SignInNoticesPerDay { get; set; } = 3;

    /// <summary>
    /// Changes of contacts and password that one account may make in any 24 hours, each of which is told to every contact. Too few hinders people who put their
    /// account in order; too many lets a signed-in stranger have messages sent at will.
    /// </summary>
    [Range(5, 50)] public int ChangesPerDay { get; set; } = 10;
}
