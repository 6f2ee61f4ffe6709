namespace AiCloud.Passwords;

/// <summary>Why a password is refused; each has its code in API.md.</summary>
internal enum PasswordFault
{
    /// <summary><c>invalid</c>: lone surrogates or control characters.</summary>
    Invalid = 1,
    /// <summary><c>password_too_short</c></summary>
    TooShort = 2,
    /// <summary><c>password_too_long</c></summary>
    TooLong = 3,
    /// <summary><c>password_compromised</c>: among the commonest.</summary>
    Compromised = 4,
    /// <summary><c>password_contains_identifier</c>: the person's phone, e-mail or name, or the product's.</summary>
    ContainsIdentifier = 5,
}

internal static class PasswordFaultCodes
{
    /// <summary>The stable code of API.md.</summary>
    public static string Code(this PasswordFault fault) => fault switch
    {
        PasswordFault.Invalid => "invalid",
        PasswordFault.TooShort => "password_too_short",
        PasswordFault.TooLong => "password_too_long",
        PasswordFault.Compromised => "password_compromised",
        PasswordFault.ContainsIdentifier => "password_contains_identifier",
    };
}
