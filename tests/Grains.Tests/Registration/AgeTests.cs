using System.Globalization;

namespace AiCloud.Registration;

public sealed class AgeTests
{
    [Theory]
    [InlineData("2026-02-28T15:59:59Z", "2026-02-28")] // a second before midnight in Shanghai
    [InlineData("2026-02-28T16:00:00Z", "2026-03-01")]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01")]
    [InlineData("2026-03-01T00:30:00+14:00", "2026-02-28")] // wherever the clock stands
    public void The_day_is_Shanghais(string instant, string day) =>
        Assert.Equal(Day(day), Age.ShanghaiDay(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2010-06-15", "2026-06-14", 15)]
    [InlineData("2010-06-15", "2026-06-15", 16)]
    [InlineData("2010-06-15", "2027-06-14", 16)]
    [InlineData("2010-06-15", "2028-06-14", 17)]
    [InlineData("2010-06-15", "2028-06-15", 18)]
    [InlineData("2026-01-01", "2026-01-01", 0)]
    [InlineData("2025-12-31", "2026-01-01", 0)]
    public void Years_are_completed_on_the_birthday_itself(string birth, string day, int years) => Assert.Equal(years, Age.CompletedYears(Day(birth), Day(day)));

    [Theory]
    [InlineData("2008-02-29", "2026-02-27", 17)]
    [InlineData("2008-02-29", "2026-02-28", 18)] // a common year has no such day: its month's last one counts
    [InlineData("2008-02-29", "2024-02-28", 15)]
    [InlineData("2008-02-29", "2024-02-29", 16)]
    [InlineData("2008-03-01", "2026-02-28", 17)]
    public void Who_was_born_on_29_February_completes_a_year_on_the_last_of_February(string birth, string day, int years) =>
        Assert.Equal(years, Age.CompletedYears(Day(birth), Day(day)));

    [Theory]
    [InlineData("2026-03-01", true)]
    [InlineData("2026-03-02", false)]
    [InlineData("1896-03-01", true)]
    [InlineData("1896-02-29", false)]
    public void A_birth_date_lies_neither_ahead_nor_more_than_130_years_back(string birth, bool possible) =>
        Assert.Equal(possible, Age.IsPossible(Day(birth), Day("2026-03-01")));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
