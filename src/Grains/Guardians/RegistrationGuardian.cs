namespace AiCloud.Guardians;

/// <summary>What an attempt keeps of its guardian: only which invitation it sent, and how that was answered. Never the guardian's token.</summary>
public sealed record RegistrationGuardian
{
    /// <summary>Id of the newest invitation.</summary>
    public required string Invitation { get; init; }

    /// <summary>Invitations so far.</summary>
    public required int Invitations { get; init; }

    /// <summary>The request that sent the newest, and the keyed digest of its body.</summary>
    public required AnsweredBy SentBy { get; init; }

    /// <summary>Where it went, masked and sealed.</summary>
    public required byte[] Invited { get; init; }

    /// <summary>How it stands as far as the attempt knows.</summary>
    public InvitationState Answer { get; init; } = InvitationState.Open;
}
