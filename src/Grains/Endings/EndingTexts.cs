using System.Globalization;
using AiCloud.Clock;
using AiCloud.Shredding;

namespace AiCloud.Endings;

/// <summary>The texts of messages about endings, in both languages.</summary>
internal static class EndingTexts
{
    public static string Planned(string ground, DateTimeOffset at, string locale) => (ground, locale) switch
    {
        (EndingGrounds.Guardian, "en") => $"AI Cloud: your guardian has cancelled your account. It ends for good on {Time(at)} and cannot be brought back. Until then you can sign in, read and take a copy of your data; your guardian can take it back.",
        (EndingGrounds.Guardian, _) => $"【AI Cloud】您的监护人已申请注销您的账户。账户将于 {Time(at)} 终止且无法恢复。在此之前您可登录查看并导出数据，监护人可撤回。",
        (EndingGrounds.UnderAge, "en") => $"AI Cloud: a check found you below 14, so this account cannot be kept. It ends on {Time(at)} and everything in it is erased. Until then you can take a copy; if the age is wrong, prove the right one or contact customer service.",
        (EndingGrounds.UnderAge, _) => $"【AI Cloud】经核验您未满14周岁，账户不能保留，将于 {Time(at)} 终止并删除全部信息。在此之前可导出数据；如年龄有误，请重新核验或联系客服。",
        (_, "en") => $"AI Cloud: the cancellation of your account has been applied for. It ends for good on {Time(at)}. Until then it can be taken back in Account Settings.",
        _ => $"【AI Cloud】您的账户已申请注销，将于 {Time(at)} 终止且无法恢复。在此之前可在账户设置中撤回。",
    };

    public static string PlannedByYou(DateTimeOffset at, string locale) => locale == "en"
        ? $"AI Cloud: the account you are guardian of was cancelled by you. It ends for good on {Time(at)}. If that was not you, sign in as guardian and take it back."
        : $"【AI Cloud】您监护的账户已由您申请注销，将于 {Time(at)} 终止且无法恢复。如非本人操作，请以监护人身份登录并撤回。";

    public static string WardUnderAge(DateTimeOffset at, string locale) => locale == "en"
        ? $"AI Cloud: a check found the minor you are guardian of below 14, so their account cannot be kept. It ends on {Time(at)} and everything in it is erased. Until then you can sign in as guardian and take a copy; if the age is wrong, contact customer service."
        : $"【AI Cloud】经核验，您监护的未成年人未满14周岁，其账户不能保留，将于 {Time(at)} 终止并删除全部信息。在此之前您可以监护人身份登录并导出数据；如年龄有误，请联系客服。";

    public static string TakenBack(string locale) => locale == "en"
        ? "AI Cloud: the cancellation of your account was taken back. You can use it as before."
        : "【AI Cloud】您账户的注销申请已撤回，可照常使用。";

    public static string Ended(string locale) => locale == "en"
        ? "AI Cloud: the account has ended. Its data has been destroyed and nobody can bring it back. This contact is free to register again."
        : "【AI Cloud】账户已终止，其数据已销毁，任何人均无法恢复。此联系方式可重新注册。";

    private static string Time(DateTimeOffset at) => Shanghai.At(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
