using AiCloud.Documents;
using AiCloud.Staff;
using Orleans.Concurrency;

namespace AiCloud.NoticeMailings;

/// <summary>
/// Tells every account of one announced version by message, beside the public places (C2.5b): paced, resumable, each account at most once.
/// Key: <see cref="NoticeMailingKeys.Of"/>. It takes nothing from the budgets of codes, and goes on after a crash where it was.
/// </summary>
[Alias("aicloud.grain.notice-mailing")]
public interface INoticeMailingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins. Refuses <see cref="RefusalCode.NotFound"/> for a version that is not announced, <see cref="RefusalCode.AlreadyInForce"/> for one
    /// that is in force. Beginning again changes nothing.
    /// </summary>
    /// <param name="staff">Who asks.</param>
    /// <param name="perSecond">Messages a second, 1 to <see cref="NoticeMailing.FastestPerSecond"/>.</param>
    /// <param name="cancellation">Ends waiting.</param>
    [Alias("start")] Task<Outcome<NoticeMailing>> Start(StaffActor staff, int perSecond, CancellationToken cancellation = default);

    /// <summary>Changes pace, pauses, or goes on; a null member stays as it is. Refuses <see cref="RefusalCode.NotFound"/> before it was begun.</summary>
    [Alias("steer")] Task<Outcome<NoticeMailing>> Steer(int? perSecond, bool? paused, CancellationToken cancellation = default);

    /// <summary>How far it has come. Refuses <see cref="RefusalCode.NotFound"/> before it was begun.</summary>
    [Alias("progress"), AlwaysInterleave] Task<Outcome<NoticeMailing>> Progress(CancellationToken cancellation = default);

    /// <summary>Goes on by one second's worth, as its timer would. Answers how many accounts were looked at.</summary>
    [Alias("go-on")] Task<int> GoOn();
}

/// <summary>Keys of mailings.</summary>
public static class NoticeMailingKeys
{
    /// <summary>The key of a version's mailing.</summary>
    public static string Of(string kind, string version) => $"{kind}~{version}";
}

/// <summary>How far a mailing has come.</summary>
public enum NoticeMailingPhase
{
    /// <summary>Going on.</summary>
    Running = 1,
    /// <summary>Stopped by staff; can go on.</summary>
    Paused = 2,
    /// <summary>Every account was looked at.</summary>
    Finished = 3,
    /// <summary>The version was withdrawn, or came into force before every account was told; nobody is told any more.</summary>
    Overtaken = 4,
}

/// <summary>A mailing as staff see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.notice-mailing")]
public sealed record NoticeMailing
{
    /// <summary>The fastest pace.</summary>
    public const int FastestPerSecond = 500;

    /// <summary>How far it has come.</summary>
    [Id(0)] public required NoticeMailingPhase Phase { get; init; }
    /// <summary>Messages a second.</summary>
    [Id(1)] public required int PerSecond { get; init; }
    /// <summary>Who began it.</summary>
    [Id(2)] public required StaffActor StartedBy { get; init; }
    /// <summary>When.</summary>
    [Id(3)] public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When the last account was looked at; null before that.</summary>
    [Id(4)] public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Accounts told.</summary>
    [Id(5)] public required long Told { get; init; }
    /// <summary>Accounts passed over: told before, or bound by the version already.</summary>
    [Id(6)] public required long Passed { get; init; }
    /// <summary>Accounts that could not be asked again and again.</summary>
    [Id(7)] public required long Failed { get; init; }
}

/// <summary>What an account is to tell its person.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.change-notice")]
public sealed record ChangeNotice
{
    /// <summary>The announced version.</summary>
    [Id(0)] public required DocumentReference Document { get; init; }
    /// <summary>Titles by language tag.</summary>
    [Id(1)] public required Dictionary<string, string> Titles { get; init; }
    /// <summary>From when it is in force.</summary>
    [Id(2)] public required DateTimeOffset EffectiveAt { get; init; }
}

/// <summary>What became of one account's notice.</summary>
public enum ChangeNoticeResult
{
    /// <summary>Told now.</summary>
    Told = 1,
    /// <summary>Told before, bound already, or not open: nothing was sent.</summary>
    Passed = 2,
}
