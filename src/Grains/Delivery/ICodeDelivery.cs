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
    /// <summary>A code that opens a session.</summary>
    SignIn = 3,
    /// <summary>A code before something sensitive.</summary>
    Reauthentication = 4,
    /// <summary>A code for a new password.</summary>
    PasswordReset = 5,
    /// <summary>A code that adds the contact to an account.</summary>
    NewContact = 6,
    /// <summary>A code for a guardian.</summary>
    Guardian = 7,
    /// <summary>Something was asked for that needs an account, and the contact has none: says so, without a code.</summary>
    OfUnknown = 8,
    /// <summary>A code that proves a contact of an account anew.</summary>
    FactProof = 9,
}

/// <summary>What messages of challenges and switches call a purpose.</summary>
internal static class MessagePurposes
{
    public static MessagePurpose Of(Challenges.ChallengePurpose purpose) => purpose switch
    {
        Challenges.ChallengePurpose.SignIn => MessagePurpose.SignIn,
        Challenges.ChallengePurpose.Reauthentication => MessagePurpose.Reauthentication,
        Challenges.ChallengePurpose.PasswordReset or Challenges.ChallengePurpose.PasswordResetSecond => MessagePurpose.PasswordReset,
        Challenges.ChallengePurpose.NewContact => MessagePurpose.NewContact,
        Challenges.ChallengePurpose.Guardian => MessagePurpose.Guardian,
        Challenges.ChallengePurpose.FactProof => MessagePurpose.FactProof,
    };

    /// <summary>As the development outbox names it.</summary>
    public static string Name(this MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.Registration or MessagePurpose.RegistrationOfKnown => "registration",
        MessagePurpose.SignIn => "sign-in",
        MessagePurpose.Reauthentication => "re-authentication",
        MessagePurpose.PasswordReset or MessagePurpose.OfUnknown => "password-reset",
        MessagePurpose.NewContact => "new-contact",
        MessagePurpose.Guardian => "guardian",
        MessagePurpose.FactProof => "fact-proof",
    };
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
    /// <summary>The code; empty in a message without one.</summary>
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
