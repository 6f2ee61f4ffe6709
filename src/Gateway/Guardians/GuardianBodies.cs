using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Endings;
using AiCloud.Identity;

namespace AiCloud.Guardians;

/// <summary>How far a registration has come with its guardian.</summary>
public sealed record GuardianProgressBody
{
    /// <summary>How it stands: none invited (or lapsed), invited, agreed, declined.</summary>
    [AllowedValues("needed", "invited", "accepted", "declined")] public required string State { get; init; }

    /// <summary>Where the newest invitation went, masked.</summary>
    public string? Destination { get; init; }

    /// <summary>How many more invitations may be sent.</summary>
    public required int InvitationsLeft { get; init; }

    internal static GuardianProgressBody? Of(GuardianProgress? progress) => progress is null ? null : new()
    {
        State = progress.State switch
        {
            InvitationState.Lapsed or InvitationState.Unknown => "needed",
            InvitationState.Open => "invited",
            InvitationState.Accepted => "accepted",
            InvitationState.Declined => "declined",
        },
        Destination = progress.InvitedMasked,
        InvitationsLeft = progress.InvitationsLeft,
    };
}

/// <summary>An invitation as the guardian sees it: who invites, both texts, how far it has come.</summary>
public sealed record GuardianInvitationBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    [AllowedValues("open", "accepted", "declined", "unknown_person")] public required string State { get; init; }

    /// <summary>Contact of who invites, masked.</summary>
    public required string Inviter { get; init; }

    /// <summary>Name to show of who invites; absent while there is none.</summary>
    public string? InviterName { get; init; }

    /// <summary>The invited contact, masked.</summary>
    public required string Invited { get; init; }

    /// <summary>Whether a mobile number has to be named for the code.</summary>
    public required bool PhoneNeeded { get; init; }

    /// <summary>The contact proven by a code, masked; absent before.</summary>
    public string? Proven { get; init; }

    /// <summary>When the invitation lapses.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the guardian's identity rests on.</summary>
    [AllowedValues("contact", "id")] public required string Assurance { get; init; }

    /// <summary>The identity check that the guardian has to pass before accepting; absent where none is asked for.</summary>
    public IdentityBody? Identity { get; init; }

    /// <summary>What has to be accepted.</summary>
    public required RequiredDocumentBody[] Documents { get; init; }

    /// <summary>Accepted, and it can still be withdrawn here: the account has not taken it up.</summary>
    public bool MayWithdraw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianInvitationBody);

    internal static GuardianInvitationBody Of(string id, InvitationView view, IReadOnlyList<RequiredDocument> documents) => new()
    {
        Id = id,
        State = view.State switch
        {
            InvitationState.Open or InvitationState.Lapsed => "open",
            InvitationState.Accepted => "accepted",
            InvitationState.Declined => "declined",
            InvitationState.Unknown => "unknown_person",
        },
        Inviter = view.InviterMasked,
        InviterName = view.InviterName,
        Invited = view.InvitedMasked,
        PhoneNeeded = view.NeedsPhone,
        Proven = view.ProvenMasked,
        ExpiresAt = view.ExpiresAt,
        Assurance = GuardianWire.NameOf(view.Assurance),
        Identity = view.Identity is { } identity ? IdentityBody.Of(identity) : null,
        Documents = RequiredDocumentBody.Of(documents),
        MayWithdraw = view.MayWithdraw,
    };
}

/// <summary>An account's guardianship.</summary>
public sealed record GuardianshipBody
{
    /// <summary>How it stands.</summary>
    [AllowedValues("not_needed", "standing", "missing", "of_age", "under_age")] public required string State { get; init; }

    /// <summary>The guardian's contact, masked.</summary>
    public string? Guardian { get; init; }

    /// <summary>Relationship as the guardian stated it.</summary>
    [AllowedValues("father", "mother", "grandparent", "sibling", "other")] public string? Relationship { get; init; }

    /// <summary>What the guardian's identity rests on.</summary>
    [AllowedValues("contact", "id")] public string? Assurance { get; init; }

    /// <summary>Since when the guardian stands.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The 18th birthday, when it ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why no guardian stands.</summary>
    [AllowedValues("withdrawn", "contact_lost", "never_named")] public string? Loss { get; init; }

    /// <summary>By when another should be named.</summary>
    public DateTimeOffset? NameBy { get; init; }

    /// <summary>Until when the guardian who was reported as out of reach can object, and nobody else be invited.</summary>
    public DateTimeOffset? ReplacedFrom { get; init; }

    /// <summary>How the newest invitation stands.</summary>
    [AllowedValues("lapsed", "open", "accepted", "declined", "unknown_person")] public string? Invitation { get; init; }

    /// <summary>Where it went, masked.</summary>
    public string? Invited { get; init; }

    /// <summary>Frozen by the guardian.</summary>
    public required bool Frozen { get; init; }

    /// <summary>An ending that waits for its instant; absent without one.</summary>
    public EndingBody? Ending { get; init; }

    /// <summary>The 16th birthday, when the account can be used; only while <c>under_age</c>.</summary>
    public DateTimeOffset? OldEnoughAt { get; init; }

    internal static GuardianshipBody Of(GuardianshipView view) => new()
    {
        State = view.State switch
        {
            GuardianshipState.NotNeeded => "not_needed",
            GuardianshipState.Standing => "standing",
            GuardianshipState.Missing => "missing",
            GuardianshipState.OfAge => "of_age",
            GuardianshipState.UnderAge => "under_age",
        },
        Guardian = view.GuardianMasked,
        Relationship = view.Relationship is { } relationship ? GuardianWire.NameOf(relationship) : null,
        Assurance = view.Assurance is { } assurance ? GuardianWire.NameOf(assurance) : null,
        Since = view.Since,
        Until = view.Until,
        Loss = view.Loss is { } loss ? GuardianWire.NameOf(loss) : null,
        NameBy = view.NameBy,
        ReplacedFrom = view.ReplacedFrom,
        Invitation = view.Invitation is { } invitation ? GuardianWire.NameOf(invitation) : null,
        Invited = view.InvitedMasked,
        Frozen = view.Frozen,
        Ending = EndingBody.Of(view.Ending),
        OldEnoughAt = view.OldEnoughAt,
    };
}

/// <summary>An ending that is decided (C2.5d).</summary>
public sealed record EndingBody
{
    /// <summary>Why.</summary>
    [AllowedValues("cancellation", "guardian", "under-age")] public required string Ground { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When the account ends, for good. Until then whoever decided it can take it back.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    internal static EndingBody? Of(EndingView? view) => view is null ? null : new() { Ground = view.Ground, DecidedAt = view.Since, EndsAt = view.At };
}

/// <summary>A guardian's session just opened.</summary>
public sealed record GuardianSessionBody
{
    /// <summary>The guardian's session token, for <c>/v1/guardian</c> only; told once.</summary>
    public required string Token { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianSessionBody);
}

/// <summary>An account as its guardian sees it.</summary>
public sealed record GuardedAccountBody
{
    /// <summary>The account, facts masked.</summary>
    public required AccountBody Account { get; init; }

    /// <summary>The whole birth date.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>The guardianship.</summary>
    public required GuardianshipBody Guardianship { get; init; }

    /// <summary>What was accepted for it.</summary>
    public required AcceptedBody[] Acceptances { get; init; }

    /// <summary>How many sessions the minor has open.</summary>
    public required int Sessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardedAccountBody);

    internal static GuardedAccountBody Of(GuardedAccountView view, string language) => new()
    {
        Account = AccountBody.Of(view.Account, language),
        BirthDate = view.BirthDate,
        Guardianship = GuardianshipBody.Of(view.Guardianship),
        Acceptances = [.. view.Acceptances.Select(AcceptedBody.Of)],
        Sessions = view.Sessions,
    };
}
