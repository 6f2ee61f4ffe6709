using AiCloud.Consent;
using AiCloud.Languages;

namespace AiCloud.Accounts.Pages;

/// <summary>Words of sign-in and Account Settings.</summary>
internal static class AccountTexts
{
    public static readonly Localized
        SignInTitle = new("登录", "Sign in"),
        SignInLead = new("使用注册时的手机号或邮箱登录。", "Use the mobile number or e-mail you registered with."),
        Identifier = new("手机号或邮箱", "Mobile number or e-mail"),
        IdentifierMissing = new("请填写手机号或邮箱。", "Enter your mobile number or e-mail."),
        Password = new("密码", "Password"),
        PasswordMissing = new("请填写密码。", "Enter your password."),
        SignInGo = new("登录", "Sign in"),
        NoAccount = new("还没有账户？", "No account yet?"),
        SignOutTitle = new("退出登录", "Sign out"),
        SignOutLead = new("退出后，本设备需要重新登录。", "This device will need to sign in again."),
        SignOutGo = new("退出登录", "Sign out"),

        Title = new("账户设置", "Account Settings"),
        Facts = new("账户信息", "Your account"),
        Name = new("显示名称", "Name"),
        NameFaultTitle = new("请更换显示名称", "Please choose another name to show"),
        NameFaultText = new("您的显示名称已不符合规则，可能被误认为国家机关、媒体或本平台。请于 {0} 前更换，逾期后将不再显示。", "The rules changed, and your name could now be taken for a state body, the media or the platform. Choose another by {0}; after that it is not shown."),
        NameStopped = new("您的显示名称不符合规则，自 {0} 起不再显示。请另选一个名称。", "Your name is against the rules and has not been shown since {0}. Please choose another."),
        NameFaultGo = new("更换名称", "Choose another name"),
        NoName = new("未填写", "None"),
        Phone = new("手机号", "Mobile number"),
        Email = new("邮箱", "E-mail"),
        Proven = new("{0}验证", "confirmed {0}"),
        BirthDate = new("出生日期", "Birth date"),
        Created = new("注册时间", "Registered"),
        Number = new("账户编号", "Account id"),
        Standing = new("状态", "Standing"),
        StandingGood = new("正常", "Good"),
        StandingLimited = new("部分功能受限", "Some functions limited"),
        Terms = new("账户的归属与使用", "Whose this account is"),
        TermsOwner = new("账户所有权归平台，您享有专属使用权。", "The Platform owns the account; you have the exclusive right to use it."),
        TermsTransfer = new("除法律规定或平台书面同意外，账户不得转让、出租、出借或继承。", "It may not be transferred, leased, lent or inherited, except by law or with the Platform’s written consent."),
        TermsRead = new("详见《注册协议》第 2.3 条", "See section 2.3 of the Registration Agreement"),

        Profile = new("显示名称与语言", "Name and language"),
        Locale = new("短信和邮件的语言", "Language of messages"),
        Save = new("保存", "Save"),
        Optional = new("留空即不显示名称。", "Leave it empty to show no name."),

        Sessions = new("登录记录", "Sessions"),
        SessionsLead = new("以下设备已登录您的账户。如有不认识的，请结束它并修改密码。", "These devices are signed in. End any you do not know, and change your password."),
        SessionCurrent = new("当前", "This one"),
        SessionSince = new("登录于 {0}", "Signed in {0}"),
        SessionSeen = new("最近使用 {0}", "last used {0}"),
        SessionEnd = new("结束", "End"),
        SessionEndLabel = new("结束 {0} 的登录", "End the session of {0}"),
        SessionEndOthers = new("结束其他所有登录", "End all other sessions"),

        PasswordTitle = new("修改密码", "Change password"),
        PasswordCurrent = new("当前密码", "Current password"),
        PasswordCurrentWrong = new("当前密码不正确。", "The current password is not right."),
        PasswordNew = new("新密码", "New password"),
        PasswordNewMissing = new("请填写新密码。", "Enter a new password."),
        PasswordEndOthers = new("同时结束其他所有登录", "Also end all other sessions"),
        PasswordGo = new("修改密码", "Change password"),
        PasswordSetTitle = new("设置密码", "Set a password"),
        PasswordNone = new("您的账户目前没有密码。", "Your account has no password at the moment."),
        PasswordConfirmFirst = new("设置密码前，请先用验证码确认是您本人。", "Before you set one, a code confirms that it is you."),
        PasswordConfirmGo = new("用验证码确认", "Confirm by a code"),
        PasswordSetGo = new("设置密码", "Set password"),

        Acceptances = new("您同意过的文件", "What you agreed to"),
        AcceptancesLead = new("每一次同意都按确切的版本和文本摘要保存。", "Each agreement is kept with the exact version and digest of its text."),
        AcceptedAt = new("同意时间", "Agreed"),
        Digest = new("文本摘要（SHA-256）", "Digest (SHA-256)"),
        ActStart = new("开始注册时勾选", "Box ticked when registration began"),
        ActCompletion = new("完成注册时勾选", "Box ticked when registration was completed"),
        ActConsent = new("逐项同意后生效", "By consent, purpose by purpose"),
        ActGoOn = new("继续使用：在变更说明中选择“继续”", "Continued use: “go on” on the change shown"),
        ActAccountChange = new("继续使用：修改账户信息", "Continued use: the account was changed"),
        ActServiceUse = new("继续使用：使用 AI Cloud 服务", "Continued use: an AI Cloud service was used"),
        Act = new("方式", "How"),
        WithIt = new("一并接受", "Along with it");

    /// <summary>How an acceptance came about.</summary>
    public static Localized ActOf(Acceptance acceptance) => acceptance.Act switch
    {
        "registration_start" => ActStart,
        "registration_completion" => ActCompletion,
        "consent" => ActConsent,
        ActsOfUse.GoOn => ActGoOn,
        ActsOfUse.ServiceUse => ActServiceUse,
        _ => ActAccountChange,
    };

    /// <summary>How an account stands.</summary>
    public static Localized StandingOf(AccountStanding standing) => standing switch { AccountStanding.Good => StandingGood, AccountStanding.Limited => StandingLimited };
}
