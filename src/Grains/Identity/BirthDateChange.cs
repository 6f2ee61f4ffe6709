using AiCloud.Registration;

namespace AiCloud.Identity;

/// <summary>The parts of life that rules tell apart (C2.1a, C2.1b).</summary>
public enum AgeBand
{
    /// <summary>Below 16: no account.</summary>
    TooYoung = 1,
    /// <summary>16 and 17: with a guardian.</summary>
    Minor = 2,
    /// <summary>18 and older.</summary>
    Adult = 3,
}

/// <summary>What another birth date would mean. Pure; every rule of age asks here when a date changes.</summary>
public static class BirthDateChange
{
    /// <summary>The band of somebody born on a day, as of an instant.</summary>
    public static AgeBand BandOf(DateOnly birth, DateTimeOffset now) => Age.CompletedYears(birth, Age.ShanghaiDay(now)) switch
    {
        < Age.Minimum => AgeBand.TooYoung,
        < Age.Adult => AgeBand.Minor,
        _ => AgeBand.Adult,
    };

    /// <summary>Whether a stated date may be replaced by another only with a certificate: the change crosses 16 or 18 (C2.1g).</summary>
    public static bool NeedsProof(DateOnly stated, DateOnly wanted, DateTimeOffset now) => BandOf(stated, now) != BandOf(wanted, now);
}
