using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Requests;

namespace AiCloud.Reauthentication;

/// <summary>Confirms that it is you: the password, or challenge and code.</summary>
public sealed record ReauthenticationRequest
{
    /// <summary>The password.</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public string? Password { get; init; }

    /// <summary>Id of the challenge.</summary>
    [MaxLength(64)] public string? Challenge { get; init; }

    /// <summary>The digits as received; full-width digits and spaces are taken too.</summary>
    [MaxLength(32), MinLength(1)] public string? Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ReauthenticationRequest);
}

/// <summary>Asks for a code.</summary>
public sealed record ReauthenticationCodeRequest
{
    /// <summary>Name of the contact within the account.</summary>
    [MaxLength(64), MinLength(1)] public required string Contact { get; init; }
}

/// <summary>How the session stands towards what needs full re-authentication.</summary>
public sealed record ReauthenticationBody
{
    /// <summary>When the person last authenticated in this session.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Until when that is enough for something sensitive; may lie in the past.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Whether the password can renew it.</summary>
    public required bool Password { get; init; }

    /// <summary>Contacts whose code can renew it.</summary>
    public required ContactBody[] Contacts { get; init; }

    internal static ReauthenticationBody Of(ReauthenticationView view) => new()
    {
        AuthenticatedAt = view.AuthenticatedAt,
        ValidUntil = view.ValidUntil,
        Password = view.HasPassword,
        Contacts = [.. view.Contacts.Select(ContactBody.Of)],
    };
}
