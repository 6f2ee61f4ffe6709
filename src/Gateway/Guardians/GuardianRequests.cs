using System.ComponentModel.DataAnnotations;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Requests;

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

/// <summary>Cancels a minor's account.</summary>
public sealed record CancelAccountRequest
{
    /// <summary>"I have read what this means: the account ends for good and nothing in it can be recovered."</summary>
    public required bool Understood { get; init; }
}
