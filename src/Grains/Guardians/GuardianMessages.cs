using AiCloud.Delivery;
using AiCloud.Identifiers;
using AiCloud.Switches;
using Microsoft.Extensions.Logging;

namespace AiCloud.Guardians;

/// <summary>Messages about guardianships, without codes. Each is kept as sent by whoever asks, before it is handed over here.</summary>
internal sealed class GuardianMessages(INoticeDelivery notices, SwitchBoard switches, ILogger<GuardianMessages> log)
{
    public Task Send(GuardianContact to, string text, CancellationToken cancellation) => Send(to.Contact, to.IdentifierKey, text, cancellation);

    public async Task Send(Identifier to, string identifierKey, string text, CancellationToken cancellation)
    {
        if (switches.SendsPaused(to, SendPurposes.Guardian) is not null) return;
        try
        {
            await notices.HandOver(new NoticeMessage { To = to, IdentifierKey = identifierKey, Purpose = SendPurposes.Guardian, Text = text }, cancellation);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            log.MessageFailed(failure.GetType().Name); // what was decided stands, whether or not somebody could be told
        }
    }
}
