using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>Which version of a kind an account is bound to, by its own acceptances. Pure.</summary>
internal static class Bound
{
    /// <summary>
    /// The newest version that was accepted, by itself or along with another. Null when the kind was never accepted, or when this process's
    /// copy of the texts is older than the account's acceptance: then nothing about it may be decided here.
    /// </summary>
    public static DocumentVersion? To(AccountState state, DocumentSet published, string kind)
    {
        DocumentVersion? newest = null;
        foreach (var reference in state.Acceptances.SelectMany(acceptance => acceptance.Incorporated.Append(acceptance.Document)).Where(reference => reference.Kind == kind))
        {
            if (published.Find(kind, reference.Version) is not { } version) return null;
            if (newest is null || version.EffectiveAt > newest.EffectiveAt) newest = version;
        }
        return newest;
    }

    /// <summary>What came into force after it, superseded versions among them, oldest first.</summary>
    public static IReadOnlyList<DocumentVersion> Newer(AccountState state, DocumentSet published, string kind, DateTimeOffset now) =>
        To(state, published, kind) is { } bound ? published.Since(kind, bound.Version, now) : [];
}
