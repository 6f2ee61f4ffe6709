using AiCloud.Challenges;
using AiCloud.Identifiers;

namespace AiCloud.Guardians;

/// <summary>
/// A contact as that of a guardian: how many minors it answers for, who may not invite it again, and the sessions of whoever signed in by a code sent to it.
/// The same actor as <see cref="IIdentifierGrain"/>, so that of many invitations accepted at once no more are taken than allowed (C2.1b).
/// </summary>
[Alias("aicloud.grain.guardian-contact")]
public interface IGuardianContactGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for the message of an invitation: of the contact's ordinary budget, and refused while the contact said that it does not know the inviter.
    /// Both refusals are <see cref="RefusalCode.GuardianLimit"/>: an inviter learns nothing about somebody else's contact.
    /// </summary>
    [Alias("grant-invitation")] Task<Outcome<SendGrant>> GrantInvitation(SendRequest request, string inviterKey, CancellationToken cancellation = default);

    /// <summary>Takes a place for one minor until an instant; a place taken before is kept longer, never shorter.</summary>
    /// <returns><see cref="RefusalCode.WardLimit"/> when every place is taken, <see cref="RefusalCode.NotFound"/> when the contact changed hands since it was that of this minor's guardian.</returns>
    [Alias("take-ward")] Task<Outcome<Done>> TakeWard(Guid account, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>Gives a place up.</summary>
    [Alias("release-ward")] Task<Done> ReleaseWard(Guid account, CancellationToken cancellation = default);

    /// <summary>
    /// Accounts whose guardian had this contact when it changed hands, and which were not told yet. Whoever tells one gives its place up
    /// (<see cref="ReleaseWard"/>).
    /// </summary>
    [Alias("lost-wards")] Task<Guid[]> LostWards(CancellationToken cancellation = default);

    /// <summary>"I don't know this person": no invitation of this inviter for a time, and of nobody after several.</summary>
    [Alias("block-inviter")] Task<Done> BlockInviter(string inviterKey, CancellationToken cancellation = default);

    /// <summary>Opens a guardian's session after a code proved the contact. A repeat with its operation replaces the secret.</summary>
    /// <returns><see cref="RefusalCode.NotFound"/> when the contact answers for nobody, or the code was for something else.</returns>
    [Alias("open-session")] Task<Outcome<GuardianSession>> OpenSession(NewGuardianSession request, CancellationToken cancellation = default);

    /// <summary>The session that a proof names; <see cref="RefusalCode.NotFound"/> when there is none any more.</summary>
    [Alias("session")] Task<Outcome<GuardianSession>> Session(GuardianProof proof, CancellationToken cancellation = default);

    /// <summary>What is held of the contact as a guardian's, for whoever is signed in by it.</summary>
    [Alias("own-contact-data")] Task<Outcome<GuardianContactData>> OwnContactData(GuardianProof proof, CancellationToken cancellation = default);

    /// <summary>Ends a session. Ending what has ended is no error.</summary>
    [Alias("end-session")] Task<Done> EndSession(GuardianProof proof, CancellationToken cancellation = default);
}

/// <summary>A guardian's session to open.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.new-guardian-session")]
public sealed record NewGuardianSession
{
    /// <summary>What proved the contact; its challenge is the operation id.</summary>
    [Id(0)] public required ChallengeProven Proven { get; init; }
    /// <summary>Id of the session.</summary>
    [Id(1)] public required string Id { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(2)] public required byte[] SecretDigest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewGuardianSession);
}

/// <summary>What is held of a contact as a guardian's.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-contact-data")]
public sealed record GuardianContactData
{
    /// <summary>Accounts that it has a place for.</summary>
    [Id(0)] public required Guid[] Accounts { get; init; }
    /// <summary>Open sessions.</summary>
    [Id(1)] public required GuardianSessionTimes[] Sessions { get; init; }
    /// <summary>Until when inviters who were said to be unknown are blocked, one instant each.</summary>
    [Id(2)] public required DateTimeOffset[] Blocked { get; init; }
}

/// <summary>When a session was opened, and when it ends.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-session-times")]
public sealed record GuardianSessionTimes([property: Id(0)] DateTimeOffset OpenedAt, [property: Id(1)] DateTimeOffset ExpiresAt);

/// <summary>Proof of a guardian's session.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-proof")]
public sealed record GuardianProof
{
    /// <summary>Key of the guardian's contact.</summary>
    [Id(0)] public required string IdentifierKey { get; init; }
    /// <summary>Id of the session.</summary>
    [Id(1)] public required string Session { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(2)] public required byte[] SecretDigest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianProof);
}

/// <summary>A guardian's open session.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.guardian-session")]
public sealed record GuardianSession
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>When it ends.</summary>
    [Id(1)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Accounts that the contact has a place for; each decides by itself whether this is its guardian.</summary>
    [Id(2)] public required Guid[] Accounts { get; init; }
    /// <summary>When the code opened it; what takes data along or ends an account needs that to be recent (S-06).</summary>
    [Id(3)] public DateTimeOffset OpenedAt { get; init; }
}
