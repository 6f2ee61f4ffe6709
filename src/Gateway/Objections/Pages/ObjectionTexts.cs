using AiCloud.Languages;

namespace AiCloud.Objections.Pages;

/// <summary>Words of "this was not me".</summary>
internal static class ObjectionTexts
{
    public static readonly Localized
        Title = new("这不是您本人操作？", "Was this not you?"),
        Lead = new("{0}，时间：{1}。", "{0}, at {1}."),
        If = new("如果是您本人操作，请直接关闭此页，无需处理。", "If it was you, close this page; nothing is to be done."),
        What = new("如果不是，请点击下面的按钮。我们会立即：", "If it was not, press the button. At once:"),
        Sessions = new("结束该账户的所有登录", "every session of the account ends"),
        Password = new("停用现有密码，您需用验证码重设", "the password stops working; you set a new one by code"),
        Contacts = new("撤销此后的联系方式变更", "contacts become again what they were before"),
        Stop = new("在 72 小时内停止更改联系方式", "contacts cannot be changed for 72 hours"),
        StopReset = new("停止此次密码重设", "the reset of the password is stopped"),
        Go = new("这不是我，保护账户", "This was not me: protect the account"),
        DoneTitle = new("账户已受保护", "Your account is protected"),
        DoneLead = new("保护持续至{0}。", "The protection holds until {0}."),
        Next = new("请用您的联系方式设置新密码。", "Now set a new password with your own contact."),
        NextGo = new("设置新密码", "Set a new password"),
        Still = new("您仍可用原密码登录。", "You still sign in with your password."),
        Late = new("如有损失或无法登录，请立即致电客服。", "If something was lost, or you cannot sign in, call customer service at once."),
        GoneTitle = new("链接已失效", "This link does not work any more"),
        GoneLead = new("链接只在 14 天内有效。如账户被他人使用，请立即联系客服。", "It works for 14 days only. If somebody else uses your account, contact customer service at once."),
        ContactAdded = new("您的账户新增了一个联系方式", "A contact was added to your account"),
        ContactReplaced = new("您的账户更换了一个联系方式", "A contact of your account was replaced"),
        ContactRemoved = new("您的账户移除了一个联系方式", "A contact was removed from your account"),
        PasswordChanged = new("您的账户修改了密码", "The password of your account was changed"),
        PasswordReset = new("您的账户以验证码重设了密码", "The password of your account was reset by code"),
        ResetAnnounced = new("有人申请重设您账户的密码", "Somebody asked for a new password of your account"),
        SignedIn = new("您的账户在新的设备或网络上登录", "Your account was signed in to from a new device or network");

    /// <summary>What a notice told.</summary>
    public static Localized Of(AlarmKind kind) => kind switch
    {
        AlarmKind.ContactAdded => ContactAdded,
        AlarmKind.ContactReplaced => ContactReplaced,
        AlarmKind.ContactRemoved => ContactRemoved,
        AlarmKind.PasswordChanged => PasswordChanged,
        AlarmKind.PasswordReset => PasswordReset,
        AlarmKind.ResetAnnounced => ResetAnnounced,
        AlarmKind.SignedIn => SignedIn,
    };
}
