using AiCloud.Guardians;

namespace AiCloud.Registration;

/// <summary>An attempt of somebody of 16 or 17 (C2.1b).</summary>
public sealed partial record PendingRegistration
{
    /// <summary>What it keeps of its guardian; null before one was invited.</summary>
    public RegistrationGuardian? Guardian { get; init; }

    /// <summary>Decides whether another guardian may be invited.</summary>
    /// <param name="birthDate">As stated; null before it was.</param>
    /// <param name="guardianKey">Key of the invited contact.</param>
    /// <param name="limits">How many may be.</param>
    /// <param name="now">The instant.</param>
    public RefusalCode? MayInvite(DateOnly? birthDate, string guardianKey, GuardianOptions limits, DateTimeOffset now) =>
        State is not (RegistrationState.Verified or RegistrationState.AwaitingGuardian) ? RefusalCode.NotVerified
        : birthDate is not { } birth || !Age.NeedsGuardian(birth, now) || Guardian?.Answer == InvitationState.Accepted ? RefusalCode.GuardianNotNeeded
        : guardianKey == IdentifierKey ? RefusalCode.GuardianContactSame
        : Guardian?.Invitations >= limits.Invitations ? RefusalCode.GuardianLimit
        : null;

    /// <summary>An invitation is about to be sent. The time to answer runs from the first one: more of them must not keep an attempt for ever.</summary>
    public PendingRegistration Invited(RegistrationGuardian guardian, GuardianOptions limits, DateTimeOffset now) => this with
    {
        State = RegistrationState.AwaitingGuardian,
        Guardian = guardian,
        ExpiresAt = Guardian is null ? now + limits.AnswerWithin : ExpiresAt,
    };

    /// <summary>The newest invitation was answered. Agreed to, the attempt can be completed as long again as the guardian could take.</summary>
    public PendingRegistration Answered(InvitationState answer, DateTimeOffset? agreedAt, GuardianOptions limits) =>
        Guardian is null || Guardian.Answer == answer || answer is not (InvitationState.Accepted or InvitationState.Declined) ? this : this with
        {
            State = RegistrationState.Verified,
            Guardian = Guardian with { Answer = answer },
            ExpiresAt = agreedAt is { } agreed && agreed + limits.AnswerWithin > ExpiresAt ? agreed + limits.AnswerWithin : ExpiresAt,
        };

    /// <summary>What stands in the way of completing at 16 or 17, given how the newest invitation stands.</summary>
    public static RefusalCode? LacksGuardian(InvitationState? standing) => standing switch
    {
        InvitationState.Accepted => null,
        InvitationState.Open => RefusalCode.GuardianPending,
        _ => RefusalCode.GuardianRequired,
    };
}
