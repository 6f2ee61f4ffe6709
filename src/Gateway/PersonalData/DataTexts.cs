using System.Collections.Frozen;
using AiCloud.Languages;

namespace AiCloud.PersonalData;

/// <summary>Words of a copy of what is held, and of the page where it is asked for.</summary>
internal static class DataTexts
{
    public static readonly Localized
        PageTitle = new("您的个人信息", "What is held about you"),
        PageLead = new("以下是本平台保存的与您有关的全部信息，与同一压缩包内的 personal-data.json 内容一致。时间为北京时间（UTC+8）。", "Everything that the Platform holds about you, the same as personal-data.json in this archive. Times are Shanghai time (UTC+8)."),
        None = new("无", "None"),
        Yes = new("是", "Yes"),
        No = new("否", "No"),

        Title = new("我的数据", "My data"),
        Lead = new("您可以下载本平台保存的与您有关的全部信息：账户、联系方式、登录记录、同意记录及凭证、存证、各项计数。", "You can download everything that the Platform holds about you: account, contacts, sessions, what you agreed to with receipts, the ledger, and what is counted."),
        Contents = new("压缩包内有一个网页文件（中文、英文各一）、一个供程序读取的 JSON 文件及其结构说明。", "The archive holds a page to read (one in Chinese, one in English) and a JSON file for programs, with its schema."),
        Schema = new("JSON 结构说明", "JSON schema"),
        Ask = new("生成副本", "Make a copy"),
        AskAgain = new("重新生成", "Make a new copy"),
        Replaces = new("新的副本会取代旧的副本。", "A new copy replaces this one."),
        Preparing = new("正在生成", "Being made"),
        PreparingHint = new("通常只需几秒钟，您也可以稍后再来。", "It takes some seconds. You may also come back later."),
        Progress = new("已完成 {0}/{1}", "{0} of {1} done"),
        Look = new("查看进度", "Look again"),
        Ready = new("副本已生成", "Your copy is ready"),
        ReadyUntil = new("可下载至 {0}，届时自动删除。", "It can be downloaded until {0} and is erased then."),
        Download = new("下载（ZIP）", "Download (ZIP)"),
        Careful = new("文件内含您的全部个人信息且未加密，请妥善保管，不要转发。", "The file holds all your personal information and is not encrypted. Keep it safe and do not pass it on."),
        Expired = new("上一份副本已到期删除。", "The last copy has been erased at its time."),
        Failed = new("上一份副本未能生成，未保存任何内容。请再试一次或联系客服。", "The last copy could not be made and nothing of it was kept. Try again, or contact customer service."),
        NotYet = new("为保护您的账户，{0} 之后才能再次生成。", "To protect your account, the next one can be made from {0} on."),
        ConfirmTitle = new("请先确认是您本人", "First confirm that it is you"),
        ConfirmGo = new("确认", "Confirm"),
        ConfirmBySignIn = new("您的账户没有密码。请退出后重新登录，即可在十分钟内导出。", "Your account has no password. Sign out and in again; then you have ten minutes."),
        Confirm = new("请输入密码，确认是您本人", "Your password, to confirm that it is you"),
        ConfirmMissing = new("请填写密码。", "Enter your password."),
        ConfirmWrong = new("密码不正确。", "The password is not right."),
        Link = new("下载我的数据", "Download my data"),
        LinkLead = new("查看并下载本平台保存的与您有关的全部信息。", "See and download everything that the Platform holds about you.");

    /// <summary>What each member of a copy is called. A test holds it against the schema.</summary>
    public static readonly FrozenDictionary<string, Localized> Labels = new Dictionary<string, Localized>
    {
        ["format"] = new("格式", "Format"),
        ["collectedAt"] = new("生成时间", "Collected"),
        ["account"] = new("账户", "Account"),
        ["contacts"] = new("联系方式", "Contacts"),
        ["credential"] = new("登录凭据", "Credential"),
        ["sessions"] = new("登录记录", "Sessions"),
        ["acceptances"] = new("您同意过的文件", "What you agreed to"),
        ["consents"] = new("按目的作出的同意", "Consents by purpose"),
        ["notices"] = new("变更通知", "Notices of changes"),
        ["ledger"] = new("存证记录", "Ledger"),
        ["budgets"] = new("按联系方式的计数", "What is counted for your contacts"),
        ["disclosures"] = new("向他人提供的记录", "Hand-overs to others"),
        ["exports"] = new("数据副本", "Copies of data"),
        ["id"] = new("编号", "Id"),
        ["phase"] = new("阶段", "Phase"),
        ["createdAt"] = new("注册时间", "Registered"),
        ["registration"] = new("注册编号", "Registration"),
        ["displayName"] = new("显示名称", "Name"),
        ["birthDate"] = new("出生日期", "Birth date"),
        ["locale"] = new("语言", "Language"),
        ["declarations"] = new("注册时的声明", "Declarations"),
        ["kind"] = new("种类", "Kind"),
        ["address"] = new("号码或地址", "Number or address"),
        ["provenAt"] = new("验证时间", "Confirmed"),
        ["digest"] = new("摘要", "Digest"),
        ["hasPassword"] = new("已设密码", "Has a password"),
        ["triesThisHour"] = new("一小时内密码尝试次数", "Password tries this hour"),
        ["triesSince"] = new("计数开始", "Counted since"),
        ["client"] = new("设备", "Device"),
        ["authenticatedAt"] = new("最近验证身份", "Authenticated"),
        ["openedAt"] = new("登录时间", "Signed in"),
        ["expiresAt"] = new("到期", "Expires"),
        ["lastSeen"] = new("最近使用", "Last used"),
        ["methods"] = new("验证方式", "Methods"),
        ["scope"] = new("范围", "Scope"),
        ["allowed"] = new("可用功能", "Allowed functions"),
        ["document"] = new("文件", "Document"),
        ["incorporated"] = new("一并接受", "Along with it"),
        ["acceptedAt"] = new("同意时间", "Agreed"),
        ["manner"] = new("方式", "Manner"),
        ["act"] = new("行为", "Act"),
        ["language"] = new("语言", "Language"),
        ["channel"] = new("渠道", "Channel"),
        ["session"] = new("会话", "Session"),
        ["network"] = new("网络摘要", "Digest of the network"),
        ["noticeAnnouncedAt"] = new("公示时间", "Announced"),
        ["noticeEffectiveAt"] = new("生效时间", "In force"),
        ["noticeShownAt"] = new("首次展示", "First shown"),
        ["noticePages"] = new("公示页面", "Pages of the notice"),
        ["version"] = new("版本", "Version"),
        ["sha256"] = new("文本摘要（SHA-256）", "Digest (SHA-256)"),
        ["purpose"] = new("目的", "Purpose"),
        ["given"] = new("同意", "Given"),
        ["withdrawn"] = new("已撤回", "Withdrawn"),
        ["at"] = new("时间", "When"),
        ["by"] = new("途径", "By"),
        ["number"] = new("序号", "Number"),
        ["evidence"] = new("封存的内容", "Sealed part"),
        ["evidenceSha256"] = new("封存内容的摘要", "Digest of the sealed part"),
        ["previous"] = new("前一条的哈希", "Hash of the one before"),
        ["hash"] = new("哈希", "Hash"),
        ["messages"] = new("24 小时内的验证码消息", "Messages of the last 24 hours"),
        ["askers"] = new("请求过验证码的网络", "Networks that asked for a code"),
        ["provenNetworks"] = new("验证成功的网络", "Networks that answered a code rightly"),
        ["failedSignIns"] = new("登录失败", "Failed sign-ins"),
        ["failedSignInsOfNewNetworks"] = new("陌生网络的登录失败次数", "Failures of unknown networks"),
        ["failedSignInsSince"] = new("计数开始", "Counted since"),
        ["trustedNetworks"] = new("您登录过的网络", "Networks you signed in from"),
        ["endsAt"] = new("计数结束", "Counting ends"),
        ["leavesAt"] = new("发送时间", "Sent"),
        ["guesses"] = new("可尝试次数", "Guesses"),
        ["codeLength"] = new("验证码位数", "Digits"),
        ["count"] = new("次数", "Times"),
        ["since"] = new("自", "Since"),
        ["recipient"] = new("接收方", "Recipient"),
        ["ground"] = new("依据", "Ground"),
        ["fields"] = new("内容", "Fields"),
        ["requestedAt"] = new("请求时间", "Asked for"),
        ["readyAt"] = new("完成时间", "Ready"),
        ["channels"] = new("途径", "Channels"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Localized> Words = new Dictionary<string, Localized>
    {
        ["phone"] = new("手机号", "mobile number"),
        ["email"] = new("邮箱", "e-mail"),
        ["explicit"] = new("明示", "explicit"),
        ["deemed"] = new("视为接受", "deemed"),
        ["open"] = new("正常", "open"),
        ["full"] = new("完整", "full"),
        ["limited"] = new("受限", "limited"),
        ["acceptance"] = new("同意文件", "acceptance"),
        ["consent"] = new("同意处理", "consent"),
        ["consent-withdrawn"] = new("撤回同意", "consent withdrawn"),
        ["notice"] = new("变更通知", "notice"),
        ["message"] = new("消息", "message"),
        ["answer"] = new("页面展示", "shown on a page"),
        ["zh-CN"] = new("中文", "Chinese"),
        ["en"] = new("英文", "English"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a member is called; its own name when it is an operator's or a later release's. The sealed part of an entry has members as they were sealed.</summary>
    public static string Label(string member, Language language)
    {
        var name = member.Length > 0 ? char.ToLowerInvariant(member[0]) + member[1..] : member;
        return Labels.TryGetValue(name, out var label) ? label.In(language) : member;
    }

    /// <summary>A value in a person's words, where there are some.</summary>
    public static string Word(string value, Language language) => Words.TryGetValue(value, out var word) ? word.In(language) : value;
}
