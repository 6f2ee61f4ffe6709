using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Registration;

namespace AiCloud.Challenges;

/// <summary>A code on its way to a contact.</summary>
public sealed record ChallengeBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What the code is for.</summary>
    [AllowedValues("sign_in", "reauthentication", "password_reset", "new_contact", "guardian", "password_reset_second", "fact_proof")] public required string Purpose { get; init; }

    /// <summary>The kind of contact.</summary>
    [AllowedValues("phone", "email")] public required string Kind { get; init; }

    /// <summary>The contact, masked.</summary>
    public required string Destination { get; init; }

    /// <summary>Digits of the code.</summary>
    public required int CodeLength { get; init; }

    /// <summary>When the code stops working.</summary>
    public required DateTimeOffset CodeExpiresAt { get; init; }

    /// <summary>When the newest message leaves or left.</summary>
    public required DateTimeOffset SendsAt { get; init; }

    /// <summary>From when another code may be asked for.</summary>
    public required DateTimeOffset ResendAllowedAt { get; init; }

    /// <summary>Wrong guesses that the code survives.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>When it lapses and is erased.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What became of the newest message.</summary>
    [AllowedValues("queued", "handed_over", "number_refused", "unknown")] public required string Delivery { get; init; }

    /// <summary>The right code was given.</summary>
    public required bool Proven { get; init; }

    internal static ChallengeBody Of(string id, ChallengeView view) => new()
    {
        Id = id,
        Purpose = view.Purpose switch
        {
            ChallengePurpose.SignIn => "sign_in",
            ChallengePurpose.Reauthentication => "reauthentication",
            ChallengePurpose.PasswordReset => "password_reset",
            ChallengePurpose.NewContact => "new_contact",
            ChallengePurpose.Guardian => "guardian",
            ChallengePurpose.PasswordResetSecond => "password_reset_second",
            ChallengePurpose.FactProof => "fact_proof",
        },
        Kind = ContactBody.KindOf(view.Kind),
        Destination = view.Destination,
        CodeLength = view.CodeLength,
        CodeExpiresAt = view.CodeExpiresAt,
        SendsAt = view.SendsAt,
        ResendAllowedAt = view.ResendAllowedAt,
        AttemptsLeft = view.AttemptsLeft,
        ExpiresAt = view.ExpiresAt,
        Delivery = RegistrationBody.DeliveryOf(view.Delivery),
        Proven = view.Proven,
    };
}
