using AiCloud.Registration;

namespace AiCloud.Guardians;

/// <summary>An attempt of somebody of 16 or 17. The same actor as <see cref="IRegistrationGrain"/>.</summary>
[Alias("aicloud.grain.guarded-registration")]
public interface IGuardedRegistrationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Invites a guardian, and does nothing else. Only after the birth date was stated and makes one needed (<see cref="RefusalCode.GuardianNotNeeded"/>), to a
    /// contact other than the minor's (<see cref="RefusalCode.GuardianContactSame"/>), three times at most (<see cref="RefusalCode.GuardianLimit"/>), and only
    /// while the privacy agreement in force says what a guardian's data is for (<see cref="RefusalCode.GuardiansUnavailable"/>).
    /// </summary>
    [Alias("invite")] Task<Outcome<RegistrationView>> Invite(InviteByMinor request, CancellationToken cancellation = default);

    /// <summary>The invitation was answered: asks it. Harmless at any time.</summary>
    [Alias("answered")] Task<Done> GuardianAnswered(CancellationToken cancellation = default);
}

/// <summary>An attempt invites a guardian.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.invite-by-minor")]
public sealed record InviteByMinor
{
    /// <summary>Digest of the registration token's secret.</summary>
    [Id(0)] public required byte[] Proof { get; init; }
    /// <summary>Operation id: a repeat answers the same and sends nothing.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>Keyed digest of the body.</summary>
    [Id(2)] public required string Fingerprint { get; init; }
    /// <summary>Who is invited.</summary>
    [Id(3)] public required GuardianContact To { get; init; }
    /// <summary>Keyed digest of the caller's network prefix.</summary>
    [Id(4)] public required long Network { get; init; }
    /// <summary>Scheme and host of the guardian's page.</summary>
    [Id(5)] public required string PageAddress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(InviteByMinor);
}

/// <summary>How far an attempt has come with its guardian.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-progress")]
public sealed record GuardianProgress
{
    /// <summary>How the newest invitation stands; <see cref="InvitationState.Lapsed"/> when none does.</summary>
    [Id(0)] public required InvitationState State { get; init; }
    /// <summary>Where it went, masked; null without one.</summary>
    [Id(1)] public string? InvitedMasked { get; init; }
    /// <summary>How many more may be sent.</summary>
    [Id(2)] public required int InvitationsLeft { get; init; }
}
