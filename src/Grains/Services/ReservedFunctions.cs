using AiCloud.Accounts;
using AiCloud.Consent;

namespace AiCloud.Services;

/// <summary>Names that mean something of the account itself: a service that used one would be asked about another thing than its own.</summary>
public static class ReservedFunctions
{
    /// <summary>Whether a name is one of them.</summary>
    public static bool Contains(string function) => AccountLimits.Always.Contains(function) || function is ActsOfUse.AccountChange or ActsOfUse.ServiceUse;
}
