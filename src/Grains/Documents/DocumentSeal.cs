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

    /// <summary>The state with every seal under the current root, so that an older root can leave the ring; the same state when all are.</summary>
    public DocumentState Renewed(DocumentState state) => state.Seals.Values.All(IsCurrent) ? state : state with
    {
        Seals = state.Versions.Where(version => state.Seals.ContainsKey(version.Version)).ToDictionary(version => version.Version, Of),
    };

    private bool IsCurrent(string seal) => seal.StartsWith($"{ring.CurrentRoot}.", StringComparison.Ordinal);

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
