using AiCloud.Documents;
using AiCloud.Languages;

namespace AiCloud.Consent.Pages;

/// <summary>Words of changes, consents and receipts.</summary>
internal static class ConsentTexts
{
    public static readonly Localized
        BannerTitle = new("文件有变更", "Documents change"),
        BannerNotice = new("有关您账户的文件有新版本，请查看变更内容。", "There is a new version of a document about your account. Please look at what changes."),
        BannerConsent = new("个人信息的处理有变更，需要您逐项选择。", "The processing of your personal information changes and needs your choice, purpose by purpose."),
        BannerGo = new("查看变更", "See the changes"),

        ChangesTitle = new("文件变更", "What changes"),
        ChangesLead = new("登录和阅读不视为接受。自生效时起，继续使用账户即视为接受下列变更；扩大个人信息处理范围的变更除外，须由您逐项同意。",
            "Signing in and reading accept nothing. From its effective time on, continuing to use the account accepts a change listed here, except one that widens the processing of personal information, which needs your consent, purpose by purpose."),
        ChangesNone = new("目前没有需要您查看的变更。", "There is no change for you to look at."),
        InForceSince = new("生效时间（已生效）", "In force since"),
        InForceFrom = new("生效时间", "In force from"),
        AnnouncedAt = new("公示时间", "Announced"),
        ShownAt = new("首次向您展示", "First shown to you"),
        Changes = new("变更内容", "What changes"),
        ReadWhole = new("阅读全文", "Read the whole text"),
        ReadDiff = new("与您接受的版本对比", "Compare with the version you accepted"),
        NeedsConsent = new("该变更扩大个人信息的处理范围，不因继续使用而接受，请在下方逐项选择。", "This change widens the processing of personal information. Going on does not accept it: choose below, purpose by purpose."),
        GoOn = new("继续使用", "Go on"),
        GoOnHint = new("选择继续，即接受上列已生效的变更（须逐项同意的除外）。尚未生效的变更不因此接受。",
            "Going on accepts the changes above that are in force, except what needs consent by purpose. What is not in force yet is not accepted by it."),
        NotAgree = new("我不同意：导出、注销", "I do not agree: export, cancel"),

        ConsentTitle = new("需要您选择的事项", "What needs your choice"),
        ConsentsTitle = new("个人信息处理的同意", "Consent to processing"),
        ConsentsLink = new("管理各项同意", "Manage consents by purpose"),
        ConsentsLead = new("每一目的单独选择。同意、拒绝和撤回同样方便，可随时更改；撤回不影响此前的处理。", "Each purpose is chosen by itself. Giving, refusing and withdrawing are equally easy and possible at any time; withdrawing leaves past processing valid."),
        Purposes = new("处理目的", "Purposes"),
        ConsentsNone = new("现行文件没有列明需要逐项选择的目的。", "The documents in force list no purposes to choose by themselves."),
        DataKinds = new("个人信息种类", "Kinds of data"),
        Recipients = new("接收方", "Recipients"),
        Nobody = new("无", "None"),
        Retention = new("保存期限", "Kept"),
        Need = new("必要性", "Necessity"),
        Optional = new("可选。拒绝不影响任何其他功能。", "Optional. Refusing it changes nothing else."),
        Necessary = new("必要。不同意则不能使用：{0}。", "Necessary. Without it you cannot use: {0}."),
        NecessaryOnly = new("必要。", "Necessary."),
        State = new("您的选择", "Your choice"),
        StateUndecided = new("尚未选择", "Not chosen yet"),
        StateGiven = new("已同意", "Given"),
        StateRefused = new("已拒绝", "Refused"),
        StateWithdrawn = new("已撤回", "Withdrawn"),
        ChangeNew = new("新增", "New"),
        ChangeWidened = new("范围扩大", "Widened"),
        Box = new("我同意为此目的处理我的个人信息", "I consent to the processing of my personal information for this purpose"),
        Save = new("保存", "Save"),
        SaveLabel = new("保存对“{0}”的选择", "Save the choice on “{0}”"),
        SaveHint = new("不勾选而保存，即为拒绝。", "Saving without ticking refuses it."),
        Withdraw = new("撤回同意", "Withdraw consent"),
        WithdrawLabel = new("撤回对“{0}”的同意", "Withdraw consent to “{0}”"),

        Receipt = new("下载凭证", "Download receipt"),
        ReceiptLabel = new("下载《{0}》V{1} 的凭证", "Download the receipt of {0} V{1}"),
        ReceiptPurpose = new("下载“{0}”的凭证", "Download the receipt of “{0}”"),
        ReceiptHint = new("凭证是经签名的文件（JWS），任何人都可以用公钥核验，不含您的联系方式。", "A receipt is a signed file (JWS) that anybody can verify with the public keys; it holds no contact of yours."),
        ReceiptKeys = new("公钥", "Public keys"),

        LeaveTitle = new("不同意变更", "If you do not agree"),
        LeaveLead = new("您可以不再使用账户。仅登录、阅读文件或查看自己的信息，不视为接受变更。", "You may stop using the account. Signing in, reading documents and looking at your own information accept nothing."),
        LeaveHow = new("导出个人信息和注销账户", "Exporting your information and cancelling the account"),
        LeaveExport = new("导出可以随时自行办理：", "You can take your information along at any time:"),
        LeaveToday = new("注销目前还不能在线办理，请联系客服，核实身份后由客服办理：", "Cancelling cannot be done online today. Customer service does it after verifying who you are:"),
        LeaveAfter = new("注销后账户信息无法恢复；此前未结清的费用和未解决的争议由您承担。", "After cancellation the information cannot be recovered; fees and disputes from before remain yours."),
        LeaveRules = new("阅读《账户注销规则》", "Read the Account Cancellation Rules"),
        LeaveBack = new("返回变更说明", "Back to the changes");

    /// <summary>Names of data, recipients and functions that the product itself uses; an operator's own are shown as they stand.</summary>
    private static readonly Dictionary<string, Localized> Known = new(StringComparer.Ordinal)
    {
        ["phone"] = new("手机号", "mobile number"),
        ["email"] = new("邮箱", "e-mail address"),
        ["code"] = new("验证码", "code"),
        ["birth-date"] = new("出生日期", "birth date"),
        ["password-hash"] = new("密码（仅散列值）", "password (as a hash only)"),
        ["document-versions"] = new("文件版本", "document versions"),
        ["instant"] = new("时间", "time"),
        ["language"] = new("语言", "language"),
        ["channel"] = new("渠道", "channel"),
        ["session"] = new("会话", "session"),
        ["sessions"] = new("会话记录", "session records"),
        ["declarations"] = new("声明", "declarations"),
        ["network-prefix-digest"] = new("网络前缀摘要", "digest of the network prefix"),
        ["contact-digest"] = new("联系方式摘要", "digest of the contact"),
        ["counts"] = new("次数", "counts"),
        ["real-name"] = new("姓名", "name"),
        ["certificate-number"] = new("证件种类和号码", "kind and number of a certificate"),
        ["network-id"] = new("国家网络身份认证凭证（仅得到结果）", "state network identity (result only)"),
        ["identity-processor"] = new("核验服务商", "checking processor"),
        ["display-name"] = new("显示名称", "display name"),
        ["sms-processor"] = new("短信服务商", "SMS processor"),
        ["mail-processor"] = new("邮件服务商", "mail processor"),
        [ActsOfUse.AccountChange] = new("修改账户信息", "changing the account"),
        [ActsOfUse.ServiceUse] = new("使用 AI Cloud 服务", "AI Cloud services"),
    };

    /// <summary>A list of names in a person's words.</summary>
    public static string Names(IEnumerable<string> names, Language language) =>
        string.Join(language switch { Language.ZhCn => "、", Language.En => ", " }, names.Select(name => Known.TryGetValue(name, out var words) ? words.In(language) : name));

    /// <summary>What a person chose.</summary>
    public static Localized StateOf(ConsentState state) => state switch
    {
        ConsentState.Undecided => StateUndecided,
        ConsentState.Given => StateGiven,
        ConsentState.Refused => StateRefused,
        ConsentState.Withdrawn => StateWithdrawn,
    };

    /// <summary>How a purpose differs.</summary>
    public static Localized ChangeOf(PurposeChange change) => change switch
    {
        PurposeChange.New => ChangeNew,
        PurposeChange.Widened => ChangeWidened,
    };

    /// <summary>Where a change is compared with what the person accepted.</summary>
    public static string DiffPage(DueNotice notice) =>
        $"/documents/{Uri.EscapeDataString(notice.Document.Kind)}/diff?from={Uri.EscapeDataString(notice.From)}&to={Uri.EscapeDataString(notice.Document.Version)}";

    /// <summary>Where a text is read.</summary>
    public static string Page(DocumentReference document) => $"/documents/{Uri.EscapeDataString(document.Kind)}/{Uri.EscapeDataString(document.Version)}";
}
