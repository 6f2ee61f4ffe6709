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
    [InlineData("1990-05-17", "2026-03-03", RefusalCode.BirthDateInvalid)]
    [InlineData("1990-05-17", "1890-01-01", RefusalCode.BirthDateInvalid)]
    public void A_correction_that_crosses_16_or_18_needs_an_ID_proof(string from, string to, RefusalCode? refusal) =>
        Assert.Equal(refusal, BirthDateRestatement.Refuse(On(from), On(to), proven: false, adultAt: null, Now));

    // 18 tomorrow, today, 16 today, a day more or less: whichever way, somebody would answer for the account for a shorter or a longer time than the law says.
    [Theory]
    [InlineData("2009-01-01", "2009-01-01", null)]
    [InlineData("2009-01-01", "2009-01-02", RefusalCode.BirthDateNeedsProof)]
    [InlineData("2009-01-01", "2008-12-31", RefusalCode.BirthDateNeedsProof)]
    [InlineData("2009-01-01", "2008-03-03", RefusalCode.BirthDateNeedsProof)] // 18 tomorrow
    [InlineData("2009-01-01", "2008-03-02", RefusalCode.BirthDateNeedsProof)] // 18 today
    [InlineData("2009-01-01", "2010-03-02", RefusalCode.BirthDateNeedsProof)] // 16 today
    [InlineData("2009-01-01", "2010-03-03", RefusalCode.BirthDateNeedsProof)]
    [InlineData("2009-01-01", "2026-03-03", RefusalCode.BirthDateInvalid)]
    [InlineData("2008-02-28", "2008-02-29", null)] // 18 on the same day
    public void A_minors_date_that_moves_the_eighteenth_birthday_either_way_needs_an_ID_proof(string from, string to, RefusalCode? refusal)
    {
        var now = from[..4] == "2008" ? Now.AddDays(-30) : Now;
        Assert.Equal(refusal, BirthDateRestatement.Refuse(On(from), On(to), proven: false, Registration.Age.Reaches(On(from), 18), now));
    }

    // What an earlier release let a minor type is put right by typing, since the day that counts is the one on record.
    [Fact]
    public void A_minor_who_once_typed_another_date_goes_back_to_the_one_on_record()
    {
        var adultAt = Registration.Age.Reaches(On("2009-01-01"), 18);
        Assert.Null(BirthDateRestatement.Refuse(On("2008-03-03"), On("2009-01-01"), proven: false, adultAt, Now.AddDays(2)));
        Assert.Equal(RefusalCode.BirthDateNeedsProof, BirthDateRestatement.Refuse(On("2008-03-03"), On("1990-01-01"), proven: false, adultAt, Now.AddDays(2)));
        Assert.Null(BirthDateRestatement.Refuse(On("2009-01-01"), On("1990-01-01"), proven: false, adultAt, adultAt)); // of age: as any adult
    }

    private static DateOnly On(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_proven_date_is_not_talked_away()
    {
        var (proven, other) = (new DateOnly(1990, 5, 17), new DateOnly(1990, 5, 18));
        Assert.Equal(RefusalCode.BirthDateNeedsProof, BirthDateRestatement.Refuse(proven, other, proven: true, adultAt: null, Now));
        Assert.Null(BirthDateRestatement.Refuse(proven, proven, proven: true, adultAt: null, Now));
    }
}
