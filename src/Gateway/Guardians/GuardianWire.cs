using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Endings;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Requests;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>A guardian's contact. Exactly one of phone and email, as method says.</summary>
public sealed record GuardianContactRequest
{
    /// <summary>How the guardian is reached.</summary>
    [AllowedValues("phone", "email")] public required string Method { get; init; }

    /// <summary>Mobile number, in any usual way to write it.</summary>
    [MaxLength(48), Text(TextRule.Pasted)] public string? Phone { get; init; }

    /// <summary>E-mail address.</summary>
    [MaxLength(320)] public string? Email { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianContactRequest);
}

/// <summary>Asks for the code that proves the guardian's contact.</summary>
public sealed record GuardianCodeWish
{
    /// <summary>The guardian's mobile number, where an e-mail address was invited.</summary>
    [MaxLength(48), Text(TextRule.Pasted)] public string? Phone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianCodeWish);
}

/// <summary>Answers a guardian's code.</summary>
public sealed record GuardianCodeRequest
{
    /// <summary>Id of the challenge.</summary>
    [MaxLength(64)] public required string Challenge { get; init; }

    /// <summary>The digits as received.</summary>
    [MaxLength(32), MinLength(1)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianCodeRequest);
}

/// <summary>The guardian takes the responsibility (C2.1b).</summary>
public sealed record ResponsibilityRequest
{
    /// <summary>Full name. May be absent where a certificate proved it, and must be the same then.</summary>
    [MaxLength(64), MinLength(1)] public string? Name { get; init; }

    /// <summary>Relationship to the minor.</summary>
    [AllowedValues("father", "mother", "grandparent", "sibling", "other")] public required string Relationship { get; init; }

    /// <summary>What the guardian declares.</summary>
    public required GuardianDeclarationsBody Declarations { get; init; }

    /// <summary>The exact versions accepted, in the guardian's own name.</summary>
    [MaxLength(16)] public required AcceptanceBody[] Acceptances { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResponsibilityRequest);
}

/// <summary>The guardian passes the identity check as an adult (C2.1b).</summary>
public sealed record GuardianIdentityRequest
{
    /// <summary>The separate consent that comes first (L-09): the text in force whose purpose <c>identity-check</c> is consented to by its own box.</summary>
    public required AcceptanceBody Consent { get; init; }

    /// <summary><c>certificate</c>: name and number. <c>network_id</c>: the state network ID, which needs neither.</summary>
    [AllowedValues("certificate", "network_id")] public required string Method { get; init; }

    /// <inheritdoc cref="IdentityRequestBody.Kind"/>
    [AllowedValues("resident_id_card", "hk_macau_permit", "taiwan_permit", "residence_permit", "permanent_residence_card", "passport")]
    public string? Kind { get; init; }

    /// <inheritdoc cref="IdentityRequestBody.Number"/>
    [MaxLength(54), Text(TextRule.Pasted)] public string? Number { get; init; }

    /// <inheritdoc cref="IdentityRequestBody.Issuer"/>
    [MaxLength(12)] public string? Issuer { get; init; }

    /// <inheritdoc cref="IdentityRequestBody.Name"/>
    [MaxLength(120)] public string? Name { get; init; }

    /// <inheritdoc cref="IdentityRequestBody.Credential"/>
    [MaxLength(4096)] public string? Credential { get; init; }

    /// <summary>The guardian's birth date: needed where the number holds none, so that it can be confirmed that they are of age.</summary>
    [RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}")] public string? BirthDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(GuardianIdentityRequest);
}

/// <summary>A guardian's declarations.</summary>
public sealed record GuardianDeclarationsBody
{
    /// <summary>"I am 18 or more and have full capacity for civil conduct."</summary>
    public required bool Adult { get; init; }

    /// <summary>"I am this person's guardian and bear the responsibility for the use of the account."</summary>
    public required bool Responsibility { get; init; }
}

/// <summary>The guardian says no.</summary>
public sealed record RefuseInvitationRequest
{
    /// <summary>"I don't know this person": the attempt ends and repeats are blocked.</summary>
    public required bool Unknown { get; init; }
}

/// <summary>Of age since: accepts in one's own name.</summary>
public sealed record OwnAcceptanceRequest
{
    /// <summary>The exact versions accepted.</summary>
    [MaxLength(16)] public required AcceptanceBody[] Acceptances { get; init; }

    /// <summary>"I have full capacity for civil conduct" (C2.1c).</summary>
    public required bool Capacity { get; init; }
}

/// <summary>Freezes an account, or ends that.</summary>
public sealed record FreezeRequest
{
    /// <summary>Frozen, or not any more.</summary>
    public required bool Frozen { get; init; }
}

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

/// <summary>Cancels a minor's account.</summary>
public sealed record CancelAccountRequest
{
    /// <summary>"I have read what this means: the account ends for good and nothing in it can be recovered."</summary>
    public required bool Understood { get; init; }
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

/// <summary>Names on the wire.</summary>
internal static class GuardianWire
{
    public static string NameOf(GuardianAssurance assurance) => assurance switch { GuardianAssurance.Contact => "contact", GuardianAssurance.Id => "id" };

    public static string NameOf(GuardianLoss loss) => loss switch
    {
        GuardianLoss.Withdrawn => "withdrawn", GuardianLoss.ContactLost => "contact_lost", GuardianLoss.NeverNamed => "never_named",
    };

    public static string NameOf(InvitationState state) => state switch
    {
        InvitationState.Lapsed => "lapsed",
        InvitationState.Open => "open",
        InvitationState.Accepted => "accepted",
        InvitationState.Declined => "declined",
        InvitationState.Unknown => "unknown_person",
    };

    public static string NameOf(GuardianRelationship relationship) => relationship switch
    {
        GuardianRelationship.Father => "father",
        GuardianRelationship.Mother => "mother",
        GuardianRelationship.Grandparent => "grandparent",
        GuardianRelationship.Sibling => "sibling",
        GuardianRelationship.Other => "other",
    };

    public static GuardianRelationship RelationshipOf(string name) => Enum.GetValues<GuardianRelationship>().Single(relationship => NameOf(relationship) == name);
}
