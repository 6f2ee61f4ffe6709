using System.Globalization;
using AiCloud.Clock;

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

    public static string ReportedLost(string locale) => locale == "en"
        ? "AI Cloud: a minor you are guardian of says that you cannot be reached here any more. If that is wrong, sign in as guardian and nothing changes."
        : "【AI Cloud】您监护的未成年人称此联系方式已无法联系到您。如有误，请以监护人身份登录，一切保持不变。";

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
