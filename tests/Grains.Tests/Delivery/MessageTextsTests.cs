using AiCloud.Identifiers;

namespace AiCloud.Delivery;

public sealed class MessageTextsTests
{
    public static TheoryData<MessagePurpose, string> All => new MatrixTheoryData<MessagePurpose, string>([.. Enum.GetValues<MessagePurpose>().Where(purpose => purpose != MessagePurpose.OfUnknown)], ["en", "zh-CN"]);

    [Theory, MemberData(nameof(All))]
    public void Every_message_says_the_code_its_minutes_and_who_sends_it_and_nothing_of_the_contact(MessagePurpose purpose, string locale)
    {
        var text = MessageTexts.Of(Message(purpose, locale));
        Assert.Contains("012345", text, StringComparison.Ordinal);
        Assert.Contains("5", text.Replace("012345", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("AI Cloud", text, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void To_a_contact_without_an_account_no_code_is_told(string locale) =>
        Assert.DoesNotContain("012345", MessageTexts.Of(Message(MessagePurpose.OfUnknown, locale)), StringComparison.Ordinal);

    [Fact]
    public void The_owner_of_a_known_contact_reads_that_there_is_an_account_and_a_stranger_does_not()
    {
        Assert.Contains("already has an account", MessageTexts.Of(Message(MessagePurpose.RegistrationOfKnown, "en")), StringComparison.Ordinal);
        Assert.Contains("已有账户", MessageTexts.Of(Message(MessagePurpose.RegistrationOfKnown, "zh-CN")), StringComparison.Ordinal);
        Assert.DoesNotContain("already", MessageTexts.Of(Message(MessagePurpose.Registration, "en")), StringComparison.Ordinal);
        Assert.DoesNotContain("已有", MessageTexts.Of(Message(MessagePurpose.Registration, "zh-CN")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_never_shows_itself_in_a_log() => Assert.Equal("CodeMessage", Message(MessagePurpose.Registration, "en").ToString());

    private static CodeMessage Message(MessagePurpose purpose, string locale) => new()
    {
        To = new Identifier(IdentifierKind.Phone, "+8613800138000"), IdentifierKey = "phone.k1.x", Purpose = purpose, Code = "012345", Lifetime = TimeSpan.FromMinutes(5), Locale = locale,
    };
}
