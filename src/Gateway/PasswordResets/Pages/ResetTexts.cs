using AiCloud.Languages;

namespace AiCloud.PasswordResets.Pages;

/// <summary>Words of the pages that reset a password.</summary>
internal static class ResetTexts
{
    public static readonly Localized
        Title = new("设置新密码", "Set a new password"),
        Lead = new("填写您账户的手机号或邮箱，我们会发送验证码。", "Enter the phone number or e-mail address of your account. A code goes to it."),
        Send = new("发送验证码", "Send the code"),
        CodeTitle = new("输入验证码", "Enter the code"),
        Again = new("换一个联系方式", "Use another contact"),
        PasswordTitle = new("设置新密码", "Choose a new password"),
        PasswordLead = new("设置后，所有设备上的登录都会结束，并通知您的全部联系方式。", "Every session on every device ends then, and all your contacts are told."),
        Password = new("新密码", "New password"),
        PasswordGo = new("设置密码", "Set the password"),
        SecondTitle = new("还需一项证明", "One more proof"),
        SecondLead = new("为防止他人重设您的密码，请再验证一个联系方式。", "So that nobody else resets your password, prove another of your contacts too."),
        SecondGo = new("向 {0} 发送验证码", "Send a code to {0}"),
        SecondNone = new("此联系方式已很久未用，而账户没有其他联系方式。手机号可能已换人使用：我们会先向运营商侧核实；无法确认时，请联系客服 400-8855-638。", "This contact was not used for a long time, and the account has no other. A number may be somebody else's by now: we ask about it first, and where it cannot be confirmed, customer service helps at 400-8855-638."),
        WaitTitle = new("无法验证其他联系方式？", "You cannot prove another one?"),
        WaitLead = new("可以申请等待 72 小时后重设。期间我们会通知全部联系方式，任何一个都可以阻止。", "Ask for the reset after 72 hours. All contacts are told meanwhile, and each of them can stop it."),
        WaitGo = new("申请等待后重设", "Ask for it"),
        WaitingTitle = new("等待期已开始", "The wait has begun"),
        WaitingLead = new("{0}之后，请回到此页，用同一联系方式重新开始。", "After {0} come back to this page and begin again with the same contact."),
        Forgotten = new("忘记密码？", "Forgot your password?");
}
