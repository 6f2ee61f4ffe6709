using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>Continued use as acceptance (C2.5c), as far as it goes. Pure.</summary>
internal static class ContinuedUse
{
    /// <summary>
    /// The versions that an act of use accepts at an instant, in the order in which they came into force, skipped ones included. A version that
    /// widens the processing of personal data is never among them, and neither is one that was built on it (L-04).
    /// </summary>
    public static IReadOnlyList<DocumentVersion> Decide(AccountState state, DocumentSet published, DateTimeOffset now) =>
        [.. published.Kinds.SelectMany(kind => Deemable(state, published, kind, now)).OrderBy(version => version.EffectiveAt).ThenBy(version => version.Kind, StringComparer.Ordinal)];

    /// <summary>The rules and policies that are accepted along with a version by an act at an instant (C0.1).</summary>
    public static DocumentReference[] Incorporated(AccountState state, DocumentSet published, DocumentVersion version, DateTimeOffset now) =>
    [
        .. version.Incorporates.Select(kind => Deemable(state, published, kind, now).LastOrDefault()
                ?? Bound.To(state, published, kind)
                ?? published.Versions(kind).Where(first => first.EffectiveAt <= now).TakeWhile(first => first.Class != DocumentClass.Processing).LastOrDefault())
            .OfType<DocumentVersion>().Select(found => found.Reference),
    ];

    private static IEnumerable<DocumentVersion> Deemable(AccountState state, DocumentSet published, string kind, DateTimeOffset now) =>
        Bound.Newer(state, published, kind, now).TakeWhile(version => version.Class != DocumentClass.Processing);
}
