using AiCloud.Protection;
using Microsoft.Extensions.Options;

namespace AiCloud.Identity;

/// <summary>What an account needs for real-name proof.</summary>
internal sealed class IdentityTools(
    IIdentityCheck check, IRecycledNumberCheck numbers, IOptions<IdentityOptions> options, IdentifierDigest digests, IRandomness randomness, IdentityMetrics metrics)
{
    public IIdentityCheck Check => check;

    public IRecycledNumberCheck Numbers => numbers;

    public IdentityOptions Limits => options.Value;

    public IdentityMetrics Metrics => metrics;

    public string NewRequest() => DerivedIds.New(randomness);

    /// <summary>
    /// The actor of a certificate or subject. After the lookup key was changed, accounts proven before stand under the former one: as long as any does,
    /// it goes on counting there.
    /// </summary>
    public async Task<string> KeyOf(IGrainFactory grains, string compared, CancellationToken cancellation)
    {
        var keys = digests.AllOfDocument(compared);
        foreach (var former in keys.Skip(1))
            if (await grains.GetGrain<ICertificateProofs>(former).ProvesAny(cancellation)) return former;
        return keys[0];
    }
}
