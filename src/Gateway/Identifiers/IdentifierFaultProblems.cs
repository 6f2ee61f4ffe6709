using AiCloud.Problems;

namespace AiCloud.Identifiers;

internal static class IdentifierFaultProblems
{
    /// <summary>The code that API.md has for it.</summary>
    public static ProblemCode Problem(this IdentifierFault fault) => fault switch
    {
        IdentifierFault.PhoneInvalid => ProblemCode.PhoneInvalid,
        IdentifierFault.CountryNotServed => ProblemCode.CountryNotServed,
        IdentifierFault.EmailInvalid => ProblemCode.EmailInvalid,
    };
}
