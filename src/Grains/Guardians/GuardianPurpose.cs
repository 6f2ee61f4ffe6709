using AiCloud.Documents;

namespace AiCloud.Guardians;

/// <summary>Whether the text in force says what a guardian's data is for; nobody is asked for any before it does (L-03). Pure.</summary>
internal static class GuardianPurpose
{
    /// <summary>What stands in the way; null when nothing does.</summary>
    public static Refusal? Refuse(DocumentSet published, DateTimeOffset now) =>
        published.InForce(DocumentCatalog.PrivacyKind, now) is null ? new Refusal(RefusalCode.Busy, TimeSpan.FromSeconds(1)) // not read yet: nobody can say
        : published.HasPurpose(ProcessingPurposes.Guardian, now) ? null : new Refusal(RefusalCode.GuardiansUnavailable);
}
