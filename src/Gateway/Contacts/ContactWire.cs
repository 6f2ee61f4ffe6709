using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Requests;

namespace AiCloud.Contacts;

/// <summary>Asks to add a contact (C2.1f). Exactly one of phone and email, as method says.</summary>
public sealed record NewContactRequest
{
    /// <summary>The kind of contact.</summary>
    [AllowedValues("phone", "email")] public required string Method { get; init; }

    /// <summary>Mobile number, in any usual way to write it.</summary>
    [MaxLength(48), Text(TextRule.Pasted)] public string? Phone { get; init; }

    /// <summary>E-mail address.</summary>
    [MaxLength(320)] public string? Email { get; init; }

    /// <summary>Name within the account of the contact that it takes the place of; absent to add one.</summary>
    [MaxLength(64)] public string? Replaces { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewContactRequest);
}

/// <summary>Answers the code that was sent to a new contact.</summary>
public sealed record ContactConfirmationRequest
{
    /// <summary>Id of the challenge.</summary>
    [MaxLength(64)] public required string Challenge { get; init; }

    /// <summary>The digits as received; full-width digits and spaces are taken too.</summary>
    [MaxLength(32), MinLength(1)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ContactConfirmationRequest);
}

/// <summary>The account's own facts, unmasked.</summary>
public sealed record FactsBody
{
    /// <summary>Contacts.</summary>
    public required RevealedContactBody[] Contacts { get; init; }

    /// <summary>Stated birth date.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Name to show.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The name that an identity check proved; absent without a proof, and where it was proven by network ID, which tells no name.</summary>
    [MaxLength(60)] public string? RealName { get; init; }

    /// <summary>The last four characters of the certificate's number; absent where realName is.</summary>
    [MaxLength(4)] public string? CertificateLast { get; init; }

    /// <summary>The whole number of the certificate; absent unless a legal ground had it kept.</summary>
    [MaxLength(40)] public string? CertificateNumber { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactsBody);

    internal static FactsBody Of(FactsView view) => new()
    {
        Contacts = [.. view.Contacts.Select(each => new RevealedContactBody { Id = each.Id, Kind = ContactBody.KindOf(each.Contact.Kind), Address = each.Contact.Address })],
        BirthDate = view.BirthDate,
        DisplayName = view.DisplayName,
        RealName = view.RealName,
        CertificateLast = view.CertificateLast,
        CertificateNumber = view.CertificateNumber,
    };
}

/// <summary>A contact, unmasked.</summary>
public sealed record RevealedContactBody
{
    /// <summary>Its name within the account.</summary>
    public required string Id { get; init; }

    /// <summary>Phone or e-mail.</summary>
    [AllowedValues("phone", "email")] public required string Kind { get; init; }

    /// <summary>Number in E.164, or e-mail address.</summary>
    [MaxLength(320)] public required string Address { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RevealedContactBody);
}
