using AiCloud.Delivery;
using AiCloud.Identifiers;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;

namespace AiCloud.Guardians;

/// <summary>Messages about guardianships, without codes. Each is kept as sent by whoever asks, before it is handed over here.</summary>
internal sealed class GuardianMessages(INoticeDelivery notices, SwitchBoard switches, ILogger<GuardianMessages> log)
{
    // Staff stopped these messages, or the channel failed: looked at again after a while.
    private static readonly TimeSpan PausedFor = TimeSpan.FromMinutes(5), FailedFor = TimeSpan.FromMinutes(15);

    public Task<TimeSpan?> Send(GuardianContact to, string text, CancellationToken cancellation) => Send(to.Contact, to.IdentifierKey, text, cancellation);

    /// <returns>Null when it was handed over; else how long to wait before it is tried again, by whoever must not lose it.</returns>
    public async Task<TimeSpan?> Send(Identifier to, string identifierKey, string text, CancellationToken cancellation)
    {
        if (switches.SendsPaused(to, SendPurposes.Guardian) is not null) return PausedFor;
        try
        {
            await notices.HandOver(new NoticeMessage { To = to, IdentifierKey = identifierKey, Purpose = SendPurposes.Guardian, Text = text }, cancellation);
            return null;
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            log.MessageFailed(failure.GetType().Name); // what was decided stands, whether or not somebody could be told
            return FailedFor;
        }
    }
}
