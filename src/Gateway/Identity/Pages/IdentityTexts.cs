using AiCloud.Languages;

namespace AiCloud.Identity.Pages;

/// <summary>Words of real-name proof.</summary>
internal static class IdentityTexts
{
    public static readonly Localized
        Title = new("实名核验", "Real name"),
        Lead = new("部分服务依法需要实名。核验只得到“相符”或“不符”的结果，不保存证件照片。", "Some services need your real name by law. The check answers with yes or no; no picture of a document is kept."),
        OpenPage = new("查看或提交实名核验", "See how it stands, or prove it"),
        Standing = new("核验状态", "How it stands"),
        StateNone = new("未核验", "Not proven"),
        StatePending = new("核验中", "Being checked"),
        StateVerified = new("已核验", "Proven"),
        StateRefused = new("未通过", "Not confirmed"),
        PendingText = new("核验方尚未答复。系统会自动重试，有结果后在此显示；您不需要再做什么。", "The check has not answered yet. It is asked again by itself and the result appears here; there is nothing more to do."),
        AskedAt = new("提交时间", "Submitted"),
        NextTry = new("下次重试", "Asked again"),
        EndsAt = new("最迟至", "Given up at"),
        Method = new("方式", "By"),
        Name = new("姓名", "Name"),
        NumberEnd = new("号码末位", "End of the number"),
        ProvenAt = new("核验时间", "Proven"),
        NumberKept = new("完整号码", "Full number"),
        NumberKeptFor = new("依法保存：{0}", "Kept by law: {0}"),
        NumberNotKept = new("未保存", "Not kept"),
        Unavailable = new("目前没有可用的核验方式。", "There is no way to prove your name here at present."),

        ConsentTitle = new("单独同意", "Your separate consent"),
        ConsentLead = new("姓名和证件号码是敏感个人信息。填写之前，请阅读以下说明，并自行决定是否同意；不同意不影响其他功能。", "A name with a certificate’s number is sensitive personal information. Read this before you enter anything, and decide freely; refusing changes nothing else."),
        ConsentPurpose = new("目的", "Purpose"),
        Necessity = new("必要性", "Why it is needed"),
        NecessityText = new("法律要求部分服务核验使用者的真实身份；没有其他方式可以替代，但您可以改用国家网络身份认证。", "The law asks some services to check who uses them. Nothing less will do; the state’s network identity is an equal way."),
        Effect = new("对您的影响", "What it means for you"),
        EffectText = new("核验结果决定您能否使用这些服务。信息泄露可能被他人冒用；号码经加密传送，核验有结果后即删除。", "The result decides whether you may use those services. Leaked data could be used in your name; the number travels encrypted and is erased once the check is answered."),
        ConsentBox = new("我已阅读，同意为核验实名处理上述敏感个人信息", "I have read this and consent to the processing of this sensitive information in order to check my name"),
        ConsentMissing = new("须勾选此项方可继续。", "Tick this box to go on."),
        ConsentGo = new("同意并继续", "Consent and go on"),

        ProveTitle = new("提交核验", "Prove your name"),
        Kind = new("证件种类", "Kind of certificate"),
        NameHint = new("与证件一致", "As it stands in the certificate"),
        NameMissing = new("请填写姓名。", "Enter your name."),
        Number = new("证件号码", "Number"),
        NumberHint = new("空格和大小写不影响", "Spaces and small letters do not matter"),
        NumberMissing = new("请填写证件号码。", "Enter the number."),
        Issuer = new("签发国家或地区（仅护照）", "Issuing state (passports only)"),
        IssuerHint = new("三个字母，如 CHN；其他证件留空", "Three letters, such as CHN; leave it empty for others"),
        BirthDate = new("更正出生日期（可选）", "Correct the birth date (optional)"),
        BirthDateHint = new("仅在注册时填错时填写", "Only if the one you registered with was wrong"),
        Password = new("当前密码", "Your password"),
        PasswordWrong = new("密码不正确。", "The password is not right."),
        Again = new("为确认是您本人，请一并填写密码。", "Enter your password too, to confirm that it is you."),
        Go = new("提交核验", "Check"),
        TriesLeft = new("24 小时内还可提交 {0} 次", "{0} checks left within 24 hours"),
        WithdrawTitle = new("撤回同意", "Withdraw consent"),
        WithdrawText = new("撤回后，核验结果和所存信息即删除；此前的处理不受影响。", "The proof and what is kept of it are erased then; what was done before stays valid."),
        WithdrawGo = new("前往撤回", "Withdraw"),

        ForService = new("此次核验用于“{0}”。", "This proof is for “{0}”."),
        NumberWillBeKept = new("该服务依法保存完整证件号码：{0}", "By law this service keeps the full number: {0}"),
        NetworkIdTitle = new("以国家网络身份认证核验", "Prove it by the state network identity"),
        NetworkIdLead = new("与证件核验效力相同，无需填写姓名和证件号码；我们只得到核验结果。", "Worth as much as a certificate, and it needs neither name nor number; only the result comes here."),
        Credential = new("网络身份凭证", "Network identity token"),
        CredentialHint = new("在国家网络身份认证 App 中获取后粘贴", "Get it from the state’s app and paste it here"),
        CredentialMissing = new("请填写网络身份凭证。", "Paste the token."),
        NetworkIdGo = new("核验", "Check"),
        NetworkId = new("国家网络身份认证", "State network identity"),
        ResidentIdCard = new("居民身份证", "Resident identity card"),
        HkMacauPermit = new("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macau residents"),
        TaiwanPermit = new("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
        ResidencePermit = new("港澳台居民居住证", "Residence permit for Hong Kong, Macau and Taiwan residents"),
        PermanentResidenceCard = new("外国人永久居留身份证", "Foreigner’s permanent residence card"),
        Passport = new("护照", "Passport"),

        ReasonMismatch = new("姓名与证件号码不符，请核对后重新提交。", "Name and number do not belong together. Check both and submit again."),
        ReasonNotFound = new("查无此证件，请核对证件种类和号码。", "No such certificate was found. Check kind and number."),
        ReasonDocumentLimit = new("该证件核验的账户数量已达上限。如非您本人所为，请联系客服。", "This certificate proves as many accounts as it may. If that was not you, ask customer service."),
        ReasonDocumentTries = new("该证件今日核验次数过多，请明日再试。", "This certificate was tried too often today. Try again tomorrow."),
        ReasonBirthDate = new("核验未确认出生日期。", "The birth date was not confirmed."),
        ReasonUnanswered = new("核验方三日内未答复，所提交的信息已删除，请重新提交。", "Nobody answered in three days, and what you submitted is erased. Submit it again.");

    /// <summary>Where it stands.</summary>
    public static Localized StateOf(IdentityState state) => state switch
    {
        IdentityState.None => StateNone,
        IdentityState.Pending => StatePending,
        IdentityState.Verified => StateVerified,
        IdentityState.Refused => StateRefused,
    };

    /// <summary>A kind of certificate.</summary>
    public static Localized KindOf(CertificateKind kind) => kind switch
    {
        CertificateKind.ResidentIdCard => ResidentIdCard,
        CertificateKind.HkMacauPermit => HkMacauPermit,
        CertificateKind.TaiwanPermit => TaiwanPermit,
        CertificateKind.ResidencePermit => ResidencePermit,
        CertificateKind.PermanentResidenceCard => PermanentResidenceCard,
        CertificateKind.Passport => Passport,
    };

    /// <summary>Why it was refused.</summary>
    public static Localized ReasonOf(IdentityReason reason) => reason switch
    {
        IdentityReason.Mismatch => ReasonMismatch,
        IdentityReason.NotFound => ReasonNotFound,
        IdentityReason.DocumentLimit => ReasonDocumentLimit,
        IdentityReason.DocumentTries => ReasonDocumentTries,
        IdentityReason.BirthDateUnconfirmed => ReasonBirthDate,
        IdentityReason.Unanswered => ReasonUnanswered,
    };
}
