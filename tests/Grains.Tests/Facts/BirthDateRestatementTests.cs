namespace AiCloud.Facts;

/// <summary>Correcting a stated birth date (C2.1a, C2.1f).</summary>
public sealed class BirthDateRestatementTests
{
    // Noon in Shanghai on 2 March 2026.
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1990-05-17", "1990-07-15", null)]
    [InlineData("1990-05-17", "2008-03-02", null)] // 18 today
    [InlineData("1990-05-17", "2008-03-03", RefusalCode.BirthDateNeedsProof)] // 18 tomorrow
    [InlineData("2009-01-01", "2008-03-03", null)] // both 17
    [InlineData("2009-01-01", "2008-03-02", RefusalCode.BirthDateNeedsProof)]
    [InlineData("2009-01-01", "2010-03-02", null)] // 16 today
    [InlineData("2009-01-01", "2010-03-03", RefusalCode.BirthDateNeedsProof)]
    [InlineData("1990-05-17", "2026-03-03", RefusalCode.BirthDateInvalid)]
    [InlineData("1990-05-17", "1890-01-01", RefusalCode.BirthDateInvalid)]
    public void A_correction_that_crosses_16_or_18_needs_an_ID_proof(string from, string to, RefusalCode? refusal) =>
        Assert.Equal(refusal, BirthDateRestatement.Refuse(On(from), On(to), proven: false, Now));

    private static DateOnly On(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_proven_date_is_not_talked_away()
    {
        var (proven, other) = (new DateOnly(1990, 5, 17), new DateOnly(1990, 5, 18));
        Assert.Equal(RefusalCode.BirthDateNeedsProof, BirthDateRestatement.Refuse(proven, other, proven: true, Now));
        Assert.Null(BirthDateRestatement.Refuse(proven, proven, proven: true, Now));
    }
}
