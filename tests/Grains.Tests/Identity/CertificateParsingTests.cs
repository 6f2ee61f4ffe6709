using System.Globalization;

namespace AiCloud.Identity;

public sealed class CertificateParsingTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData(CertificateKind.ResidentIdCard, "11010519491231002X", "1949-12-31")]
    [InlineData(CertificateKind.ResidentIdCard, "440524188001010014", null)] // a sound checksum, but nobody alive is that old
    [InlineData(CertificateKind.ResidencePermit, "810000199809020017", "1998-09-02")]
    [InlineData(CertificateKind.PermanentResidenceCard, "911000200101010016", "2001-01-01")]
    public void Numbers_of_eighteen_digits_hold_a_birth_date__A5(CertificateKind kind, string number, string? born)
    {
        var read = CertificateParsing.Read(kind, number, null, Today);
        if (born is null)
        {
            Assert.Equal(CertificateFault.ImpossibleDate, read.Fault);
            Assert.Equal(number, CertificateParsing.Read(kind, number, null, new DateOnly(1999, 10, 1)).Value?.Number);
            return;
        }
        Assert.Equal((number, kind), (read.Value!.Number, read.Value.Kind));
        Assert.Equal(DateOnly.Parse(born, CultureInfo.InvariantCulture), read.Value.BirthDate);
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("１１０１０５１９４９１２３１００２ｘ")]
    [InlineData("110105 19491231 002X")]
    [InlineData("110105-1949-1231-002X ")]
    [InlineData("\u202A110105\u00A019491231002X\u202C")]
    public void However_a_number_is_typed_it_is_the_same(string typed) =>
        Assert.Equal("11010519491231002X", CertificateParsing.Read(CertificateKind.ResidentIdCard, typed, null, Today).Value?.Number);

    [Theory]
    [InlineData("110105194912310021", CertificateFault.Checksum)]
    [InlineData("110105194912310027", CertificateFault.Checksum)]
    [InlineData("110105198102310020", CertificateFault.ImpossibleDate)] // 31 February
    [InlineData("11010519010229002", CertificateFault.Malformed)]
    [InlineData("110105190102290020", CertificateFault.ImpossibleDate)] // 29 February of a common year
    [InlineData("110105199913010020", CertificateFault.ImpossibleDate)]
    [InlineData("110105189601010020", CertificateFault.ImpossibleDate)] // beyond 130 years
    [InlineData("110105202603030020", CertificateFault.FutureDate)]     // tomorrow
    [InlineData("110105199001010004", CertificateFault.Order)]
    [InlineData("010105199001010024", CertificateFault.FirstDigit)]
    [InlineData("110105491231002", CertificateFault.FifteenDigits)]
    [InlineData("810000199809020017", CertificateFault.OtherKind)]
    [InlineData("911000200101010016", CertificateFault.OtherKind)]
    [InlineData("X1010519491231002X", CertificateFault.Malformed)]
    [InlineData("1101051949123100２Ｘ0", CertificateFault.Malformed)]
    [InlineData("11010519491231002٢", CertificateFault.Malformed)] // digits of other scripts are no slip of an input method
    [InlineData("", CertificateFault.Malformed)]
    [InlineData(null, CertificateFault.Malformed)]
    public void Each_reason_to_refuse_an_identity_number_has_its_own_code__A5(string? number, CertificateFault fault) =>
        Assert.Equal(fault, CertificateParsing.Read(CertificateKind.ResidentIdCard, number, null, Today).Fault);

    [Fact]
    public void A_last_digit_that_was_changed_is_found_whatever_it_was_changed_to__A5()
    {
        foreach (var last in "0123456789X".Where(last => last != 'X'))
            Assert.Equal(CertificateFault.Checksum, CertificateParsing.Read(CertificateKind.ResidentIdCard, $"11010519491231002{last}", null, Today).Fault);
    }

    [Theory]
    [InlineData("20260302", true)]  // born today
    [InlineData("20260303", false)] // tomorrow
    [InlineData("18960302", true)]  // the oldest
    [InlineData("18960301", false)]
    public void A_birth_date_lies_between_130_years_ago_and_today(string date, bool accepted) =>
        Assert.Equal(accepted, CertificateParsing.Read(CertificateKind.ResidentIdCard, Number($"110105{date}002"), null, Today).Value is not null);

    [Theory]
    [InlineData("810000", CertificateKind.ResidencePermit)]
    [InlineData("820000", CertificateKind.ResidencePermit)]
    [InlineData("830000", CertificateKind.ResidencePermit)]
    [InlineData("810001", CertificateKind.ResidentIdCard)]
    [InlineData("840000", CertificateKind.ResidentIdCard)]
    [InlineData("110000", CertificateKind.ResidentIdCard)]
    [InlineData("911000", CertificateKind.PermanentResidenceCard)]
    public void The_first_digits_say_which_certificate_an_eighteen_digit_number_is_of__A5(string region, CertificateKind kind)
    {
        var number = Number($"{region}19980902001");
        foreach (var called in new[] { CertificateKind.ResidentIdCard, CertificateKind.ResidencePermit, CertificateKind.PermanentResidenceCard })
            Assert.Equal(called == kind ? null : CertificateFault.OtherKind, CertificateParsing.Read(called, number, null, Today).Fault);
    }

    [Theory]
    [InlineData(CertificateKind.HkMacauPermit, "H12345678", "H12345678")]
    [InlineData(CertificateKind.HkMacauPermit, "m1234567801", "M12345678")] // the old print's two digits of renewal are no part of it
    [InlineData(CertificateKind.HkMacauPermit, "HA1234567", "HA1234567")]   // non-Chinese permanent residents
    [InlineData(CertificateKind.HkMacauPermit, "MA1234567", "MA1234567")]
    [InlineData(CertificateKind.HkMacauPermit, "H1234567", null)]
    [InlineData(CertificateKind.HkMacauPermit, "H123456789", null)]
    [InlineData(CertificateKind.HkMacauPermit, "H123456789012", null)]
    [InlineData(CertificateKind.HkMacauPermit, "HB1234567", null)]
    [InlineData(CertificateKind.HkMacauPermit, "HA12345678", null)]
    [InlineData(CertificateKind.HkMacauPermit, "T12345678", null)]
    [InlineData(CertificateKind.TaiwanPermit, "12345678", "12345678")]
    [InlineData(CertificateKind.TaiwanPermit, "１２３４ ５６７８", "12345678")]
    [InlineData(CertificateKind.TaiwanPermit, "1234567", null)]
    [InlineData(CertificateKind.TaiwanPermit, "123456789", null)]
    [InlineData(CertificateKind.TaiwanPermit, "T1234567", null)]
    [InlineData(CertificateKind.PermanentResidenceCard, "usa110001010101", "USA110001010101")]
    [InlineData(CertificateKind.PermanentResidenceCard, "USA11000101010", null)]
    [InlineData(CertificateKind.PermanentResidenceCard, "US1110001010101", null)]
    public void Permits_and_cards_have_their_forms__A5(CertificateKind kind, string typed, string? number)
    {
        var read = CertificateParsing.Read(kind, typed, null, Today);
        Assert.Equal(number, read.Value?.Number);
        Assert.Equal(number is null ? CertificateFault.Malformed : null, read.Fault);
        Assert.Null(read.Value?.BirthDate);
    }

    [Theory]
    [InlineData("CHN", "E12345678", null)]
    [InlineData("chn", "ea1234567", null)]
    [InlineData("CHN", "G12345678", null)]
    [InlineData("CHN", "E1234567", CertificateFault.Malformed)]
    [InlineData("CHN", "E123456789", CertificateFault.Malformed)]
    [InlineData("CHN", "X12345678", CertificateFault.Malformed)]
    [InlineData("USA", "12345", null)]
    [InlineData("USA", "A23456789012345", null)]
    [InlineData("USA", "1234", CertificateFault.Malformed)]
    [InlineData("USA", "A234567890123456", CertificateFault.Malformed)]
    [InlineData(null, "E12345678", CertificateFault.Issuer)]
    [InlineData("CN", "E12345678", CertificateFault.Issuer)]
    [InlineData("C1N", "E12345678", CertificateFault.Issuer)]
    public void A_passport_names_the_state_that_issued_it__A5(string? issuer, string number, CertificateFault? fault) =>
        Assert.Equal(fault, CertificateParsing.Read(CertificateKind.Passport, number, issuer, Today).Fault);

    [Fact]
    public void No_other_kind_has_an_issuing_state() =>
        Assert.Equal(CertificateFault.Issuer, CertificateParsing.Read(CertificateKind.TaiwanPermit, "12345678", "CHN", Today).Fault);

    [Fact]
    public void The_same_number_of_two_states_is_two_passports_and_of_two_kinds_two_certificates()
    {
        var all = new Certificate[]
        {
            new(CertificateKind.Passport, "12345678", "USA"), new(CertificateKind.Passport, "12345678", "FRA"), new(CertificateKind.TaiwanPermit, "12345678"),
            new(CertificateKind.ResidentIdCard, "11010519491231002X"),
        };
        Assert.Equal(all.Length, all.Select(certificate => certificate.Compared).Distinct().Count());
    }

    [Theory]
    [InlineData("11010519491231002X", "002X")]
    [InlineData("12345678", "5678")]
    [InlineData("AB123", "23")]
    public void Only_the_end_of_a_number_may_be_shown(string number, string last) => Assert.Equal(last, new Certificate(CertificateKind.Passport, number, "USA").Last);

    [Fact]
    public void A_certificate_hides_itself_in_text() =>
        Assert.Equal("Certificate(ResidentIdCard)", new Certificate(CertificateKind.ResidentIdCard, "11010519491231002X").ToString());

    private static string Number(string body) => body + CertificateParsing.CheckCharacter(body);
}
