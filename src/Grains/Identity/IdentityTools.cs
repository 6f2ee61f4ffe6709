using AiCloud.Protection;
using Microsoft.Extensions.Options;

namespace AiCloud.Identity;

/// <summary>What an account needs for real-name proof.</summary>
internal sealed class IdentityTools(
    IIdentityCheck check, NamedAuthority numbers, IOptions<IdentityOptions> options, IdentifierDigest digests, IRandomness randomness, IdentityMetrics metrics)
{
    public IIdentityCheck Check => check;

    /// <summary>Asks nobody whom the text in force does not name.</summary>
    public IRecycledNumberCheck Numbers => numbers;

    /// <summary>Whether a question about a number would tell it to anybody.</summary>
    public Task<bool> TellsNumbers(CancellationToken cancellation) => numbers.Asks(cancellation);

    public IdentityOptions Limits => options.Value;

    public IdentityMetrics Metrics => metrics;

    public string NewRequest() => DerivedIds.New(randomness);

    /// <summary>A name as the certificate's actor compares it: under the same lookup key, and worth nothing beside another certificate.</summary>
    public string? NameOf(string? documentKey, Certificate? certificate, string? name) => documentKey is null || certificate is null || name is null ? null
        : digests.AllOfDocument($"name\0{certificate.Compared}\0{name}").FirstOrDefault(digest => digest.Split('.')[1] == documentKey.Split('.')[1]);

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
