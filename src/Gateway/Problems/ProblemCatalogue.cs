using AiCloud.Languages;

namespace AiCloud.Problems;

/// <summary>What is fixed about a problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A few words, for a person.</param>
/// <param name="Text">What happened and what can be done; the body of the page under <c>/problems/{code}</c>.</param>
/// <param name="RetryAfter">Whether Retry-After belongs to it, and what it says when nobody knows better. Always set for 429 and 503 (RFC 6585 §4).</param>
public sealed record ProblemEntry(int Status, Localized Title, Localized Text, TimeSpan? RetryAfter = null);

/// <summary>The one table of every problem. No default arm: a code without an entry does not compile (CS8509).</summary>
public static class ProblemCatalogue
{
    private static readonly Dictionary<ProblemCode, ProblemEntry> Entries = Enum.GetValues<ProblemCode>().ToDictionary(code => code, Write);

    /// <summary>What is fixed about <paramref name="code"/>.</summary>
    public static ProblemEntry Entry(this ProblemCode code) => Entries[code];

    /// <summary>Every problem, in the order of the enum.</summary>
    public static IReadOnlyCollection<ProblemCode> Codes => Entries.Keys;

    /// <summary>The problem of a bare status that the framework or an endpoint left without a body.</summary>
    public static ProblemCode Of(int status) => status switch
    {
        401 => ProblemCode.Unauthorized,
        403 => ProblemCode.Forbidden,
        404 => ProblemCode.NotFound,
        405 => ProblemCode.MethodNotAllowed,
        406 => ProblemCode.NotAcceptable,
        408 => ProblemCode.RequestTimeout,
        413 => ProblemCode.PayloadTooLarge,
        415 => ProblemCode.UnsupportedMediaType,
        422 => ProblemCode.Invalid,
        429 => ProblemCode.TooManyRequests,
        502 or 503 or 504 => ProblemCode.Unavailable,
        >= 500 => ProblemCode.Internal,
        _ => ProblemCode.BadRequest,
    };

    private static ProblemEntry Write(ProblemCode code) => code switch
    {
        ProblemCode.BadRequest => E(400, "请求无效", "Bad request", "请求的格式有误，服务器无法理解。", "The request is not formed in a way the server understands."),
        ProblemCode.MalformedJson => E(400, "JSON 格式错误", "Malformed JSON", "请求正文不是合法的 UTF-8 JSON，或嵌套超过 16 层。", "The body is not well-formed JSON in UTF-8, or is nested more than 16 levels deep."),
        ProblemCode.UnknownMember => E(422, "包含未知字段", "Unknown member", "请求包含本接口没有的字段；errors 列出每一个。", "The request has members that this call does not know; errors names each of them."),
        ProblemCode.Invalid => E(422, "内容无效", "Invalid content", "有字段缺失、类型不符或超出限制；errors 列出每一个。", "A member is missing, of the wrong type or out of its limits; errors names each of them."),
        ProblemCode.IdempotencyKeyWeak => E(400, "幂等键过弱", "Idempotency key too weak", "无会话的调用，Idempotency-Key 须为 UUID 或至少 22 个 base64url 字符。", "Without a session the Idempotency-Key must be a UUID or at least 22 characters of base64url."),
        ProblemCode.IdempotencyKeyInvalid => E(400, "幂等键无效", "Idempotency key invalid", "Idempotency-Key 只能出现一次，为 1 至 255 个可见 ASCII 字符，可加引号。", "The Idempotency-Key must be given once, as 1 to 255 visible ASCII characters, bare or quoted."),
        ProblemCode.IdempotencyKeyReused => E(422, "幂等键已用于其他内容", "Idempotency key reused", "同一 Idempotency-Key 曾用于不同的请求内容；新的操作请使用新的键。", "The same Idempotency-Key came with another body before; a new act needs a new key."),
        ProblemCode.IdempotencyInProgress => E(409, "首次请求仍在处理", "First call still running", "使用此 Idempotency-Key 的首次请求尚未结束；请稍后以相同内容重试。", "The first call with this Idempotency-Key has not ended; repeat it unchanged a little later.", 1),
        ProblemCode.Unauthorized => E(401, "需要凭证", "Credentials needed", "缺少 Authorization: Bearer 令牌，或令牌格式有误。", "The Authorization: Bearer token is missing or malformed."),
        ProblemCode.Forbidden => E(403, "不允许", "Not allowed", "此请求不被允许。", "This request is not allowed."),
        ProblemCode.NotFound => E(404, "未找到", "Not found", "该资源不存在，或您的令牌不适用于它。", "There is no such thing, or your token is not for it."),
        ProblemCode.MethodNotAllowed => E(405, "方法不被支持", "Method not allowed", "该地址不支持此方法；Allow 列出支持的方法。", "This address does not take the method; Allow lists those it takes."),
        ProblemCode.NotAcceptable => E(406, "无法提供所需格式", "Not acceptable", "无法以 Accept 要求的格式提供该资源。", "The thing cannot be served in a format that Accept asks for."),
        ProblemCode.RequestTimeout => E(408, "请求超时", "Request timed out", "请求没有在限定时间内完整到达。", "The request did not arrive completely in time."),
        ProblemCode.PayloadTooLarge => E(413, "正文过大", "Body too large", "请求正文不得超过 64 KB；文件草稿的文本合计不得超过 1 MB。", "A body may have at most 64 KB; the texts of a draft together at most 1 MB."),
        ProblemCode.UnsupportedMediaType => E(415, "不支持的内容类型", "Unsupported media type", "请求正文须为未压缩的 application/json，UTF-8 编码。", "The body must be application/json in UTF-8, not compressed."),
        ProblemCode.TooManyRequests => E(429, "请求过多", "Too many requests", "请求过于频繁；请在 Retry-After 所示时间后再试。", "Too many requests; try again after the time in Retry-After.", 10),
        ProblemCode.Internal => E(500, "内部错误", "Internal error", "出现了意外错误。向客服反映时请提供 traceId。", "Something unforeseen went wrong. Give the traceId when you report it."),
        ProblemCode.Unavailable => E(503, "服务暂不可用", "Service unavailable", "服务暂时不可用；请稍后以相同的 Idempotency-Key 重试。", "The service cannot answer now; repeat with the same Idempotency-Key a little later.", 2),
        ProblemCode.Busy => E(503, "服务繁忙", "Service busy", "服务繁忙，未开始处理您的请求；请在 Retry-After 所示时间后再试。", "The service is busy and did not take up your request; try again after the time in Retry-After.", 1),
        ProblemCode.PhoneInvalid => E(422, "手机号无效", "Phone number invalid", "请填写可接收短信的手机号。", "This is not a mobile number that can receive a message."),
        ProblemCode.EmailInvalid => E(422, "邮箱无效", "E-mail address invalid", "请填写有效的邮箱地址。", "This is not an e-mail address that can receive a message."),
        ProblemCode.CountryNotServed => E(422, "暂不支持该国家或地区", "Country not served", "暂不向该国家或地区的号码发送验证码。", "Codes are not sent to numbers of this country or region."),
        ProblemCode.PrivacyConsentMissing => E(422, "缺少隐私协议同意", "Privacy consent missing", "收集联系方式之前须先同意现行隐私协议。", "The privacy agreement in force must be consented to before a contact is taken."),
        ProblemCode.DocumentNotInForce => E(409, "文件版本已失效", "Document not in force", "所列版本或摘要不是现行版本；请阅读现行文件后再提交。", "A version or digest named is not the one in force; read the current documents and submit again."),
        ProblemCode.SendLimit => E(429, "发送次数已达上限", "Sending limit reached", "该联系方式的验证码发送次数已达上限。", "No more codes can be sent to this contact for now.", 60),
        ProblemCode.NetworkLimit => E(429, "网络请求过多", "Network limit reached", "来自您所在网络的注册请求过多。", "Too many sign-ups were started from your network.", 60),
        ProblemCode.WaitingRoom => E(429, "排队中", "Waiting room", "参与人数较多，请持号排队；票号在重连后仍有效。", "Many people are coming at once. Keep the ticket: it holds your place, also after a reconnect.", 5),
        ProblemCode.CampaignClosed => E(403, "活动未开放", "Campaign closed", "活动尚未开始或已结束。", "The campaign has not begun or is over."),
        ProblemCode.CampaignQuotaReached => E(403, "活动名额已满", "Campaign full", "活动名额已用完。", "All places of the campaign are taken."),
        ProblemCode.ResendTooSoon => E(429, "重发过早", "Resend too soon", "请稍候再重新发送验证码。", "Wait a little before asking for another code.", 60),
        ProblemCode.CodeWrong => E(422, "验证码错误", "Code wrong", "验证码不正确；attemptsLeft 为剩余次数。", "The code is not right; attemptsLeft says how many tries remain."),
        ProblemCode.CodeExpired => E(410, "验证码已过期", "Code expired", "验证码已过期，请重新获取。", "The code is too old. Ask for a new one."),
        ProblemCode.CodeAttemptsExhausted => E(429, "尝试次数已用完", "No tries left", "此验证码已作废，请重新获取。", "This code is void. Ask for a new one.", 60),
        ProblemCode.NotVerified => E(409, "尚未验证", "Not verified", "请先验证联系方式。", "The contact has to be verified first."),
        ProblemCode.AccountExists => E(409, "账号已存在", "Account exists", "该联系方式已有账号，请直接登录。", "This contact already has an account. Sign in instead."),
        ProblemCode.AlreadyCompleted => E(409, "注册已完成", "Already completed", "该注册已完成。", "This registration is complete already."),
        ProblemCode.BirthDateAlreadyStated => E(409, "出生日期已填写", "Birth date already stated", "每次注册只能填写一次出生日期。", "A birth date is stated once in a registration."),
        ProblemCode.BirthDateInvalid => E(422, "出生日期无效", "Birth date invalid", "请填写真实的出生日期，格式为 YYYY-MM-DD。", "This cannot be a birth date. The form is YYYY-MM-DD."),
        ProblemCode.CompletionInProgress => E(409, "注册正在完成", "Completion in progress", "该注册的另一次提交正在处理。", "Another completion of this registration is under way.", 1),
        ProblemCode.AcceptanceMissing => E(422, "缺少协议同意", "Acceptance missing", "须逐一同意每份必需的现行协议。", "Every required document in force has to be accepted."),
        ProblemCode.DeclarationMissing => E(422, "缺少声明", "Declaration missing", "有必需的声明未作出。", "A required declaration was not made."),
        ProblemCode.PasswordTooShort => E(422, "密码过短", "Password too short", "请使用更长的密码。", "Choose a longer password."),
        ProblemCode.PasswordTooLong => E(422, "密码过长", "Password too long", "请使用较短的密码；密码不会被截断。", "Choose a shorter password; none is ever cut short."),
        ProblemCode.PasswordCompromised => E(422, "密码过于常见", "Password too common", "该密码常见或曾泄露，请更换。", "This password is common or has leaked. Choose another."),
        ProblemCode.PasswordContainsIdentifier => E(422, "密码包含个人信息", "Password contains an identifier", "密码不得包含您的联系方式或产品名称。", "A password must not contain your contact or the product's name."),
        ProblemCode.UnderAge => E(403, "未满 16 周岁", "Under age", "注册须年满 16 周岁；本次填写的内容已删除。", "One must be 16 to register. What was entered has been erased."),
        ProblemCode.GuardianRequired => E(403, "需要监护人", "Guardian required", "16 至 17 周岁须由监护人参与注册。", "At 16 or 17 a guardian has to take part."),
        ProblemCode.GuardianContactSame => E(422, "监护人联系方式相同", "Same contact as the guardian's", "监护人须使用自己的联系方式。", "The guardian needs a contact of their own."),
        ProblemCode.GuardianLimit => E(429, "邀请次数已达上限", "Invitation limit reached", "监护人邀请次数已达上限。", "No more guardian invitations can be sent for now.", 3600),
        ProblemCode.RegistrationRefused => E(403, "无法注册", "Registration refused", "无法以此联系方式注册；reference 与 appeal 说明如何申诉。", "Registration is not possible; reference and appeal say how to object."),
        ProblemCode.RegistrationExpired => E(410, "注册已失效", "Registration expired", "该注册已超时，所填内容已删除；请重新开始。", "The registration lapsed and what it held is erased. Start again."),
        ProblemCode.CredentialsWrong => E(401, "账号或密码错误", "Wrong credentials", "账号与密码不匹配。", "Identifier and password do not open an account."),
        ProblemCode.TooManyAttempts => E(429, "尝试过多", "Too many attempts", "登录失败次数过多，请稍后再试。", "Too many sign-ins failed. Try again later.", 60),
        ProblemCode.AccountLimited => E(403, "账号受限", "Account limited", "当前会话不包含此功能；allowed 列出可用功能。", "This session does not cover the call; allowed lists what it covers."),
        ProblemCode.ConsentRequired => E(403, "需要重新同意", "Consent required", "继续之前须对 consentDue 所列事项作出选择。", "Before this, decide on what consentDue lists."),
        ProblemCode.NotInCheckpoint => E(409, "尚未纳入检查点", "In no checkpoint yet", "您的记录将由下一个检查点（一小时内）覆盖；请稍后再试。", "The next checkpoint, within the hour, covers your chain; ask again later.", 600),
        ProblemCode.CheckpointUnderWay => E(409, "检查点正在生成", "Checkpoint under way", "正在生成新的检查点；请稍后再试。", "The next checkpoint is being taken; ask again a little later.", 10),
        ProblemCode.DocumentVersionUsed => E(409, "版本名已使用", "Version already used", "该版本名已使用过（包括已撤回的版本），请另取版本名。", "The label was used before, perhaps by a withdrawn version. Choose another."),
        ProblemCode.DocumentInvalid => E(422, "文件内容无效", "Document invalid", "须同时提供中文和英文，合计不超过 1 MB，各项须符合要求。", "Both languages are needed, together at most 1 MB, and every member must follow the rules."),
        ProblemCode.EffectiveTooSoon => E(422, "生效期限不符", "Period not allowed", "自公示至生效不得少于 7 天，不得超过 365 天。", "From announcement to force takes at least 7 and at most 365 days."),
        ProblemCode.DocumentClassTooLow => E(422, "变更类别过低", "Class too low", "处理个人信息的范围扩大，类别须为 processing。", "The processing of personal data widens, so that the class must be processing."),
        ProblemCode.SecondPersonNeeded => E(403, "须由另一人办理", "Second person needed", "此操作须由提出者以外的另一位工作人员办理。", "Another member of staff than the one who proposed it has to do this."),
        ProblemCode.AnotherAnnounced => E(409, "已有公示中的版本", "Another version announced", "该类文件已有公示中、尚未生效的版本。", "Another version of this kind is announced and not in force yet."),
        ProblemCode.NotADraft => E(409, "已非草稿", "Not a draft", "该版本已公示或已撤回。", "This version was announced or withdrawn already."),
        ProblemCode.AlreadyInForce => E(409, "已生效", "Already in force", "该版本已生效，只能以新版本修改。", "This version is in force; only a new version can change it."),
        ProblemCode.SecondFactorRequired => E(403, "需要第二验证因素", "Second factor required", "本系统要求员工令牌经第二因素验证后签发。", "Staff tokens must have been issued after a second factor was proven."),
        ProblemCode.ProposalClosed => E(409, "提案已结束", "Proposal closed", "该提案已被决定或已过期。", "The proposal was decided or lapsed."),
        ProblemCode.TwoManagersNeeded => E(409, "至少需要两名管理员", "Two managers needed", "此操作会使可管理员工的成员少于两名。", "Fewer than two members who can manage staff would be left."),
        ProblemCode.ActivationExpired => E(410, "激活已过期", "Activation expired", "激活凭证已超过有效期；请重新提出激活提案。", "The activation is past its window; have a new one proposed."),
        ProblemCode.TooManyProposals => E(409, "提案或成员过多", "Too many proposals", "未决提案或成员数量已达上限。", "Too many proposals are open, or too many members exist."),
        ProblemCode.RolesNotLower => E(409, "只能减少角色", "Roles not lower", "增加角色须先提案并由他人批准；角色在此期间已变化，请重试。", "More roles need a proposal and a second person; the roles changed meanwhile, so ask again."),
        ProblemCode.MemberDisabled => E(409, "员工已停用", "Member disabled", "该员工已停用且不可恢复。", "The member was ended for good."),
        ProblemCode.TooManyDrafts => E(409, "草稿过多", "Too many drafts", "该类文件待公示的草稿已达上限；请先公示或撤回。", "Too many drafts of this kind wait; announce or withdraw some first."),
        ProblemCode.ReauthenticationRequired => E(403, "需要重新验证身份", "Re-authentication required", "请先以密码或验证码重新验证身份，再进行此操作。", "Confirm with the password or a code that it is you, then do this again."),
        ProblemCode.AccountProtected => E(403, "账户处于保护中", "Account protected", "有人对账户的变更提出“非本人操作”，保护期内不能更改联系方式等信息。", "Somebody said that a change of this account was not theirs; contacts and the like cannot be changed until the protection ends."),
        ProblemCode.TooManyContacts => E(409, "联系方式已达上限", "Too many contacts", "账户的联系方式数量已达上限，请先移除或替换。", "The account has as many contacts as it may have. Remove or replace one."),
        ProblemCode.ContactYours => E(409, "已是您的联系方式", "Already your contact", "该联系方式已在您的账户中。", "This contact is your account's already."),
        ProblemCode.ContactTaken => E(409, "联系方式已被使用", "Contact taken", "该联系方式属于另一个账户。", "This contact belongs to another account."),
        ProblemCode.ContactReserved => E(409, "联系方式保留中", "Contact reserved", "该联系方式刚从另一账户移除，暂为其保留，请过些天再试或换用其他联系方式。", "This contact was removed from another account a short while ago and is kept for it. Try again in some days, or use another contact."),
        ProblemCode.ContactBusy => E(409, "联系方式正在注册", "Contact busy", "该联系方式正在完成一次注册，请稍后再试。", "A registration with this contact is being completed; try again a little later.", 20),
        ProblemCode.LastContact => E(409, "至少保留一个联系方式", "Last contact", "账户须至少保留一个联系方式；请先添加另一个，或直接替换。", "An account keeps one contact at least. Add another first, or replace this one."),
        ProblemCode.BirthDateNeedsProof => E(403, "须先完成实名证明", "ID proof needed", "此项出生日期的更改须凭身份证件证明。", "This change of the birth date needs an ID proof."),
        ProblemCode.DisplayNameRefused => E(422, "名称不可用", "Name not allowed", "该名称含有不允许的字符，或会被误认为国家机关、媒体或本平台。", "The name has characters that are not allowed, or could be taken for a state body, the media or the platform."),
        ProblemCode.SecondProofNeeded => E(409, "需要第二项证明", "Second proof needed", "仅凭此联系方式不足以重设密码：请再验证一个联系方式，或申请等待期满后重设。", "This contact alone does not reset the password. Prove another one too, or ask for the reset after a wait."),
        ProblemCode.RegistrationsPaused => E(503, "暂停注册", "Registrations paused", "注册暂时停止；已开始的注册可以继续。请在 Retry-After 所示时间后再试。", "No registration can be begun for now; those begun can be finished. Try again after Retry-After.", 60),
        ProblemCode.ExportTooSoon => E(403, "暂不能导出", "Not yet", "联系方式或密码更改后 7 天内不提供数据副本，以保护您的账户；请在 Retry-After 所示时间后再试。", "For 7 days after a contact or the password changed no copy is made, to protect your account; try again after Retry-After.", 60),
        ProblemCode.ExportLimit => E(429, "副本次数过多", "Too many copies", "24 小时内生成数据副本的次数已达上限；请在 Retry-After 所示时间后再试。", "As many copies as allowed were made in the last 24 hours; try again after Retry-After.", 60),
        ProblemCode.ExportExpired => E(410, "副本已删除", "Copy erased", "该数据副本已到期删除；可重新生成。", "This copy was erased at its time; a new one can be made."),
        ProblemCode.ExportNotReady => E(409, "副本未就绪", "Copy not ready", "该数据副本尚未生成；请查看其状态。", "This copy is not made yet; look at its state."),
        ProblemCode.SendsPaused => E(503, "暂停发送", "Messages paused", "暂时无法向该联系方式发送验证码；请在 Retry-After 所示时间后再试，或使用其他联系方式。", "No code can be sent to this contact for now; try again after Retry-After, or use another contact.", 60),
        ProblemCode.ReadOnly => E(503, "暂停更改", "Read only", "服务暂时只能读取，您的请求未被处理；请在 Retry-After 所示时间后再试。", "Nothing can be changed for now, and the request was not taken up. Try again after Retry-After.", 60),
        ProblemCode.SwitchUnknown => E(422, "未知开关", "Unknown switch", "没有该名称的开关。", "There is no switch of this name."),
        ProblemCode.IdentityUnavailable => E(503, "暂不能核验实名", "No identity check", "本服务目前没有可用的实名核验方式。", "There is no way to prove identity here at present.", 3600),
        ProblemCode.IdentityConsentMissing => E(403, "缺少单独同意", "Separate consent missing", "核验实名信息前，须就“核验实名”这一目的单独同意（identity-check）。", "Before identity is checked, the purpose identity-check must be consented to by its own box."),
        ProblemCode.IdentityPending => E(409, "核验进行中", "Check under way", "上一次核验尚无结果；有结果后会自动更新，无需重复提交。", "The check asked for before is not answered yet. Its answer arrives by itself; there is nothing to submit again.", 60),
        ProblemCode.BirthDateMismatch => E(422, "出生日期不一致", "Birth dates differ", "证件号码中的出生日期与您填写的不一致。如填写有误，请在提交时一并更正 birthDate。", "The number holds another birth date than was stated. If that was wrong, give the right one as birthDate along with it."),
        ProblemCode.NumberNotChanged => E(409, "号码未变更", "Number not changed", "没有依据表明该号码已换人使用；如账户是您的，请登录，否则请使用邮箱注册或联系客服。", "Nothing shows that the number went to somebody else. Sign in if the account is yours; else register by e-mail or ask customer service."),
        ProblemCode.NumberChangeUnknown => E(409, "号码归属待确认", "Number not known yet", "尚无法确认该号码是否已换人使用，须等待至 until 所示时间；在此期间可使用邮箱注册。", "Nobody can say yet whether the number went to somebody else. It has to wait until the instant in until; meanwhile register by e-mail.", 3600),
        ProblemCode.NumberCheckUnavailable => E(503, "暂不能查询号码", "Number cannot be asked about", "号码归属查询暂时没有应答；请稍后再试，或使用邮箱注册。", "Whoever knows about numbers did not answer. Try again later, or register by e-mail.", 60),
        ProblemCode.CertificateMalformed => E(422, "证件号码格式不符", "Number malformed", "证件号码的位数或字符与所选证件不符。", "The number has not the length or characters of the certificate chosen."),
        ProblemCode.CertificateFifteenDigits => E(422, "15 位号码已作废", "15 digits are void", "15 位身份证号码自 2013 年起停止使用，请填写 18 位号码。", "Numbers of 15 digits are void since 2013. Give the one of 18."),
        ProblemCode.CertificateFirstDigit => E(422, "证件号码开头不符", "First digit impossible", "没有以此数字开头的证件号码。", "No number of this certificate begins so."),
        ProblemCode.CertificateOtherKind => E(422, "证件种类不符", "Another kind of certificate", "该号码属于另一种证件，请重新选择证件种类。", "This number is of another kind of certificate. Choose that kind."),
        ProblemCode.CertificateImpossibleDate => E(422, "号码中的日期不存在", "Date in it impossible", "号码中的出生日期不存在，请核对。", "The birth date in the number cannot be one. Check the digits."),
        ProblemCode.CertificateFutureDate => E(422, "号码中的日期未到", "Date in it to come", "号码中的出生日期晚于今天，请核对。", "The birth date in the number is still to come. Check the digits."),
        ProblemCode.CertificateOrder => E(422, "顺序码无效", "Order number impossible", "号码的顺序码为 000，不会被编发，请核对。", "The order number 000 is never given out. Check the digits."),
        ProblemCode.CertificateChecksum => E(422, "校验码不符", "Check character wrong", "号码最后一位与其余各位不符，可能有一位填错，请核对。", "The last character does not fit the others; one is probably mistyped."),
        ProblemCode.CertificateIssuer => E(422, "签发国家或地区无效", "Issuing state invalid", "护照须填写签发国家或地区的三字母代码；其他证件不填。", "A passport needs its issuing state by three letters; other certificates have none."),
        ProblemCode.RealNameInvalid => E(422, "姓名无效", "Name invalid", "请填写证件上的姓名，2 至 60 个字符。", "Give the name as it stands in the certificate, 2 to 60 characters."),
        ProblemCode.GuardianPending => E(409, "等待监护人", "Guardian has not answered", "监护人尚未答复；监护人同意后请再次提交。", "The guardian has not answered yet; complete again once they have agreed.", 60),
        ProblemCode.GuardianNotNeeded => E(409, "无需监护人", "No guardian needed", "尚未填写出生日期、已年满 18 周岁，或已有监护人。", "The birth date was not stated, the person is of age, or a guardian stands already."),
        ProblemCode.InvitationExpired => E(410, "邀请已失效", "Invitation expired", "该邀请已超时、被撤回或已答复。", "The invitation lapsed, was taken back or has been answered."),
        ProblemCode.GuardianPhoneNeeded => E(422, "需要监护人手机号", "Guardian's phone needed", "监护人须以自己的手机号验证。", "The guardian has to prove a mobile number of their own."),
        ProblemCode.WardLimit => E(409, "监护人数已达上限", "Too many minors", "该联系方式监护的未成年人数量已达上限。", "This contact answers for as many minors as it may."),
        ProblemCode.OwnAcceptanceRequired => E(403, "需以本人名义接受协议", "Own acceptance required", "您已年满 18 周岁，须先以本人名义接受现行协议。", "You are of age: accept the documents in force in your own name first."),
        ProblemCode.NotAGuardian => E(404, "未担任监护人", "Guardian of nobody", "没有账户将此联系方式登记为监护人。", "No account names this contact as its guardian's."),
        ProblemCode.SwitchEndInvalid => E(422, "结束时间无效", "End not allowed", "开关须在 24 小时内结束。", "A switch ends within 24 hours."),
        ProblemCode.ServiceClientEnded => E(409, "服务已停用", "Service ended", "该服务已停用且不可恢复，不能再签发令牌。", "The service was ended for good and gets no token any more."),
        ProblemCode.TooManyServiceTokens => E(409, "令牌过多", "Too many tokens", "该服务的有效令牌已达上限；请先停用不再使用的。", "Too many tokens of the service work; end one that is not used any more."),
        ProblemCode.TooManyServiceClients => E(409, "服务过多", "Too many services", "已登记的服务已达上限；请先停用不再使用的。", "Too many services exist; end one that is not used any more."),
        ProblemCode.AccountUnknown => E(404, "账户不存在", "No such account", "该编号不是已开通的账户：从未存在、尚未开通或已注销。", "The id is no open account: it never was, is not open yet, or was cancelled."),
        ProblemCode.FactNotHeld => E(409, "账户没有该信息", "Fact not held", "该账户没有这项信息，无从标记。", "The account has no such fact, so that nothing can be said against it."),
        ProblemCode.FactAlreadyMarked => E(409, "该信息已被标记", "Fact already marked", "该信息已有未结束的标记；请先撤回它。", "The fact has a mark that has not ended; withdraw that one first."),
        ProblemCode.FactMarkClosed => E(409, "标记已结束", "Mark ended", "该标记已结束：信息已重新验证、标记已撤回或异议已被采纳。", "The mark has ended: the fact was proven anew, the mark withdrawn or an objection accepted."),
        ProblemCode.AlreadyContested => E(409, "已提出异议", "Already contested", "对该标记已提出过异议。", "This mark was objected to before."),
        ProblemCode.NothingContested => E(409, "没有待处理的异议", "Nothing contested", "该标记没有待处理的异议。", "No objection to this mark waits for an answer."),
    };

    private static ProblemEntry E(int status, string titleZh, string titleEn, string textZh, string textEn, int? retryAfter = null) =>
        new(status, new(titleZh, titleEn), new(textZh, textEn), retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}
