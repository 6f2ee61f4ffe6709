using System.Globalization;
using AiCloud.Clock;

namespace AiCloud.Facts;

/// <summary>What a person is told of a mark.</summary>
internal enum FactMessage
{
    /// <summary>It was made.</summary>
    Marked = 1,
    /// <summary>Its deadline has passed.</summary>
    Restricted = 2,
    /// <summary>It ended.</summary>
    Lifted = 3,
    /// <summary>The objection was not accepted.</summary>
    Upheld = 4,
}

/// <summary>Messages of marks: which kind of fact, never the fact.</summary>
internal static class FactTexts
{
    public static string Of(FactMessage message, AccountFact fact, DateTimeOffset deadline, string locale)
    {
        var day = Shanghai.At(deadline).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return (message, locale) switch
        {
            (FactMessage.Marked, "en") => $"AI Cloud: we have reason to think that the {En(fact)} of your account is not right. Prove it anew or object in Account Settings by {day} (Beijing time); after that, what needs it stops working.",
            (FactMessage.Marked, _) => $"【AI Cloud】您账户的{Zh(fact)}可能不真实或已失效。请于北京时间 {day} 前在“账户设置”中重新验证或提出异议；逾期后，需要该信息的功能将受限。",
            (FactMessage.Restricted, "en") => $"AI Cloud: the {En(fact)} of your account was not proven anew by {day} (Beijing time). What needs it is stopped until you prove it in Account Settings.",
            (FactMessage.Restricted, _) => $"【AI Cloud】您账户的{Zh(fact)}未在北京时间 {day} 前重新验证，需要该信息的功能已受限。在“账户设置”中重新验证后立即恢复。",
            (FactMessage.Lifted, "en") => $"AI Cloud: nothing is said any more against the {En(fact)} of your account. What needs it works.",
            (FactMessage.Lifted, _) => $"【AI Cloud】对您账户{Zh(fact)}的标记已撤销，需要该信息的功能可正常使用。",
            (FactMessage.Upheld, "en") => $"AI Cloud: your objection about the {En(fact)} of your account was not accepted. Prove it anew in Account Settings by {day} (Beijing time).",
            (FactMessage.Upheld, _) => $"【AI Cloud】您对账户{Zh(fact)}的异议未被采纳。请于北京时间 {day} 前在“账户设置”中重新验证。",
        };
    }

    private static string En(AccountFact fact) => fact switch
    {
        AccountFact.Phone => "mobile number",
        AccountFact.Email => "e-mail address",
        AccountFact.RealName => "real name",
        AccountFact.BirthDate => "birth date",
        AccountFact.IdDocument => "identity document",
    };

    private static string Zh(AccountFact fact) => fact switch
    {
        AccountFact.Phone => "手机号",
        AccountFact.Email => "邮箱",
        AccountFact.RealName => "真实姓名",
        AccountFact.BirthDate => "出生日期",
        AccountFact.IdDocument => "身份证件",
    };
}
