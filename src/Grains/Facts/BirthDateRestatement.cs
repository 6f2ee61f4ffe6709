using AiCloud.Identity;
using AiCloud.Registration;

namespace AiCloud.Facts;

/// <summary>Whether a stated birth date may be corrected by stating another (C2.1a, C2.1f). Pure.</summary>
internal static class BirthDateRestatement
{
    /// <summary>
    /// Why not; null when it may. Beside a proof no date is talked away, and one that crosses 16 or 18 decides who answers for the account: both need an ID
    /// proof.
    /// </summary>
    public static RefusalCode? Refuse(DateOnly stated, DateOnly wanted, bool proven, DateTimeOffset now)
    {
        if (!Age.IsPossible(wanted, Age.ShanghaiDay(now))) return RefusalCode.BirthDateInvalid;
        return wanted != stated && (proven || BirthDateChange.NeedsProof(stated, wanted, now)) ? RefusalCode.BirthDateNeedsProof : null;
    }
}
