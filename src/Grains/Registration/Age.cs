using AiCloud.Clock;

namespace AiCloud.Registration;

/// <summary>Age by the Shanghai calendar day (C2.1a, A5).</summary>
public static class Age
{
    /// <summary>Below this age nobody registers (C2.1a).</summary>
    public const int Minimum = 16;

    /// <summary>Below this age nothing is ever accepted, and what is found later is erased (L-15).</summary>
    public const int NeverHeld = 14;

    /// <summary>From this age on no guardian is needed (C2.1b).</summary>
    public const int Adult = 18;

    /// <summary>The calendar day in Shanghai at an instant.</summary>
    public static DateOnly ShanghaiDay(DateTimeOffset instant) => DateOnly.FromDateTime(Shanghai.At(instant).DateTime);

    /// <summary>Completed years on a day. Who was born on 29 February completes a year on 28 February of a common year (Civil Code 202).</summary>
    public static int CompletedYears(DateOnly birth, DateOnly day) => day.Year - birth.Year - (day < birth.AddYears(day.Year - birth.Year) ? 1 : 0);

    /// <summary>
    /// The instant at which somebody completes a number of years: the beginning of that day in Shanghai. Agrees with <see cref="CompletedYears"/> to the tick.
    /// </summary>
    public static DateTimeOffset Reaches(DateOnly birth, int years) => Shanghai.Midnight(birth.AddYears(years).ToDateTime(TimeOnly.MinValue));

    /// <summary>Whether a guardian is needed at an instant: 16 or 17 (C2.1b).</summary>
    public static bool NeedsGuardian(DateOnly birth, DateTimeOffset at) => CompletedYears(birth, ShanghaiDay(at)) is >= Minimum and < Adult;

    /// <summary>Whether a stated date can be anybody's birth date on that day.</summary>
    public static bool IsPossible(DateOnly birth, DateOnly day) => birth <= day && birth >= day.AddYears(-130);
}
