using AiCloud.Identifiers;
using AiCloud.Registration;

namespace AiCloud.Delivery;

/// <summary>Development delivery: messages go to an outbox in memory, which a developer reads at <c>/dev/outbox</c>.</summary>
internal sealed class DevelopmentDelivery(IGrainFactory grains, TimeProvider clock) : ICodeDelivery
{
    public async Task<DeliveryState> HandOver(CodeMessage message, CancellationToken cancellation)
    {
        var kept = new DevelopmentMessage
        {
            To = message.To.Address,
            Channel = message.To.Kind == IdentifierKind.Phone ? "sms" : "email",
            Purpose = "registration",
            Code = message.Code,
            Text = MessageTexts.Of(message),
            SentAt = clock.GetUtcNow(),
        };
        await grains.GetGrain<IDevelopmentOutboxGrain>(message.IdentifierKey).Put(kept);
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
