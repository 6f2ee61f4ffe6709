using AiCloud.Identifiers;
using AiCloud.Registration;

namespace AiCloud.Delivery;

/// <summary>
/// Development delivery: messages go to an outbox in memory, which a developer reads at <c>/dev/outbox</c>. Addresses of two reserved domains show what a
/// channel does at its worst: it refuses those at <c>refused.example</c>, and nobody knows what became of those at <c>silent.example</c>.
/// </summary>
internal sealed class DevelopmentDelivery(IGrainFactory grains, TimeProvider clock) : ICodeDelivery, INoticeDelivery, IDeliveryProviders
{
    private const string Provider = "development";

    public IReadOnlyCollection<string> All { get; } = [Provider];

    public string Of(Identifier to) => Provider;

    public Task<DeliveryState> HandOver(CodeMessage message, CancellationToken cancellation) =>
        message.To.Address.EndsWith("@refused.example", StringComparison.Ordinal) ? Task.FromResult(DeliveryState.NumberRefused)
            : message.To.Address.EndsWith("@silent.example", StringComparison.Ordinal) ? Task.FromResult(DeliveryState.Unknown)
            : Keep(message.To, message.IdentifierKey, message.Purpose.Name(), message.Code, MessageTexts.Of(message));

    public Task<DeliveryState> HandOver(NoticeMessage message, CancellationToken cancellation) =>
        Keep(message.To, message.IdentifierKey, message.Purpose, code: "", message.Text);

    private async Task<DeliveryState> Keep(Identifier to, string identifierKey, string purpose, string code, string text)
    {
        var kept = new DevelopmentMessage
        {
            To = to.Address,
            Channel = to.Kind == IdentifierKind.Phone ? "sms" : "email",
            Purpose = purpose,
            Code = code,
            Text = text,
            SentAt = clock.GetUtcNow(),
        };
        await grains.GetGrain<IDevelopmentOutboxGrain>(identifierKey).Put(kept);
        await grains.GetGrain<IDevelopmentOutboxGrain>(DevelopmentOutbox.Everybody).Note(kept);
        return DeliveryState.HandedOver;
    }
}

[GrainType("development-outbox")]
internal sealed class DevelopmentOutboxGrain : Grain, IDevelopmentOutboxGrain
{
    private const int Most = 50;
    private readonly LinkedList<DevelopmentMessage> _messages = new();

    public Task Put(DevelopmentMessage message)
    {
        _messages.AddFirst(message);
        if (_messages.Count > Most) _messages.RemoveLast();
        return Task.CompletedTask;
    }

    public Task Note(DevelopmentMessage message) => Put(message);

    public Task<DevelopmentMessage[]> Read() => Task.FromResult(_messages.ToArray());
}
