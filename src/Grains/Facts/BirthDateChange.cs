using AiCloud.Registration;

namespace AiCloud.Facts;

/// <summary>Whether a stated birth date may be corrected by stating another (C2.1a, C2.1f). Pure.</summary>
internal static class BirthDateChange
{
    /// <summary>
    /// Why not; null when it may. A proven date is not talked away, and one that crosses 16 or 18 decides who answers for the account: both need an ID proof.
    /// </summary>
    public static RefusalCode? Refuse(DateOnly? from, DateOnly to, bool proven, DateTimeOffset now)
    {
        var today = Age.ShanghaiDay(now);
        if (!Age.IsPossible(to, today)) return RefusalCode.BirthDateInvalid;
        if (to == from) return null;
        return proven || (from is { } before && Stage(before, today) != Stage(to, today)) || Stage(to, today) == 0 ? RefusalCode.BirthDateNeedsProof : null;
    }

    private static int Stage(DateOnly birth, DateOnly today) => Age.CompletedYears(birth, today) switch { < Age.Minimum => 0, < Age.Adult => 1, _ => 2 };
}
