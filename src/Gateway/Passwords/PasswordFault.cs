using AiCloud.Problems;

namespace AiCloud.Passwords;

/// <summary>Why a password is refused.</summary>
internal enum PasswordFault
{
    /// <summary>Lone surrogates or control characters.</summary>
    Invalid = 1,
    /// <summary>Below the floor.</summary>
    TooShort = 2,
    /// <summary>Above the ceiling; nothing is ever cut off.</summary>
    TooLong = 3,
    /// <summary>Among the commonest.</summary>
    Compromised = 4,
    /// <summary>Contains the person's phone, e-mail or name, or the product's.</summary>
    ContainsIdentifier = 5,
}

internal static class PasswordFaultProblems
{
    /// <summary>The code that API.md has for it.</summary>
    public static ProblemCode Problem(this PasswordFault fault) => fault switch
    {
        PasswordFault.Invalid => ProblemCode.Invalid,
        PasswordFault.TooShort => ProblemCode.PasswordTooShort,
        PasswordFault.TooLong => ProblemCode.PasswordTooLong,
        PasswordFault.Compromised => ProblemCode.PasswordCompromised,
        PasswordFault.ContainsIdentifier => ProblemCode.PasswordContainsIdentifier,
    };
}
