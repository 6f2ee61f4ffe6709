using System.Text.RegularExpressions;

namespace AiCloud.Switches;

/// <summary>Names of switches, a closed list: they stand in addresses, metrics and the audit.</summary>
public static partial class SwitchNames
{
    /// <summary>No registration is begun.</summary>
    public const string Starts = "starts";
    /// <summary>No message leaves.</summary>
    public const string Sends = "sends";
    /// <summary>Reminders erase nothing and settle nothing.</summary>
    public const string Erasures = "erasures";
    /// <summary>Nothing is changed by anybody over HTTP, and reminders erase nothing.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>The longest prefix of a number that a switch may name: any more could name a person.</summary>
    public const int LongestPrefix = 7;

    /// <summary>How long a switch may be thrown at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether there is such a switch: the four above, and of sends also <c>sends.channel.sms</c> and <c>sends.channel.email</c>,
    /// <c>sends.provider.NAME</c> (whoever carries messages for this installation, under the name that its delivery gives; the actor refuses others),
    /// <c>sends.country.86</c> (a calling code), <c>sends.prefix.86170</c> (calling code and first digits, up to seven), <c>sends.purpose.registration</c>, <c>sends.purpose.document-change</c>, <c>sends.purpose.code</c> (codes for anything but registering) <c>sends.purpose.security</c> (notices of changes to an account)
    /// and <c>sends.purpose.guardian</c> (messages about guardianships).
    /// </summary>
    public static bool IsKnown(string name) => name is Starts or Sends or Erasures or ReadOnly || Scoped().IsMatch(name);

    /// <summary>The switch of a channel, such as <c>sms</c>.</summary>
    public static string OfChannel(string channel) => $"{Sends}.channel.{channel}";

    /// <summary>The switch of a provider, by its name.</summary>
    public static string OfProvider(string provider) => $"{Sends}.provider.{provider}";

    /// <summary>The provider's name, if the name is of one.</summary>
    public static string? Provider(string name) => Scoped().Match(name) is { Success: true } match && match.Groups["provider"] is { Success: true } provider ? provider.Value : null;

    /// <summary>The switch of a purpose, such as <c>registration</c>.</summary>
    public static string OfPurpose(string purpose) => $"{Sends}.purpose.{purpose}";

    /// <summary>The digits that a number begins with, if the name is of a country or prefix.</summary>
    public static string? Digits(string name) => Scoped().Match(name) is { Success: true } match && match.Groups["digits"] is { Success: true } digits ? digits.Value : null;

    [GeneratedRegex("^sends\\.(channel\\.(sms|email)|provider\\.(?<provider>[a-z][a-z0-9-]{0,31})|purpose\\.(registration|document-change|code|security|guardian)|country\\.(?<digits>[1-9][0-9]{0,2})|prefix\\.(?<digits>[1-9][0-9]{1,6}))\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Scoped();
}
