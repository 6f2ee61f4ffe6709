using AiCloud.Identifiers;
using AiCloud.Registration;

namespace AiCloud.Delivery;

/// <summary>The door to text messages and mail.</summary>
public interface ICodeDelivery
{
    /// <summary>
    /// Hands one message over, at most once: a time-out is answered <see cref="DeliveryState.Unknown"/> and never tried again,
    /// since a channel that did take the message would send it twice.
    /// </summary>
    Task<DeliveryState> HandOver(CodeMessage message, CancellationToken cancellation);
}

/// <summary>What a message is for.</summary>
public enum MessagePurpose
{
    /// <summary>A code for registering.</summary>
    Registration = 1,
    /// <summary>The same to somebody who has an account already: says so, and how to sign in.</summary>
    RegistrationOfKnown = 2,
}

/// <summary>One message with a code.</summary>
public sealed record CodeMessage
{
    /// <summary>Where it goes.</summary>
    public required Identifier To { get; init; }
    /// <summary>Key of the destination's identifier actor: names the destination where the address must not be.</summary>
    public required string IdentifierKey { get; init; }
    /// <summary>What it is for.</summary>
    public required MessagePurpose Purpose { get; init; }
    /// <summary>The code.</summary>
    public required string Code { get; init; }
    /// <summary>How long the code works from now.</summary>
    public required TimeSpan Lifetime { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    public required string Locale { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CodeMessage);
}

/// <summary>The door for messages without a code. Apart from that of codes, so that nothing here can stand in their way.</summary>
public interface INoticeDelivery
{
    /// <summary>Hands one message over, at most once, as <see cref="ICodeDelivery.HandOver"/> does.</summary>
    Task<DeliveryState> HandOver(NoticeMessage message, CancellationToken cancellation);
}

/// <summary>A message without a code.</summary>
public sealed record NoticeMessage
{
    /// <summary>Where it goes.</summary>
    public required Identifier To { get; init; }
    /// <summary>Key of the destination's identifier actor.</summary>
    public required string IdentifierKey { get; init; }
    /// <summary>What it is for, such as <c>document-change</c>.</summary>
    public required string Purpose { get; init; }
    /// <summary>The whole text.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NoticeMessage);
}
