using System.Collections.Frozen;
using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Languages;

namespace AiCloud.PersonalData;

/// <summary>
/// What the codes in a copy mean, member by member: under another member the same letters are something else, and a person's own name, words or address are never
/// read as a code.
/// </summary>
internal static class DataWords
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, Localized>> Words = new (string[] Members, (string Code, Localized Word)[] Codes)[]
    {
        (["kind"],
        [
            ("phone", new("手机号", "mobile number")), ("email", new("邮箱", "e-mail")),
            ("resident_id_card", new("居民身份证", "resident ID card")), ("hk_macau_permit", new("港澳居民来往内地通行证", "Hong Kong and Macau residents' permit")),
            ("taiwan_permit", new("台湾居民来往大陆通行证", "Taiwan residents' permit")), ("residence_permit", new("港澳台居民居住证", "residence permit of Hong Kong, Macau and Taiwan residents")),
            ("permanent_residence_card", new("外国人永久居留身份证", "foreigners' permanent residence ID card")), ("passport", new("护照", "passport")),
            ("registration-agreement", new("注册协议", "Registration Agreement")), ("privacy-agreement", new("隐私协议", "Privacy Agreement")),
            ("violation-rules", new("违规处理规则", "Violation Handling Rules")), ("cancellation-rules", new("账户注销规则", "Account Cancellation Rules")),
            ("acceptance", new("同意文件", "acceptance")), ("consent", new("同意处理", "consent")), ("consent-withdrawn", new("撤回同意", "consent withdrawn")),
            ("notice", new("变更通知", "notice")), ("guardian-acceptance", new("监护人承担责任", "a guardian took the responsibility")), ("guardianship", new("监护", "guardianship")),
            ("contact-lost", new("号码易主", "a number went to somebody else")), ("account-ended", new("账户终止", "the account ended")), ("fact", new("信息核实", "a fact in question")),
            ("contact_added", new("新增联系方式", "a contact was added")), ("contact_replaced", new("更换联系方式", "a contact was replaced")), ("contact_removed", new("移除联系方式", "a contact was removed")),
            ("password_changed", new("修改密码", "the password was changed")), ("password_reset", new("重设密码", "the password was reset")),
            ("reset_announced", new("公告重设密码", "a reset was announced")), ("signed_in", new("新设备登录", "a sign-in from somewhere new")),
        ]),
        (["phase"], [("prepared", new("准备中", "being opened")), ("open", new("正常", "open")), ("ending", new("正在终止", "ending")), ("ended", new("已终止", "ended"))]),
        (["scope"], [("full", new("完整", "full")), ("limited", new("受限", "limited"))]),
        (["manner"], [("explicit", new("明示", "explicit")), ("deemed", new("视为接受", "deemed"))]),
        (["methods"], [("pwd", new("密码", "password")), ("otp", new("验证码", "code"))]),
        (["channel"], [("web", new("网页", "website")), ("api", new("接口", "API")), ("service", new("其他 AI Cloud 服务", "another AI Cloud service"))]),
        (["language", "locale"], [("zh-CN", new("中文", "Chinese")), ("en", new("英文", "English"))]),
        (["declarations"], [("information", new("信息真实", "information is true")), ("eligibility", new("符合资格", "eligible")), ("capacity", new("具有完全民事行为能力", "full capacity"))]),
        (["method"], [("certificate", new("证件", "certificate")), ("network_id", new("国家网络身份认证", "state network identity"))]),
        (["fact"],
        [
            ("phone", new("手机号", "mobile number")), ("email", new("邮箱", "e-mail")), ("real_name", new("姓名", "name")), ("birth_date", new("出生日期", "birth date")),
            ("id_document", new("证件", "certificate")),
        ]),
        (["fault"], [("false", new("不真实", "false")), ("outdated", new("已过时", "outdated"))]),
        (["ending"], [("proven", new("已重新证明", "proven anew")), ("withdrawn", new("已撤回", "withdrawn")), ("contest_accepted", new("异议已采纳", "the objection was accepted"))]),
        (["endingGround"], [("cancellation", new("本人注销", "cancelled by yourself")), ("guardian", new("监护人注销", "cancelled by the guardian")), ("under-age", new("不满 14 周岁", "below 14"))]),
        (["refusedFor"],
        [
            ("mismatch", new("姓名与号码不符", "name and number do not belong together")), ("not_found", new("查无此证件", "there is no such certificate")),
            ("document_limit", new("该证件已用于足够多的账户", "the certificate proves as many accounts as it may")), ("document_tries", new("该证件当日核验次数过多", "the certificate was tried too often that day")),
            ("birth_date_unconfirmed", new("出生日期未获证实", "the birth date was not confirmed")), ("unanswered", new("未及时得到答复", "no answer came in time")),
        ]),
        (["standing"], [("changed", new("已易主", "somebody else's by now")), ("unchanged", new("未易主", "not changed")), ("unknown", new("无法得知", "not known")), ("later", new("尚无答复", "no answer yet"))]),
        (["assurance"], [("contact", new("仅验证了联系方式", "a proven contact")), ("id", new("已核验身份", "an identity check"))]),
        (["relationship"],
        [
            ("father", new("父亲", "father")), ("mother", new("母亲", "mother")), ("grandparent", new("祖父母或外祖父母", "grandparent")), ("sibling", new("成年兄、姐", "adult brother or sister")),
            ("other", new("其他监护人", "another guardian")),
        ]),
        (["loss"], [("withdrawn", new("监护人撤回", "the guardian withdrew")), ("contact_lost", new("联系不上监护人", "the guardian cannot be reached")), ("never_named", new("从未指定", "none was ever named"))]),
        (["invitationAnswer"],
        [
            ("lapsed", new("已失效", "lapsed")), ("open", new("未答复", "not answered")), ("accepted", new("已接受", "accepted")), ("declined", new("已拒绝", "declined")),
            ("unknown", new("表示不认识邀请人", "said not to know who invites")),
        ]),
        (["recipient"], [("identity-processor", new("实名核验机构", "checker of identities")), ("number-authority", new("号码核验机构", "authority on phone numbers"))]),
        (["ground"], [("consent", new("您的同意", "your consent")), ("security", new("保护账户安全", "security of the account"))]),
        (["purpose"],
        [
            ("identity-check", new("核验实名", "checking a real name")), (ProcessingPurposes.NumberStanding, new("核实号码是否易主", "whether a number changed hands")),
            // Of an entry about a fact, the fact.
            ("phone", new("手机号", "mobile number")), ("email", new("邮箱", "e-mail")), ("real_name", new("姓名", "name")), ("birth_date", new("出生日期", "birth date")), ("id_document", new("证件", "certificate")),
        ]),
        (["fields"],
        [
            ("real-name", new("姓名", "name")), ("certificate-number", new("证件种类和号码", "kind and number of a certificate")), ("birth-date", new("出生日期", "birth date")),
            ("network-id", new("网络身份认证凭证", "credential of the network identity service")), ("as-submitted", new("您当时提交的核验信息", "what you submitted for the check")),
            ("phone", new("手机号", "mobile number")), ("day-of-last-use", new("最近一次使用的日期", "day of last use")),
        ]),
        // How a notice reached the person; sealed with an entry of a guardianship, who acted.
        (["by"],
        [
            ("message", new("消息", "message")), ("answer", new("页面展示", "shown on a page")), ("guardian", new("监护人", "the guardian")), ("user", new("账户本人", "the user")),
            ("clock", new("时间届至", "the clock")), ("identity_check", new("实名核验", "an identity check")), ("number_authority", new("号码核验", "the authority on phone numbers")),
        ]),
        (["allowed"],
        [
            ("notice", new("查看变更", "changes")), ("appeal", new("申诉", "appeals")), ("export", new("数据副本", "copies of data")), ("documents", new("阅读文件", "documents")), ("consents", new("同意事项", "consents")),
            ("cancellation", new("注销", "cancelling")), ("sessions", new("登录管理", "sessions")), ("password", new("密码", "password")), ("sign_out", new("退出登录", "signing out")), (ActsOfUse.GoOn, new("选择继续使用", "\"go on\"")),
            (ActsOfUse.AccountChange, new("修改账户信息", "changing the account")), ("contacts", new("联系方式", "contacts")),
        ]),
        (["channels"], [("phone", new("手机号", "mobile number")), ("email", new("邮箱", "e-mail"))]),
        (["act", "what"],
        [
            ("registration_start", new("开始注册", "registration began")), ("registration_completion", new("完成注册", "registration completed")), ("coming_of_age", new("成年后本人同意", "agreed on coming of age")),
            ("consent", new("作出选择", "a choice by purpose")), (ActsOfUse.AccountChange, new("修改账户信息", "the account was changed")), (ActsOfUse.GoOn, new("选择继续使用", "\"go on\" was chosen")),
            (ActsOfUse.ServiceUse, new("使用 AI Cloud 服务", "an AI Cloud service was used")), ("account", new("查看账户时展示", "shown with the account")), ("sign_in", new("登录时展示", "shown at sign-in")),
            ("message", new("以消息告知", "told by message")), ("number_changed_hands", new("号码易主", "a number went to somebody else")),
            ("cancellation", new("本人注销", "cancelled by yourself")), ("guardian", new("监护人注销", "cancelled by the guardian")), ("under-age", new("不满 14 周岁", "below 14")),
            ("marked_false", new("标记为不真实", "marked false")), ("marked_outdated", new("标记为已过时", "marked outdated")), ("contested", new("提出异议", "contested")),
            ("restricted", new("限制相关功能", "functions restricted")), ("proven", new("重新证明", "proven anew")), ("confirmed", new("确认信息", "facts confirmed")), ("withdrawn", new("撤回标记", "the mark was withdrawn")),
            ("contest_accepted", new("采纳异议", "the objection was accepted")), ("contest_refused", new("未采纳异议", "the objection was not accepted")),
            ("birth_date_stated", new("重新填写出生日期", "the birth date was stated anew")), ("guardian_acceptance", new("监护人承担责任", "the guardian took the responsibility")),
            ("guardian_identity_consent", new("监护人同意核验身份", "the guardian consented to an identity check")), ("guardian_asked_for_copy", new("监护人请求副本", "the guardian asked for a copy")),
            ("guardian_cancelled", new("监护人决定注销", "the guardian cancelled the account")), ("guardian_took_cancellation_back", new("监护人撤回注销", "the guardian took the cancellation back")),
            ("guardian_contact_found", new("监护人重新登录", "the guardian signed in again")), ("guardian_contact_gone", new("监护人的号码易主", "the guardian's number went to somebody else")),
            ("guardian_contact_lost", new("报告联系不上监护人", "the guardian was reported out of reach")), ("guardian_corrected", new("监护人更正信息", "the guardian corrected the account")),
            ("guardian_corrected_own", new("监护人更正自己的信息", "the guardian corrected their own data")), ("guardian_ended_of_age", new("成年，监护结束", "of age: the guardianship ended")),
            ("guardian_not_named", new("逾期未指定监护人", "no guardian was named in time")), ("guardian_withdrew", new("监护人撤回同意", "the guardian withdrew")),
            ("guardian_froze", new("监护人冻结账户", "the guardian froze the account")), ("guardian_unfroze", new("监护人解除冻结", "the guardian lifted the freeze")),
            ("guardianship_re_decided", new("按核实的年龄重新确定监护", "the guardianship was decided anew for a proven age")),
            // What a guardian is still to be told.
            ("contact_lost", new("被报告联系不上", "you were reported out of reach")), ("contacts_changed", new("账户联系方式变更", "contacts of the account changed")), ("number_lost", new("账户号码易主", "a number of the account went to somebody else")),
            ("fact_marked", new("信息被标记", "a fact was marked")), ("fact_restricted", new("相关功能受限", "functions were restricted")), ("fact_lifted", new("标记结束", "a mark ended")), ("fact_upheld", new("异议未被采纳", "an objection was not accepted")),
            ("name_refused", new("显示名称不被允许", "the name is not allowed")), ("under_age_ending", new("账户因年龄终止", "the account ends for the minor's age")), ("age_decided", new("年龄经核实", "the age was proven")),
            ("old_enough", new("年满 16 周岁", "the minor has turned 16")), ("cancelled_by_you", new("您决定注销账户", "you cancelled the account")), ("document_changed", new("文件变更", "a document changes")),
            ("of_age", new("年满 18 周岁", "the minor has come of age")), ("replaced", new("另有监护人", "another guardian stands")),
        ]),
    }.SelectMany(group => group.Members.Select(member => (Member: member, group.Codes)))
        .ToFrozenDictionary(entry => entry.Member, entry => entry.Codes.ToFrozenDictionary(code => code.Code, code => code.Word, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>A value in a person's words, where its member is one of codes; an operator's own code, or a later release's, stands as it is.</summary>
    public static string In(string member, string value, Language language) => IsCode(member, value) ? Words[member][value].In(language) : value;

    /// <summary>Whether a member's value has words.</summary>
    internal static bool IsCode(string member, string value) => Words.TryGetValue(member, out var codes) && codes.ContainsKey(value);
}
