using AiCloud.Identity;
using AiCloud.Registration;

namespace AiCloud.Facts;

/// <summary>Whether a stated birth date may be corrected by stating another (C2.1a, C2.1f). Pure.</summary>
internal static class BirthDateRestatement
{
    /// <summary>
    /// Why not; null when it may. Beside a proof no date is talked away, and one that crosses 16 or 18 decides who answers for the account: both need an ID
    /// proof. So does, of a minor, any that moves the 18th birthday: sooner nobody would answer for them any more, later somebody for an adult.
    /// </summary>
    /// <param name="stated">The date that stands.</param>
    /// <param name="wanted">The date that is typed.</param>
    /// <param name="proven">Whether an ID proof stands.</param>
    /// <param name="adultAt">The 18th birthday on which a guardianship ends; null without one.</param>
    /// <param name="now">The instant.</param>
    public static RefusalCode? Refuse(DateOnly stated, DateOnly wanted, bool proven, DateTimeOffset? adultAt, DateTimeOffset now)
    {
        if (!Age.IsPossible(wanted, Age.ShanghaiDay(now))) return RefusalCode.BirthDateInvalid;
        if (wanted == stated) return null;
        var decides = now < adultAt ? Age.Reaches(wanted, Age.Adult) != adultAt : BirthDateChange.NeedsProof(stated, wanted, now);
        return proven || decides ? RefusalCode.BirthDateNeedsProof : null;
    }
}
