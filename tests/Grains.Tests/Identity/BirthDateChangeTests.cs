namespace AiCloud.Identity;

public sealed class BirthDateChangeTests
{
    // 23:59 and 00:00 in Shanghai, both sides of the day on which somebody born 2010-03-02 turns 16 and somebody born 2008-03-02 turns 18.
    private static readonly DateTimeOffset Before = new(2026, 3, 1, 15, 59, 59, TimeSpan.Zero), On = new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2010, AgeBand.TooYoung, AgeBand.Minor)]
    [InlineData(2008, AgeBand.Minor, AgeBand.Adult)]
    public void A_band_begins_with_the_birthday_in_Shanghai__C2_1a(int year, AgeBand before, AgeBand on)
    {
        var birth = new DateOnly(year, 3, 2);
        Assert.Equal((before, on), (BirthDateChange.BandOf(birth, Before), BirthDateChange.BandOf(birth, On)));
    }

    [Theory]
    [InlineData("2000-01-01", "1990-12-31", false)]
    [InlineData("2008-03-02", "2008-03-03", true)]  // adult, and one day short of it
    [InlineData("2008-03-03", "2010-03-02", false)] // both minors
    [InlineData("2010-03-02", "2010-03-03", true)]  // a minor, and one day too young
    [InlineData("2008-03-03", "2008-03-02", true)]
    public void A_change_across_16_or_18_needs_a_certificate__C2_1g(string stated, string wanted, bool needed) =>
        Assert.Equal(needed, BirthDateChange.NeedsProof(DateOnly.Parse(stated, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(wanted, System.Globalization.CultureInfo.InvariantCulture), On));
}
