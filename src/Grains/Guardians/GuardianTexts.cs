using System.Globalization;
using AiCloud.Clock;
using AiCloud.Delivery;
using AiCloud.Documents;
using AiCloud.Endings;
using AiCloud.Facts;

namespace AiCloud.Guardians;

/// <summary>The texts of messages about guardianships, in both languages.</summary>
internal static class GuardianTexts
{
    public static string Invitation(InviterShown inviter, string page, DateTimeOffset until, string locale)
    {
        var who = inviter.Name is { } name ? $"{name} ({inviter.Masked})" : inviter.Masked;
        return locale == "en"
            ? $"AI Cloud: {who}, aged 16 or 17, asks you as their guardian to agree to their account. Read and decide here until {Time(until)}: {page} Keep this link to yourself. Do you not know them? Say so there."
            : $"【AI Cloud】{who}（16至17周岁）请您作为监护人确认其账户注册。请于 {Time(until)} 前在此阅读并决定：{page} 请勿转发此链接。如不认识此人，请在页面中说明。";
    }

    public static string Agreed(DateTimeOffset until, string locale) => locale == "en"
        ? $"AI Cloud: your guardian has agreed. Go back to your registration and finish it before {Time(until)}."
        : $"【AI Cloud】您的监护人已同意。请于 {Time(until)} 前回到注册页面完成注册。";

    public static string Declined(string locale) => locale == "en"
        ? "AI Cloud: the guardian you invited has declined. You can invite another guardian on the page where you did."
        : "【AI Cloud】您邀请的监护人已拒绝。您可在原页面另行邀请。";

    public static string Named(string locale) => locale == "en"
        ? "AI Cloud: your guardian has agreed, and your account is no longer limited for want of one."
        : "【AI Cloud】您的监护人已同意，账户不再因缺少监护人而受限。";

    public static string Withdrawn(DateTimeOffset nameBy, string locale) => locale == "en"
        ? $"AI Cloud: your guardian has withdrawn. Your account is limited; name another guardian in Account Settings by {Time(nameBy)}."
        : $"【AI Cloud】您的监护人已撤回同意，账户功能受限。请于 {Time(nameBy)} 前在账户设置中另行邀请监护人。";

    public static string Frozen(bool frozen, string locale) => (frozen, locale) switch
    {
        (true, "en") => "AI Cloud: your guardian has frozen your account. Speak with them, or contact customer service.",
        (true, _) => "【AI Cloud】您的账户已被监护人冻结。请与监护人沟通，或联系客服。",
        (false, "en") => "AI Cloud: your guardian has ended the freeze of your account.",
        (false, _) => "【AI Cloud】监护人已解除对您账户的冻结。",
    };

    public static string CopyAskedFor(string locale) => locale == "en"
        ? "AI Cloud: your guardian has asked for a copy of everything held about you."
        : "【AI Cloud】您的监护人已申请获取您的全部个人信息副本。";

    /// <summary>What a guardian is told.</summary>
    /// <param name="telling">The news.</param>
    /// <param name="text">The text that it is about, where it is about one.</param>
    /// <param name="objects">How long a guardian has to object to being called lost.</param>
    /// <param name="now">When it is told: that time begins then.</param>
    /// <param name="locale">Language.</param>
    public static string Of(GuardianTelling telling, DocumentVersion? text, TimeSpan objects, DateTimeOffset now, string locale) => telling.News switch
    {
        GuardianNews.ContactLost => ReportedLost(now + objects, locale),
        GuardianNews.ContactsChanged => ContactsChanged(locale),
        GuardianNews.NumberLost => NumberLost(locale),
        GuardianNews.FactMarked => OfWard(FactTexts.Of(FactMessage.Marked, telling.Fact!.Value, telling.Deadline!.Value, locale), locale),
        GuardianNews.FactRestricted => OfWard(FactTexts.Of(FactMessage.Restricted, telling.Fact!.Value, telling.Deadline!.Value, locale), locale),
        GuardianNews.FactLifted => OfWard(FactTexts.Of(FactMessage.Lifted, telling.Fact!.Value, telling.Deadline!.Value, locale), locale),
        GuardianNews.FactUpheld => OfWard(FactTexts.Of(FactMessage.Upheld, telling.Fact!.Value, telling.Deadline!.Value, locale), locale),
        GuardianNews.NameRefused => OfWard(Names.NameFaults.Message(telling.Deadline!.Value, locale), locale),
        GuardianNews.UnderAgeEnding => EndingTexts.WardUnderAge(telling.Deadline!.Value, locale),
        GuardianNews.AgeDecided => AgeDecided(telling.Deadline!.Value, locale),
        GuardianNews.BirthDateStated => BirthDateStated(locale),
        GuardianNews.OldEnough => WardOldEnough(locale),
        GuardianNews.CancelledByYou => EndingTexts.PlannedByYou(telling.Deadline!.Value, locale),
        GuardianNews.DocumentChanged => MessageTexts.OfChange(
            text is null ? telling.Document!.Kind : text.Titles.GetValueOrDefault(locale) ?? text.Titles["en"], telling.Document!.Version, telling.Deadline!.Value, locale),
        GuardianNews.OfAge => Ended(locale),
        GuardianNews.Replaced => Replaced(locale),
    };

    public static string ReportedLost(DateTimeOffset until, string locale) => locale == "en"
        ? $"AI Cloud: a minor you are guardian of says that you cannot be reached here any more. If that is wrong, sign in as guardian before {Time(until)} and nothing changes; after that they can name another guardian."
        : $"【AI Cloud】您监护的未成年人称此联系方式已无法联系到您。如有误，请于 {Time(until)} 前以监护人身份登录，一切保持不变；逾期后其可另行指定监护人。";

    public static string Found(string locale) => locale == "en"
        ? "AI Cloud: your guardian has signed in by their contact and can be reached. They are your guardian as before."
        : "【AI Cloud】您的监护人已凭其联系方式登录，可以联系到，监护关系不变。";

    public static string Replaced(string locale) => locale == "en"
        ? "AI Cloud: a minor said that you cannot be reached, and another guardian has agreed since. Your access has ended and your details have been erased, but for the record of your responsibility. Not right? Call 400-8855-638."
        : "【AI Cloud】未成年人称无法联系到您，现已有其他监护人同意。您的访问权限已结束，除责任记录外，您的资料已删除。如有异议，请致电 400-8855-638。";

    public static string ContactGone(DateTimeOffset nameBy, string locale) => locale == "en"
        ? $"AI Cloud: your guardian's number is now somebody else's. Your account is limited; name another guardian, or the same one by a new number, in Account Settings by {Time(nameBy)}."
        : $"【AI Cloud】您监护人的手机号已换人使用，账户功能受限。请于 {Time(nameBy)} 前在账户设置中另行邀请监护人，或以新号码邀请原监护人。";

    public static string NumberLost(string locale) => locale == "en"
        ? "AI Cloud: a mobile number of the account you are guardian of is now somebody else's, as its carrier says, and was taken from the account. If that should not be, sign in as guardian and freeze it."
        : "【AI Cloud】经运营商确认，您监护的账户中的一个手机号已换人使用，并已从该账户移除。如有疑问，请以监护人身份登录并冻结该账户。";

    public static string AgeDecided(DateTimeOffset until, string locale) => locale == "en"
        ? $"AI Cloud: an identity check showed another birth date of the minor you are guardian of. You are their guardian until {Time(until)}. See it by signing in as guardian."
        : $"【AI Cloud】经身份核验，您监护的未成年人的出生日期有变。您的监护至 {Time(until)} 为止。请以监护人身份登录查看。";

    public static string BirthDateStated(string locale) => locale == "en"
        ? "AI Cloud: the birth date of the account you are guardian of was stated anew. Until when you are guardian has not changed. See it by signing in as guardian."
        : "【AI Cloud】您监护的账户重新填写了出生日期，监护期限不变。请以监护人身份登录查看。";

    private static string OfWard(string message, string locale) => locale == "en"
        ? $"You are told this as guardian of the account. {message}" : $"（您作为该账户的监护人收到此通知）{message}";

    public static string StillMissing(string locale) => locale == "en"
        ? "AI Cloud: no guardian was named in time. Your account stays limited until one agrees or you turn 18. Customer service can help."
        : "【AI Cloud】您未在期限内指定监护人。账户将保持受限，直至有监护人同意或您年满18周岁。如需帮助请联系客服。";

    public static string OldEnough(bool guarded, string locale) => (guarded, locale) switch
    {
        (true, "en") => "AI Cloud: you have turned 16. Your account is no longer limited because of your age.",
        (true, _) => "【AI Cloud】您已年满16周岁，账户不再因年龄受限。",
        (false, "en") => "AI Cloud: you have turned 16. Your account can be used once a guardian agrees; invite one in Account Settings.",
        (false, _) => "【AI Cloud】您已年满16周岁。请在账户设置中邀请监护人，监护人同意后即可使用账户。",
    };

    public static string WardOldEnough(string locale) => locale == "en"
        ? "AI Cloud: a minor you are guardian of has turned 16. Their account is no longer limited because of their age."
        : "【AI Cloud】您监护的未成年人已年满16周岁，其账户不再因年龄受限。";

    public static string Ended(string locale) => locale == "en"
        ? "AI Cloud: a minor you were guardian of has come of age. Your access has ended and your details have been erased, but for the record of your responsibility."
        : "【AI Cloud】您监护的未成年人已年满18周岁。您的访问权限已结束，除责任记录外，您的资料已删除。";

    public static string OfAge(string locale) => locale == "en"
        ? "AI Cloud: you are of age. At your next sign-in, accept the agreements in your own name to go on using your account."
        : "【AI Cloud】您已年满18周岁。请在下次登录时以本人名义接受协议，以继续使用账户。";

    public static string ContactsChanged(string locale) => locale == "en"
        ? "AI Cloud: a contact of the account you are guardian of was changed. If that should not be, sign in as guardian and freeze the account."
        : "【AI Cloud】您监护的账户变更了联系方式。如有疑问，请以监护人身份登录并冻结该账户。";

    private static string Time(DateTimeOffset at) => Shanghai.At(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
