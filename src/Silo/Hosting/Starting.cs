using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AiCloud.Hosting;

/// <summary>Starts a host. What an operator can set right is refused in one line that names the setting and repeats no value, which may be a secret in the wrong place.</summary>
internal static partial class Starting
{
    // A silo that was about to join writes that it does not; whoever it cannot tell finds its row and passes it over.
    private static readonly TimeSpan ToTakeBack = TimeSpan.FromSeconds(5);

    /// <summary>Starts it. <paramref name="listens"/>: the settings to name when a port is taken. <paramref name="asked"/>: the process was asked to end, and need not start any more.</summary>
    public static async Task StartOrRefuse(this IHost host, string listens, CancellationToken asked = default)
    {
        CheckSettings(host.Services);
        try
        {
            await host.StartAsync(asked);
        }
        catch (Exception failure) when (asked.IsCancellationRequested && failure is OperationCanceledException or OrleansLifecycleCanceledException)
        {
            await TakeBack(host.Services);
            throw new OperationCanceledException(asked);
        }
        catch (Exception failure) when (SocketFault(failure) is { } fault)
        {
            throw new StartRefusedException($"{listens}: cannot listen there ({fault}).");
        }
    }

    /// <summary>The name of the setting that the configuration binder could not read; its message quotes value, path and type.</summary>
    public static StartRefusedException Unreadable(InvalidOperationException unreadable, string section) =>
        new($"{(unreadable.Message.Split('\'') is { Length: > 3 } parts ? parts[3] : section)}: the value cannot be read.");

    private static async Task TakeBack(IServiceProvider services)
    {
        if (services.GetService<ISiloLifecycleSubject>() is not { } silo) return;
        using var limit = new CancellationTokenSource(ToTakeBack);
        await silo.OnStop(limit.Token).WaitAsync(ToTakeBack, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

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
        return string.Join(" ", invalid.Failures.Select(failure => Annotated().Match(failure) switch
        {
            { Success: true } match when match.Groups["member"].Value is { Length: > 0 } member => $"{section}:{member}: {match.Groups["error"].Value}",
            { Success: true } match => Named(match.Groups["error"].Value),
            _ => Named(failure),
        }));

        string Named(string text) => text.StartsWith(section, StringComparison.Ordinal) ? text : $"{section}: {text}";
    }

    private static SocketError? SocketFault(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.AccessDenied } fault) return fault.SocketErrorCode;
        return null;
    }

    [GeneratedRegex("members: '(?<member>[^']*)' with the error: '(?<error>.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Annotated();
}
