using AiCloud.Languages;

namespace AiCloud.Pages;

/// <summary>Words of the frame around every page, and of the pages that belong to no feature.</summary>
internal static class SiteTexts
{
    public static readonly Localized
        Product = new("AI Cloud 账号", "AI Cloud Accounts"),
        SkipToContent = new("跳到正文", "Skip to content"),
        MainNavigation = new("主导航", "Main"),
        Home = new("首页", "Home"),
        Register = new("注册", "Register"),
        SignIn = new("登录", "Sign in"),
        SignOut = new("退出登录", "Sign out"),
        AccountSettings = new("账户设置", "Account Settings"),
        Documents = new("协议与规则", "Documents"),
        HelpCenter = new("帮助中心", "Help Center"),
        ErrorPrefix = new("有误：", "Error: "),
        ErrorSummary = new("请更正以下内容", "Please correct the following"),
        Optional = new("（选填）", "(optional)"),
        Show = new("显示", "Show"),
        Hide = new("隐藏", "Hide"),
        ShowPassword = new("显示密码", "Show password"),
        Hotline = new("客服热线", "Hotline"),
        Mail = new("客服邮箱", "E-mail"),
        FooterNote = new("如发现账户被他人使用，请立即联系客服。", "If somebody else uses your account, contact customer service at once."),

        StartTitle = new("一个账号，使用 AI Cloud 的各项服务", "One account for every AI Cloud service"),
        StartLead = new("用手机号或邮箱注册，几分钟即可完成。", "Register with a mobile number or an e-mail address in a few minutes."),
        PromiseReadTitle = new("先看协议，再填信息", "Terms first, details later"),
        PromiseReadText = new("在您阅读并同意《隐私协议》之前，我们不会索取手机号或邮箱。", "No phone number or e-mail is asked for before you have read and agreed to the Privacy Agreement."),
        PromiseLittleTitle = new("只收集必需的信息", "Only what is needed"),
        PromiseLittleText = new("您的资料逐户加密保存，页面上只显示部分内容。", "Your details are encrypted under a key of your own and shown masked."),
        PromiseLeaveTitle = new("随时可以停止", "Stop at any time"),
        PromiseLeaveText = new("每一步都可以选择“我不同意”，本次填写的内容会立即删除。", "“I do not agree” stands on every step and erases at once what you entered."),

        HelpLead = new("查阅协议与规则，或联系客服。", "Read the documents, or reach customer service."),
        HelpContactTitle = new("联系客服", "Customer service"),
        HelpContactText = new("账户被他人使用、无法登录、对处理结果有异议，或需要注销账户时，请联系客服。", "Contact us when somebody else uses your account, when you cannot sign in, when you object to a decision, or to cancel your account."),
        HelpUrgentTitle = new("账户被他人使用？", "Somebody else uses your account?"),
        HelpUrgentText = new("请立即致电或写信。核实后平台会协助处理；因延迟通知造成的损失由您自行承担。", "Call or write at once. After verification the Platform helps you; losses from late notice are yours to bear."),
        HelpSessionsText = new("您也可以在“账户设置”中结束其他设备的登录，并修改密码。", "You can also end other sessions and change your password in Account Settings."),
        HelpDocumentsTitle = new("现行文件与公示", "Documents in force and announced"),

        OneDay = new("{0} 天", "{0} day"),
        Days = new("{0} 天", "{0} days"),
        OneHour = new("{0} 小时", "{0} hour"),
        Hours = new("{0} 小时", "{0} hours"),
        OneMinute = new("{0} 分钟", "{0} minute"),
        Minutes = new("{0} 分钟", "{0} minutes"),
        UnderOneMinute = new("不到 1 分钟", "less than a minute"),

        NoticeErased = new("本次注册填写的内容已删除。", "What you entered for this registration has been erased."),
        NoticeNothingKept = new("未保存任何内容。", "Nothing was kept."),
        NoticeRegistered = new("注册成功，您已登录。", "You are registered and signed in."),
        NoticeSignedOut = new("您已退出登录。", "You have signed out."),
        NoticeSessionEnded = new("登录已失效，请重新登录。", "Your session has ended. Please sign in again."),
        NoticeSaved = new("已保存。", "Saved."),
        NoticePasswordChanged = new("密码已修改。", "Your password has been changed."),
        NoticeSessionClosed = new("该登录已结束。", "The session has been ended."),
        NoticeOthersClosed = new("其他登录已全部结束。", "All other sessions have been ended."),
        NoticeGoingOn = new("已继续。您接受的版本见“您同意过的文件”。", "You went on. What you accepted stands under “What you agreed to”."),
        NoticeConsentSaved = new("您的选择已保存，可随时更改。", "Your choice has been saved. You can change it at any time."),
        NoticeConsentNeeded = new("此功能需要您先对下列事项作出选择。", "This function needs your choice on what is listed below."),
        NoticeTextChanged = new("文件已有新版本，请阅读后重新选择。", "The document has changed. Please read it and choose again."),
        NoticeCodeSent = new("新的验证码已发出，之前的验证码已作废。", "A new code is on its way; the one before is void."),
        NoticeLapsed = new("上次的注册已超时，填写的内容已删除。请重新开始。", "Your earlier registration lapsed and what it held has been erased. Please start again."),
        NoticeCompleted = new("该注册已完成，请登录。", "That registration is complete. Please sign in.");

    /// <summary>Status messages by the word that a redirect carries; any other word shows nothing.</summary>
    public static Localized? Notice(string? word) => word switch
    {
        "erased" => NoticeErased,
        "nothing-kept" => NoticeNothingKept,
        "registered" => NoticeRegistered,
        "signed-out" => NoticeSignedOut,
        "session-ended" => NoticeSessionEnded,
        "saved" => NoticeSaved,
        "password-changed" => NoticePasswordChanged,
        "session-closed" => NoticeSessionClosed,
        "others-closed" => NoticeOthersClosed,
        "going-on" => NoticeGoingOn,
        "consent-saved" => NoticeConsentSaved,
        "consent-needed" => NoticeConsentNeeded,
        "text-changed" => NoticeTextChanged,
        "code-sent" => NoticeCodeSent,
        "lapsed" => NoticeLapsed,
        "completed" => NoticeCompleted,
        _ => null,
    };
}
