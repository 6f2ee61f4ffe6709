using AiCloud.Clock;

namespace AiCloud.Registration;

/// <summary>Age by the Shanghai calendar day (C2.1a, A5).</summary>
public static class Age
{
    /// <summary>Below this age nobody registers (C2.1a).</summary>
    public const int Minimum = 16;

    /// <summary>From this age on no guardian is needed (C2.1b).</summary>
    public const int Adult = 18;

    /// <summary>The calendar day in Shanghai at an instant.</summary>
    public static DateOnly ShanghaiDay(DateTimeOffset instant) => DateOnly.FromDateTime(Shanghai.At(instant).DateTime);

    /// <summary>Completed years on a day. Who was born on 29 February completes a year on 28 February of a common year (Civil Code 202).</summary>
    public static int CompletedYears(DateOnly birth, DateOnly day) => day.Year - birth.Year - (day < birth.AddYears(day.Year - birth.Year) ? 1 : 0);

    /// <summary>Whether a stated date can be anybody's birth date on that day.</summary>
    public static bool IsPossible(DateOnly birth, DateOnly day) => birth <= day && birth >= day.AddYears(-130);
}
