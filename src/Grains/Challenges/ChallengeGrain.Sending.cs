using AiCloud.Delivery;
using AiCloud.Identifiers;
using AiCloud.Registration;
using AiCloud.Storage;
using AiCloud.Switches;

namespace AiCloud.Challenges;

/// <summary>How a challenge's message leaves: kept before it is handed over, at most once, at its instant (DESIGN §4.1).</summary>
internal sealed partial class ChallengeGrain
{
    // The grant's instant is another actor's "now": a moment later, or on another silo whose clock is a little ahead.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    private DeliveryState? _handedOver; // what the channel said, kept with the next write: losing it costs an "unknown"
    private IGrainTimer? _leaving;

    private async Task Send(PendingChallenge next, Identifier to, DateTimeOffset now, CancellationToken cancellation)
    {
        _handedOver = null;
        if (next.SendsAt > now + Slack)
        {
            await Keep(next);
            LeaveLater();
            return;
        }
        var code = CodeDigits.Draw(next.CodeLength, randomness);
        var purpose = $"{next.Purpose}/{next.Subject}";
        // Kept first: a crash here costs one message. Handed over first, it would send codes that nobody can answer and dodge the limits.
        await Keep(next.Leaving(codes.Of(Id, next.IdentifierKey, purpose, code), now));
        await HandOver(code, to, cancellation);
    }

    private async Task HandOver(string code, Identifier to, CancellationToken cancellation)
    {
        var number = State.Sends;
        _handedOver = DeliveryState.Queued;
        var handing = Channel();
        try { await handing.WaitAsync(Limits.DeliveryWait, clock, cancellation); }
        catch (TimeoutException) { } // a slow channel goes on by itself; the answer says "queued"

        async Task Channel()
        {
            var result = DeliveryState.Unknown;
            // To a contact without an account goes a message all the same, so that time and answer tell nothing.
            var told = State.Known || !State.KnownOnly;
            try
            {
                result = await delivery.HandOver(new CodeMessage
                {
                    To = to,
                    IdentifierKey = State.IdentifierKey,
                    Purpose = told ? MessagePurposes.Of(State.Purpose!.Value) : MessagePurpose.OfUnknown,
                    Code = told ? code : "",
                    Lifetime = Limits.CodeLifetime,
                    Locale = State.Locale,
                }, CancellationToken.None);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.DeliveryFailed(Id, failure.GetType().Name);
            }
            if (State.Sends == number) _handedOver = result;
        }
    }

    private void LeaveLater()
    {
        var wait = State.SendsAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) DelayDeactivation(wait + TimeSpan.FromSeconds(30)); // a timer alone keeps no idle actor in memory
        _leaving?.Dispose();
        _leaving = this.RegisterGrainTimer(async cancellation =>
        {
            var now = clock.GetUtcNow();
            if (State.HasExpired(now) || State.Proven is not null || State.Delivery != DeliveryState.Queued) return;
            if (State.SendsAt > now + Slack)
            {
                LeaveLater(); // the clock was put back meanwhile, and the instant lies ahead again
                return;
            }
            if (switches.SendsPaused(Contact(), SendPurposes.Of(State.Purpose!.Value)) is not null) return; // unsent, as if nobody had been here
            await Send(State, Contact(), now, cancellation);
        }, new GrainTimerCreationOptions(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    private Task Keep(PendingChallenge next)
    {
        if (ReferenceEquals(next, State)) return Task.CompletedTask;
        var said = next.Delivery == DeliveryState.Unknown && next.Code?.Digest == State.Code?.Digest ? _handedOver : null;
        return this.Keep(stored, said is null or DeliveryState.Queued ? next : next with { Delivery = said.Value });
    }
}
