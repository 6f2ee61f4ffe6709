using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AiCloud.Hosting;

/// <summary>Starts a host. What an operator can set right is refused in one line that names the setting and repeats no value, which may be a secret in the wrong place.</summary>
internal static partial class Starting
{
    public static async Task StartOrRefuse(this IHost host, string listens)
    {
        CheckSettings(host.Services);
        try
        {
            await host.StartAsync();
        }
        catch (Exception failure) when (SocketFault(failure) is { } fault)
        {
            throw new StartRefusedException($"{listens}: cannot listen there ({fault}).");
        }
    }

    /// <summary>The name of the setting that the configuration binder could not read; its message quotes value, path and type.</summary>
    public static StartRefusedException Unreadable(InvalidOperationException unreadable, string section) =>
        new($"{(unreadable.Message.Split('\'') is { Length: > 3 } parts ? parts[3] : section)}: the value cannot be read.");

    // Before the host does it: the host would write the whole exception, values included, to the log.
    private static void CheckSettings(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException invalid)
        {
            throw new StartRefusedException(Line(invalid));
        }
        catch (AggregateException several) when (several.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            throw new StartRefusedException(string.Join(" ", several.InnerExceptions.Cast<OptionsValidationException>().Select(Line)));
        }
        catch (InvalidOperationException unreadable)
        {
            throw Unreadable(unreadable, AccountsOptions.Section);
        }
    }

    // Options classes name their section in a constant; the framework's message names the class and its member.
    private static string Line(OptionsValidationException invalid)
    {
        var section = invalid.OptionsType.GetField("Section")?.GetRawConstantValue() as string ?? invalid.OptionsType.Name;
        return string.Join(" ", invalid.Failures.Select(failure => Annotated().Match(failure) is { Success: true } match
            ? $"{section}:{match.Groups["member"].Value}: {match.Groups["error"].Value}"
            : failure.StartsWith(section, StringComparison.Ordinal) ? failure : $"{section}: {failure}"));
    }

    private static SocketError? SocketFault(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.AccessDenied } fault) return fault.SocketErrorCode;
        return null;
    }

    [GeneratedRegex("members: '(?<member>[^']+)' with the error: '(?<error>.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Annotated();
}
