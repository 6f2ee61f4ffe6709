using System.Globalization;
using AiCloud.Clock;
using AiCloud.Objections;

namespace AiCloud.Delivery;

/// <summary>The texts of messages, short enough for one or two SMS parts.</summary>
internal static class MessageTexts
{
    public static string Of(CodeMessage message)
    {
        var minutes = Math.Ceiling(message.Lifetime.TotalMinutes).ToString(CultureInfo.InvariantCulture);
        return (message.Purpose, message.Locale) switch
        {
            (MessagePurpose.Registration, "en") =>
                $"AI Cloud: your code is {message.Code}, valid for {minutes} minutes. Share it with nobody. Not you? Ignore this message.",
            (MessagePurpose.Registration, _) =>
                $"【AI Cloud】您的注册验证码是 {message.Code}，{minutes} 分钟内有效。请勿告诉任何人。如非本人操作，请忽略本消息。",
            (MessagePurpose.RegistrationOfKnown, "en") =>
                $"AI Cloud: somebody tried to register with this contact, which already has an account. If it was you, sign in instead, or enter {message.Code} within {minutes} minutes. Not you? Ignore this message: nothing changes.",
            (MessagePurpose.RegistrationOfKnown, _) =>
                $"【AI Cloud】有人正用此联系方式注册，但它已有账户。如是您本人，请直接登录，或在 {minutes} 分钟内输入 {message.Code}。如非本人操作，请忽略，账户不受影响。",
            (MessagePurpose.OfUnknown, "en") =>
                "AI Cloud: somebody asked for a new password with this contact, but it has no account. You may have registered with another contact. Not you? Ignore this message.",
            (MessagePurpose.OfUnknown, _) =>
                "【AI Cloud】有人用此联系方式申请重设密码，但它没有账户。您可能是用其他联系方式注册的。如非本人操作，请忽略。",
            (_, "en") =>
                $"AI Cloud: {message.Code} is your code to {En(message.Purpose)}, valid for {minutes} minutes. Nobody of AI Cloud ever asks for it. Not you? Tell nobody and change your password.",
            (_, _) =>
                $"【AI Cloud】您{Zh(message.Purpose)}的验证码是 {message.Code}，{minutes} 分钟内有效。平台工作人员不会索要验证码。如非本人操作，请勿告诉任何人，并尽快修改密码。",
        };
    }

    private static string En(MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.SignIn => "sign in",
        MessagePurpose.Reauthentication => "confirm that it is you",
        MessagePurpose.PasswordReset => "set a new password",
        MessagePurpose.NewContact => "add this contact to an account",
        MessagePurpose.Guardian => "confirm as a guardian",
        MessagePurpose.FactProof => "confirm that this contact is still yours",
        _ => "register",
    };

    private static string Zh(MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.SignIn => "登录",
        MessagePurpose.Reauthentication => "确认本人操作",
        MessagePurpose.PasswordReset => "重设密码",
        MessagePurpose.NewContact => "将此联系方式加入账户",
        MessagePurpose.Guardian => "作为监护人确认",
        MessagePurpose.FactProof => "确认此联系方式仍属本人",
        _ => "注册",
    };

    /// <summary>What happened to an account, and how to say that it was somebody else.</summary>
    public static string OfAlarm(AlarmKind kind, DateTimeOffset at, string? link, string locale)
    {
        var when = Shanghai.At(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return locale == "en"
            ? $"AI Cloud: {What(kind).En} at {when} (Beijing time). Was it you? Then nothing is to be done. If it was not, {(link is null ? "call 400-8855-638 at once." : $"protect your account here: {link}")}"
            : $"【AI Cloud】{when}（北京时间）{What(kind).Zh}。如是您本人操作，无需处理；如非本人操作，请{(link is null ? "立即致电 400-8855-638。" : $"立即打开此链接保护账户：{link}")}";
    }

    private static (string En, string Zh) What(AlarmKind kind) => kind switch
    {
        AlarmKind.ContactAdded => ("a contact was added to your account", "您的账户新增了一个联系方式"),
        AlarmKind.ContactReplaced => ("a contact of your account was replaced", "您的账户更换了一个联系方式"),
        AlarmKind.ContactRemoved => ("a contact was removed from your account", "您的账户移除了一个联系方式"),
        AlarmKind.PasswordChanged => ("the password of your account was changed", "您的账户修改了密码"),
        AlarmKind.PasswordReset => ("the password of your account was reset by code", "您的账户以验证码重设了密码"),
        AlarmKind.ResetAnnounced => ("somebody asked for a new password of your account; it can be set after a wait unless you object", "有人申请重设您账户的密码，如无异议，等待期满后即可重设"),
        AlarmKind.SignedIn => ("your account was signed in to from a new device or network", "您的账户在新的设备或网络上登录"),
    };

    /// <summary>A number of the account went to somebody else.</summary>
    public static string OfLostNumber(DateTimeOffset atInShanghai, string locale)
    {
        var day = atInShanghai.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return locale == "en"
            ? $"AI Cloud: a mobile number of your account is now somebody else's, as its carrier says, and was taken from your account at {day} (Beijing time). Not right? Call 400-8855-638."
            : $"【AI Cloud】经运营商确认，您账户中的一个手机号已换人使用，已于北京时间 {day} 从您的账户移除。如有异议，请致电 400-8855-638。";
    }

    /// <summary>Somebody else proved a number of the account, and nobody knows yet whose it is.</summary>
    public static string OfClaimedNumber(DateTimeOffset untilInShanghai, string locale)
    {
        var day = untilInShanghai.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return locale == "en"
            ? $"AI Cloud: somebody proved a mobile number of your account and says that the account is not theirs. Is the number still yours? Sign in with it before {day} (Beijing time), or it leaves your account. If it is not, add another contact in Account Settings."
            : $"【AI Cloud】有人验证了您账户中的一个手机号，并称账户不是其本人的。如号码仍归您使用，请于北京时间 {day} 前用它登录，否则它将从您的账户移除；如已不再使用，请在“账户设置”中添加其他联系方式。";
    }

    /// <summary>An announced change of a document.</summary>
    public static string OfChange(string title, string version, DateTimeOffset effectiveAt, string locale)
    {
        var day = Shanghai.At(effectiveAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return locale == "en"
            ? $"AI Cloud: {title}, version {version}, comes into force at {day} (Beijing time). Read it, with what changes, in the Help Center."
            : $"【AI Cloud】《{title}》{version} 版将于北京时间 {day} 生效。内容及变更请见帮助中心。";
    }
}
