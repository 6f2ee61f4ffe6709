using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiCloud.Passwords;

/// <summary>
/// The same hashing at a cost below what settings allow: a run of these tests hashes thousands of passwords, and what the default costs is no part of what they show.
/// Vectors at the default, and processes as they come, are tested elsewhere (PasswordHasherTests, Process.Tests).
/// </summary>
internal static class CheapHashes
{
    public static IServiceCollection WithCheapHashes(this IServiceCollection services)
    {
        services.RemoveAll<IValidateOptions<PasswordOptions>>(); // it would refuse the cost
        return services.PostConfigure<PasswordOptions>(passwords => (passwords.MemoryKib, passwords.Passes) = (256, 1));
    }
}
