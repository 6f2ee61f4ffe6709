using AiCloud.Languages;

namespace AiCloud.Facts.Pages;

/// <summary>Words of the pages about facts.</summary>
internal static class FactsTexts
{
    public static readonly Localized
        Title = new("信息核实", "Your facts"),
        Lead = new("以下列出账户中有哪些信息、何时验证过。页面不显示信息内容。", "What your account has, and when it was proven. The facts themselves are not shown here."),
        NotHeld = new("未提供", "Not given"),
        Stated = new("注册时填写", "stated when you registered"),
        Stands = new("正常", "Fine"),
        Marked = new("待核实", "To be checked"),
        Restricted = new("已受限", "Restricted"),
        MarkFalse = new("{0}可能不真实", "Your {0} may not be true"),
        MarkOutdated = new("{0}可能已失效", "Your {0} may be out of date"),
        MarkedAt = new("标记时间", "Marked"),
        Deadline = new("处理期限", "Deadline"),
        UntilDeadline = new("请在期限前重新验证或提出异议；逾期后，需要该信息的功能将受限。", "Prove it anew or object before the deadline. After it, what needs this fact stops working."),
        AfterDeadline = new("期限已过，需要该信息的功能已受限。重新验证后立即恢复；仅重新填写无效。", "The deadline has passed and what needs this fact is stopped. Proving it anew lifts this at once; typing it in again does not."),
        ProveById = new("请通过实名核验重新证明。", "It is proven anew by an identity check."),
        SendCode = new("发送验证码", "Send a code"),
        SendCodeTo = new("向 {0} 发送验证码", "Send a code to {0}"),
        CodeSent = new("验证码已发送至 {0}。", "A code is on its way to {0}."),
        Code = new("验证码", "Code"),
        CodeMissing = new("请填写验证码。", "Enter the code."),
        Prove = new("验证", "Prove"),
        Contest = new("提出异议", "Object"),
        ContestWords = new("说明理由（最多 2000 字）", "Why it is wrong (up to 2000 characters)"),
        ContestMissing = new("请说明理由。", "Say why it is wrong."),
        ContestHint = new("由标记者以外的工作人员答复。提出异议不延长期限。", "Another member of staff than who marked it answers. Objecting does not extend the deadline."),
        Contested = new("您的异议", "Your objection"),
        ContestWaits = new("等待答复", "Waits for an answer"),
        ContestRefused = new("未被采纳", "Not accepted"),
        Ended = new("已结束", "Ended"),
        EndedProven = new("已重新验证", "Proven anew"),
        EndedWithdrawn = new("标记已撤回", "Mark withdrawn"),
        EndedAccepted = new("异议已采纳", "Objection accepted"),
        Past = new("已结束的标记", "Marks that ended"),
        AskTitle = new("这些信息还正确吗？", "Is this still right?"),
        AskText = new("每年请您确认一次。若有变化，请更新；若无变化，点击“仍然正确”。不确认也不影响使用。", "You are asked once a year. Update what has changed, or say that all is still right. Nothing depends on your answer."),
        AskYes = new("仍然正确", "Still right"),
        AskChange = new("查看并更新", "See and update"),
        BannerTitle = new("有信息需要核实", "Something has to be checked"),
        BannerText = new("账户中的{0}被标记为不真实或已失效。请重新验证或提出异议。", "Marked as false or out of date: {0}. Prove it anew or object."),
        BannerGo = new("立即处理", "See what to do");

    /// <summary>A fact's name.</summary>
    public static Localized Of(AccountFact fact) => fact switch
    {
        AccountFact.Phone => new("手机号", "mobile number"),
        AccountFact.Email => new("邮箱", "e-mail address"),
        AccountFact.RealName => new("真实姓名", "real name"),
        AccountFact.BirthDate => new("出生日期", "birth date"),
        AccountFact.IdDocument => new("身份证件", "identity document"),
    };

    /// <summary>How a fact stands.</summary>
    public static Localized Of(FactStanding standing) => standing switch { FactStanding.Stands => Stands, FactStanding.Marked => Marked, FactStanding.Restricted => Restricted };

    /// <summary>What is said against a fact.</summary>
    public static Localized Of(FactFault fault) => fault switch { FactFault.False => MarkFalse, FactFault.Outdated => MarkOutdated };

    /// <summary>How a mark ended.</summary>
    public static Localized Of(FactMarkEnding ending) => ending switch
    {
        FactMarkEnding.Proven => EndedProven, FactMarkEnding.Withdrawn => EndedWithdrawn, FactMarkEnding.ContestAccepted => EndedAccepted,
    };
}
