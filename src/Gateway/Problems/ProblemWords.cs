using System.Globalization;
using AiCloud.Languages;

namespace AiCloud.Problems;

/// <summary>What a person in front of a form is told of a problem. The catalogue speaks to developers where the two differ.</summary>
internal static class ProblemWords
{
    /// <summary>The words of a problem, with the wait when one is known.</summary>
    public static Localized Of(Problem problem)
    {
        var text = problem.Code == ProblemCode.CodeWrong && problem.Extensions.TryGetValue("attemptsLeft", out var left)
            ? new(string.Create(CultureInfo.InvariantCulture, $"验证码不正确，还可尝试 {left} 次。"), string.Create(CultureInfo.InvariantCulture, $"That code is not right. Tries left: {left}."))
            : Of(problem.Code);
        if ((problem.RetryAfter ?? problem.Code.Entry().RetryAfter) is not { } wait || wait < TimeSpan.FromSeconds(5)) return text;
        var (zh, en) = Wait(wait);
        return new(text.ZhCn + $"请在{zh}后再试。", text.En + $" Try again in {en}.");
    }

    /// <summary>The words of a problem by itself.</summary>
    public static Localized Of(ProblemCode code) => code switch
    {
        ProblemCode.BadRequest => new("页面已失效或浏览器未接受 Cookie。请返回上一页，刷新后重新提交。", "This form has gone stale, or your browser takes no cookies. Go back, reload the page and send it again."),
        ProblemCode.NotFound => new("页面不存在，或已失效。请检查地址，或返回首页。", "There is no such page, or it is gone by now. Check the address, or go back to the start."),
        ProblemCode.Invalid or ProblemCode.UnknownMember => new("填写的内容有误，请检查后重新提交。", "Something in the form is not right. Check it and send it again."),
        ProblemCode.PrivacyConsentMissing => new("请阅读《隐私协议》，并勾选同意后再继续。", "Read the Privacy Agreement and tick the box to go on."),
        ProblemCode.DocumentNotInForce => new("文件刚刚更新。请阅读现行版本后重新勾选。", "A document has just changed. Read the version now in force and tick its box again."),
        ProblemCode.NumberChangeUnknown => new("暂时无法确认该号码是否已换人使用，须等待一段时间；在此期间您可以使用邮箱注册。", "Nobody can say yet whether the number went to somebody else. It takes some days; meanwhile you can register by e-mail."),
        ProblemCode.BirthDateMismatch => new("号码中的出生日期与注册时填写的不一致。如注册时填错，请在下方一并更正。", "The number holds another birth date than you registered with. If that was wrong, correct it below."),
        ProblemCode.CodeWrong => new("验证码不正确。", "That code is not right."),
        ProblemCode.CodeAttemptsExhausted => new("尝试次数已用完，此验证码已作废，请重新获取。", "No tries are left and this code is void. Ask for a new one."),
        ProblemCode.ResendTooSoon => new("刚刚发送过验证码。", "A code was sent a moment ago."),
        ProblemCode.SendLimit => new("该联系方式的验证码发送次数已达上限。", "No more codes can be sent to this contact for now."),
        ProblemCode.CompletionInProgress => new("上一次提交还在处理，请稍候再试。", "The form you sent before is still being worked on. Wait a moment and try again."),
        ProblemCode.AcceptanceMissing => new("请逐一勾选同意每份协议。", "Tick the box of each agreement to go on."),
        ProblemCode.DeclarationMissing => new("请逐一作出声明。", "Make each declaration to go on."),
        ProblemCode.GuardianRequired => new("您未满 18 周岁，须由监护人参与。请邀请监护人。", "You are under 18, so a guardian has to take part. Invite yours to go on."),
        ProblemCode.GuardianPending => new("监护人尚未答复。", "Your guardian has not answered yet."),
        ProblemCode.GuardianContactSame => new("监护人须使用自己的联系方式，不能与您的相同。", "The guardian needs a contact of their own; this one is yours."),
        ProblemCode.GuardianWait => new("监护人仍可在期限内提出异议，期满后方可另行邀请。", "Your guardian still has time to object; until it is over no other can be invited."),
        ProblemCode.GuardianLimit => new("暂时无法再发送邀请。", "No more invitations can be sent for now."),
        ProblemCode.RegistrationRefused => new("无法以此联系方式注册。如有异议，请联系客服申诉。", "Registration with this contact is not possible. To object, contact customer service."),
        ProblemCode.CredentialsWrong => new("账户或密码不正确。", "The account or the password is not right."),
        ProblemCode.TooManyAttempts => new("登录失败次数过多。", "Too many sign-ins failed."),
        ProblemCode.Busy or ProblemCode.Unavailable => new("服务繁忙，您的提交未被处理，请稍候再试。", "The service is busy and did not take up what you sent. Try again in a moment."),
        ProblemCode.TooManyRequests => new("请求过于频繁。", "Too many requests came at once."),
        ProblemCode.TooManyChanges => new("24 小时内更改联系方式和密码的次数已达上限，以保护您的账户。", "As many contacts and passwords as allowed were changed in the last 24 hours; the limit protects your account."),
        ProblemCode.ExportTooSoon => new("联系方式、密码或监护人变更后 7 天内不生成也不提供数据副本，以保护账户。", "For 7 days after a contact, the password or the guardian changed no copy is made or handed over, to protect the account."),
        ProblemCode.ExportLimit => new("24 小时内生成数据副本的次数已达上限。", "As many copies as allowed were made in the last 24 hours."),
        ProblemCode.EndingTooSoon => new("联系方式、密码或监护人变更后 7 天内不能注销，以保护账户。", "For 7 days after a contact, the password or the guardian changed the account cannot be cancelled, to protect it."),
        ProblemCode.RegistrationsPaused => new("注册暂时停止；已开始的注册可以继续。", "No registration can be begun for now; those begun can be finished."),
        ProblemCode.SendsPaused => new("暂时无法向该联系方式发送验证码，您也可以使用其他联系方式。", "No code can be sent to this contact for now; you can also use another one."),
        ProblemCode.ReadOnly => new("服务暂时只能查看，您的提交未被处理。", "Nothing can be changed for now, and what you sent was not taken up."),
        ProblemCode.Internal => new("出现了意外错误，请稍后再试。", "Something unforeseen went wrong. Try again later."),
        _ => code.Entry().Text,
    };

    private static (string Zh, string En) Wait(TimeSpan wait)
    {
        var culture = CultureInfo.InvariantCulture;
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        if (seconds < 120) return (string.Create(culture, $" {seconds} 秒"), string.Create(culture, $"{seconds} seconds"));
        var minutes = (seconds + 59) / 60;
        return minutes < 120
            ? (string.Create(culture, $" {minutes} 分钟"), string.Create(culture, $"{minutes} minutes"))
            : (string.Create(culture, $" {(minutes + 59) / 60} 小时"), string.Create(culture, $"{(minutes + 59) / 60} hours"));
    }
}
