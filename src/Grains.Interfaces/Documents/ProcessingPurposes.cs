namespace AiCloud.Documents;

/// <summary>
/// Rows of the privacy agreement's table without which the system does not do what they are for (L-03): who gives the data, or whose data goes to somebody else,
/// must have been able to read it first. The row for the identity check is <see cref="Identity.IdentityView.Purpose"/>.
/// </summary>
public static class ProcessingPurposes
{
    /// <summary>Inviting a guardian and keeping what they say (C2.1b).</summary>
    public const string Guardian = "guardian";

    /// <summary>Asking the authority whether a phone number has changed hands (C2.1g).</summary>
    public const string NumberStanding = "number-standing";
}
