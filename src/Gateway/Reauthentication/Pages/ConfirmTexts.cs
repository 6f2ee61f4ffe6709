using AiCloud.Languages;

namespace AiCloud.Reauthentication.Pages;

/// <summary>Words of the page that asks whether it is you.</summary>
internal static class ConfirmTexts
{
    public static readonly Localized
        Title = new("确认是您本人", "Confirm that it is you"),
        Lead = new("为保护您的账户，进行此操作前请先验证身份。10 分钟内无需再次验证。", "To protect your account this needs to be confirmed first. It then holds for ten minutes."),
        Password = new("密码", "Password"),
        Go = new("确认", "Confirm"),
        ByCode = new("向 {0} 发送验证码", "Send a code to {0}"),
        NoWay = new("没有可用的验证方式，请联系客服。", "There is no way to confirm it here. Please contact customer service."),
        Back = new("取消", "Cancel");
}
