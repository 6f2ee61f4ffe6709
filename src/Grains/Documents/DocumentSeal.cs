using System.Globalization;
using System.Text.Json;
using AiCloud.Protection;

namespace AiCloud.Documents;

/// <summary>
/// A keyed digest over everything in an announced version that has legal weight: whoever can write the database, but has not the key ring,
/// cannot bring a version into force earlier or change what was announced (C2.5b).
/// </summary>
internal sealed class DocumentSeal(KeyRing ring)
{
    public string Of(DocumentVersion version) => RootedDigest.Of(ring, SecretPurpose.DocumentSeal, Parts(version));

    public bool Holds(DocumentVersion version, string seal) => RootedDigest.Matches(ring, SecretPurpose.DocumentSeal, seal, Parts(version));

    private static string[] Parts(DocumentVersion version) =>
    [
        version.Kind, version.Version, version.Sha256, Instant(version.AnnouncedAt), Instant(version.EffectiveAt),
        JsonSerializer.Serialize(new
        {
            version.Titles, version.Class, version.Ground, version.Prevails, version.Required, version.Incorporates, version.Summary, version.Processing,
        }),
    ];

    private static string Instant(DateTimeOffset instant) => instant.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
