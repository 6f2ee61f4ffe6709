using System.Collections.Concurrent;
using System.Threading.Channels;
using AiCloud.Identifiers;
using AiCloud.Registration;

namespace AiCloud.Delivery;

/// <summary>Keeps messages instead of sending them. Takes every message unless told otherwise for a contact. Two providers: one for numbers of the mainland, one for everything else.</summary>
public sealed class RecordedDelivery : ICodeDelivery, INoticeDelivery, IDeliveryProviders
{
    private readonly ConcurrentDictionary<string, Channel<CodeMessage>> _unread = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<CodeMessage>> _all = new();
    private readonly ConcurrentQueue<NoticeMessage> _notices = new();
    private readonly ConcurrentDictionary<string, Func<CodeMessage, Task<DeliveryState>>> _behaviours = new();
    private readonly ConcurrentDictionary<string, Func<NoticeMessage, Task<DeliveryState>>> _noticeBehaviours = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> All { get; } = ["carrier-one", "elsewhere"];

    /// <inheritdoc/>
    public string Of(Identifier to) => to.Address.StartsWith("+86", StringComparison.Ordinal) ? "carrier-one" : "elsewhere";

    /// <summary>What the channel does with messages to one contact from now on.</summary>
    public void Behave(string identifierKey, Func<CodeMessage, Task<DeliveryState>> behaviour) => _behaviours[identifierKey] = behaviour;

    /// <summary>The next message to a contact that nobody has read yet.</summary>
    public async Task<CodeMessage> Next(string identifierKey)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Unread(identifierKey).Reader.ReadAsync(patience.Token);
    }

    /// <summary>Every message to a contact.</summary>
    public IReadOnlyCollection<CodeMessage> To(string identifierKey) => _all.TryGetValue(identifierKey, out var messages) ? messages : [];

    /// <summary>Every message without a code, in the order in which it was handed over.</summary>
    public IReadOnlyCollection<NoticeMessage> Notices => _notices;

    /// <summary>What the channel does with messages without a code to one contact from now on; null for taking them. One that it does not take is not recorded.</summary>
    public void BehaveToNotices(string identifierKey, Func<NoticeMessage, Task<DeliveryState>>? behaviour)
    {
        if (behaviour is null) _noticeBehaviours.TryRemove(identifierKey, out _);
        else _noticeBehaviours[identifierKey] = behaviour;
    }

    async Task<DeliveryState> INoticeDelivery.HandOver(NoticeMessage message, CancellationToken cancellation)
    {
        var taken = _noticeBehaviours.TryGetValue(message.IdentifierKey, out var behaviour) ? await behaviour(message) : DeliveryState.HandedOver;
        _notices.Enqueue(message);
        return taken;
    }

    async Task<DeliveryState> ICodeDelivery.HandOver(CodeMessage message, CancellationToken cancellation)
    {
        _all.GetOrAdd(message.IdentifierKey, _ => new()).Enqueue(message);
        Unread(message.IdentifierKey).Writer.TryWrite(message);
        return _behaviours.TryGetValue(message.IdentifierKey, out var behaviour) ? await behaviour(message) : DeliveryState.HandedOver;
    }

    private Channel<CodeMessage> Unread(string identifierKey) => _unread.GetOrAdd(identifierKey, _ => Channel.CreateUnbounded<CodeMessage>());
}
