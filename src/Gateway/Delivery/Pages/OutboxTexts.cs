using AiCloud.Languages;

namespace AiCloud.Delivery.Pages;

/// <summary>Words of the development outbox.</summary>
internal static class OutboxTexts
{
    public static readonly Localized
        Title = new("开发用发件箱", "Development outbox"),
        Lead = new("以开发方式投递的消息只存在内存中，只有本机可以看到。", "Messages of development delivery live in memory only and are shown to this machine only."),
        Empty = new("还没有消息。", "No messages yet."),
        Refresh = new("刷新", "Refresh"),
        Code = new("验证码", "Code"),
        Purpose = new("用途", "Purpose"),
        Channel = new("渠道", "Channel"),
        SentAt = new("时间", "Sent");
}
