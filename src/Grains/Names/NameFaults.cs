using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Clock;

namespace AiCloud.Names;

/// <summary>What is kept of a name that the rules refuse (L-12). Pure.</summary>
internal static class NameFaults
{
    // As long as gateways may stand under two settings, one of which allows the name.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    /// <summary>The state after a judgement; the same one when nothing changes.</summary>
    public static AccountState Judged(AccountState state, NameJudgement judgement, DateTimeOffset now) => (judgement.Refused, state.NameFault) switch
    {
        (true, null) => state with { NameFault = new StoredNameFault(now, now.AddDays(judgement.Days)) },
        (false, { } noted) when now >= noted.At + Settled => state with { NameFault = null },
        _ => state,
    };

    /// <summary>What the person is told.</summary>
    public static string Message(DateTimeOffset deadline, string locale)
    {
        var day = Shanghai.At(deadline).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return locale == "en"
            ? $"AI Cloud: the name that your account shows is not allowed any more: it could be taken for a state body, the media or the platform. Choose another in Account Settings by {day} (Beijing time); after that it is not shown."
            : $"【AI Cloud】您账户的显示名称已不符合规则，可能被误认为国家机关、媒体或本平台。请于北京时间 {day} 前在“账户设置”中更换；逾期后该名称将不再显示。";
    }
}
