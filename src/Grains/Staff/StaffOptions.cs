using System.ComponentModel.DataAnnotations;

namespace AiCloud.Staff;

/// <summary>How members of staff come in and how long what they hold lasts. Section <c>AiCloud:Staff</c>.</summary>
public sealed class StaffOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Staff";

    /// <summary>
    /// The first two members, as <c>Bootstrap:0:Name</c>, <c>Bootstrap:0:Token</c> and the same with 1: any text that a bearer token can be, outside the
    /// embedded mode of at least 16 characters. Read until two members exist and never after. Absent in the embedded mode: two are made, with their
    /// tokens in a file of mode 0600 in the data folder.
    /// </summary>
    public IList<StaffSeed> Bootstrap { get; } = [];

    /// <summary>
    /// Life of a token. Absent: 12 hours in a cluster, 90 days embedded. Too long leaves a stolen one in use; too short has members renew it all day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:15:00", "90.00:00:00")] public TimeSpan? TokenLifetime { get; set; }

    /// <summary>Life of a bootstrap token from its first use, unless it is exchanged before. Absent: 24 hours in a cluster, no end embedded.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "90.00:00:00")] public TimeSpan? BootstrapTokenLifetime { get; set; }

    /// <summary>
    /// How long after its end a token can still be exchanged for a fresh one, and for nothing else. Too short locks out whoever was on holiday, and
    /// with two members who both were, everybody; too long gives the finder of an old token a new one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")] public TimeSpan RenewFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Refuse every token that was issued without a second factor (<c>amr</c> without <c>mfa</c>). Nothing in this release proves one: switch it on with an identity provider that does.</summary>
    public bool RequireSecondFactor { get; set; }

    /// <summary>How long a proposal waits for a second person.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")] public TimeSpan ProposalLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the two halves of an activation work once a proposal is approved.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "7.00:00:00")] public TimeSpan ActivationWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Refused calls of one member that the audit lists in an hour; of more it says only that there were more.</summary>
    [Range(1, 1000)] public int RefusalsPerHour { get; set; } = 20;
}

/// <summary>A member to begin with.</summary>
public sealed class StaffSeed
{
    /// <summary>Name shown to other staff.</summary>
    [StringLength(100, MinimumLength = 1)] public string Name { get; set; } = "";

    /// <summary>Their token.</summary>
    public string Token { get; set; } = "";
}
