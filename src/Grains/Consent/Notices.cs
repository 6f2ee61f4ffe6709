using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>What a person should be shown (C2.5c). Pure.</summary>
internal static class Notices
{
    /// <summary>Versions in force that are not accepted yet, then the announced one, of every kind that the account is bound to.</summary>
    public static DueNotice[] Due(AccountState state, DocumentSet published, DateTimeOffset now)
    {
        var due = new List<DueNotice>();
        foreach (var kind in published.Kinds)
        {
            if (Bound.To(state, published, kind) is not { } bound) continue;
            IEnumerable<DocumentVersion> versions = published.Since(kind, bound.Version, now);
            if (published.Announced(kind, now) is { } announced) versions = versions.Append(announced);
            due.AddRange(versions.Select(version => new DueNotice
            {
                Document = version.Reference,
                Class = version.Class,
                AnnouncedAt = version.AnnouncedAt,
                EffectiveAt = version.EffectiveAt,
                InForce = version.EffectiveAt <= now,
                From = bound.Version,
                Summary = version.Summary,
                Titles = version.Titles,
            }));
        }
        return [.. due.OrderBy(notice => notice.EffectiveAt)];
    }
}
