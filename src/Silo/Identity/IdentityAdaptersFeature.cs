using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using AiCloud.Guardians;
using AiCloud.Hosting;
using AiCloud.Protection;

namespace AiCloud.Identity;

/// <summary>Chooses the checks of a silo, and refuses to start with one that could not be trusted.</summary>
internal static class IdentityAdaptersFeature
{
    private const int LeastKeyBytes = 32;

    /// <summary>What was configured, made sure of. <paramref name="local"/>: nobody but this machine reaches the process.</summary>
    public static IdentityAdapterOptions Checked(IConfiguration configuration, HostMode mode, bool local)
    {
        var adapters = Start.Bound<IdentityAdapterOptions>(configuration, IdentityOptions.Section);
        var otherwise = mode == HostMode.Embedded ? CheckMode.Development : CheckMode.None;
        adapters.IsConfigured = adapters.Mode is not null;
        adapters.Mode ??= otherwise;
        adapters.NumbersMode ??= otherwise;
        Make(adapters.Mode.Value, adapters.Check, "Mode", "Check", local);
        Make(adapters.NumbersMode.Value, adapters.Numbers, "NumbersMode", "Numbers", local);
        return adapters;
    }

    /// <summary>Adds them.</summary>
    public static IServiceCollection AddIdentityAdapters(this IServiceCollection services, IdentityAdapterOptions adapters)
    {
        services.AddSingleton<ExchangeMetrics>();
        services.PostConfigure<GuardianOptions>(guardians => guardians.ProvesIdentity ??= adapters.IsConfigured);
        if (adapters.Mode == CheckMode.Development) services.AddSingleton<IIdentityCheck, DevelopmentIdentityCheck>();
        if (adapters.NumbersMode == CheckMode.Development) services.AddSingleton<IRecycledNumberCheck, DevelopmentNumberCheck>();
        if (adapters.Mode == CheckMode.Http)
        {
            services.AddSingleton<IIdentityCheck>(provider => new HttpIdentityCheck(
                Exchange(provider, adapters.Check), adapters.Methods ?? [IdentityMethod.Certificate], provider.GetRequiredService<ExchangeMetrics>(), provider.GetRequiredService<ILogger<HttpIdentityCheck>>()));
        }
        if (adapters.NumbersMode == CheckMode.Http)
            services.AddSingleton<IRecycledNumberCheck>(provider => new HttpNumberCheck(Exchange(provider, adapters.Numbers), provider.GetRequiredService<ExchangeMetrics>(), provider.GetRequiredService<ILogger<HttpNumberCheck>>()));
        return services;
    }

    private static void Make(CheckMode mode, SignedExchangeOptions options, string setting, string section, bool local)
    {
        if (mode == CheckMode.Development && !local)
            throw new StartRefusedException($"{IdentityOptions.Section}:{setting}: development checks prove whoever says a test person's name; they run on loopback addresses and outside Kubernetes only.");
        if (mode != CheckMode.Http) return;
        if (options.Endpoint is not { IsAbsoluteUri: true } endpoint || endpoint.UserInfo.Length > 0 || !(endpoint.Scheme == "https" || (endpoint.Scheme == "http" && endpoint.IsLoopback)))
            throw new StartRefusedException($"{IdentityOptions.Section}:{section}:Endpoint: must be an https address, since names and numbers go there.");
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
            throw new StartRefusedException($"{IdentityOptions.Section}:{section}:{faults[0].MemberNames.FirstOrDefault()}: {faults[0].ErrorMessage}");
        CryptographicOperations.ZeroMemory(Key(options, section));
    }

    private static SignedExchange Exchange(IServiceProvider provider, SignedExchangeOptions options) =>
        new(options, Key(options, "Check"), provider.GetRequiredService<IRandomness>(), provider.GetRequiredService<TimeProvider>());

    private static byte[] Key(SignedExchangeOptions options, string section)
    {
        try
        {
            var key = Convert.FromBase64String(File.ReadAllText(options.KeyFile ?? "").Trim());
            if (key.Length >= LeastKeyBytes && key.AsSpan().ContainsAnyExcept((byte)0)) return key;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
        }
        throw new StartRefusedException($"{IdentityOptions.Section}:{section}:KeyFile: must name a file with at least {LeastKeyBytes} bytes in base64.");
    }
}
