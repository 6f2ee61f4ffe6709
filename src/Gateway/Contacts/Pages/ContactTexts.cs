using AiCloud.Languages;

namespace AiCloud.Contacts.Pages;

/// <summary>Words of the pages about contacts.</summary>
internal static class ContactTexts
{
    public static readonly Localized
        Title = new("联系方式", "Contacts"),
        Now = new("现有的联系方式", "Those you have now"),
        Kind = new("手机号或邮箱", "Phone or e-mail"),
        Lead = new("联系方式用于登录、接收验证码和安全通知。信息变更后请及时更新。", "Contacts are for signing in, for codes and for security notices. Keep them up to date."),
        Manage = new("管理联系方式", "Manage contacts"),
        Reveal = new("查看完整信息", "Show in full"),
        Back = new("返回账户设置", "Back to Account Settings"),
        Remove = new("移除", "Remove"),
        RemoveLabel = new("移除 {0}", "Remove {0}"),
        Only = new("账户须至少保留一个联系方式。要更换它，请在下方选择“替换”。", "An account keeps one contact at least. To change it, choose “instead of” below."),
        Removed = new("移除后 14 天内，该联系方式为您的账户保留，他人不能使用。", "For 14 days after its removal a contact is kept for your account; nobody else can take it."),
        AddTitle = new("添加或替换", "Add or replace"),
        AddLead = new("我们会向新的联系方式发送验证码，并通知原有的联系方式。", "A code goes to the new contact, and the contacts you have now are told."),
        Instead = new("方式", "How"),
        InsteadNone = new("添加为新的联系方式", "Add it"),
        InsteadOf = new("替换 {0}", "Instead of {0}"),
        Send = new("发送验证码", "Send the code"),
        CodeTitle = new("验证新的联系方式", "Confirm the new contact"),
        Cancel = new("取消", "Cancel"),
        FactsTitle = new("完整信息", "Your details in full"),
        FactsLead = new("请确认周围无人看到屏幕。", "Make sure that nobody looks at your screen."),
        RealName = new("已核验的真实姓名", "Proven real name"),
        CertificateNumber = new("证件号码", "Certificate number"),
        CertificateEnds = new("仅保存末四位：{0}", "Only the last four are kept: {0}"),
        BirthTitle = new("更正出生日期", "Correct the birth date"),
        BirthHint = new("凭身份证件证明之前可在此更正；更正不能跨越 16 或 18 周岁。", "Until an ID proves it you can correct it here, but not across 16 or 18 years of age."),
        BirthProven = new("出生日期已凭身份证件证明，不能在此更改。如有差错，请重新完成实名证明。", "Your birth date was proven by an ID and is not changed here. If it is wrong, prove it anew."),
        BirthGo = new("更正", "Correct it"),
        SecurityLead = new("更改联系方式或密码后的 7 天内，不能导出数据或注销账户。", "For seven days after a contact or the password changed, data cannot be exported and the account not cancelled.");
}
