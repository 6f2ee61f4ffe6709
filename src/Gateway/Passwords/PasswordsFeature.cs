namespace AiCloud.Passwords;

internal static class PasswordsFeature
{
    /// <summary>Rules, hasher and hashing threads; needs AddProtection.</summary>
    public static IServiceCollection AddPasswords(this IServiceCollection services)
    {
        services.AddOptions<PasswordOptions>().BindConfiguration(PasswordOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<CommonPasswords>()
            .AddSingleton<PasswordRules>()
            .AddSingleton<PasswordHasher>()
            .AddSingleton<HashingQueue>()
            .AddSingleton<PasswordDesk>();
    }
}
