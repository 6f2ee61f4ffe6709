namespace AiCloud.Documents;

/// <summary>Looks over a row as it was loaded: what was edited outside the service must not come into force (C2.5b).</summary>
internal static class DocumentSoundness
{
    /// <summary>What is wrong with the row; null when nothing is. Names the version, never the text.</summary>
    public static string? Fault(string kind, DocumentState state, Func<DocumentVersion, string, bool> isSealedBy)
    {
        for (var i = 0; i < state.Versions.Length; i++)
        {
            var (version, before) = (state.Versions[i], i == 0 ? null : state.Versions[i - 1]);
            var fault =
                version.Kind != kind ? "is of another kind"
                : version.Sha256 != DocumentDigest.Of(version.Texts) ? "has another text than its digest says"
                : before is not null && version.EffectiveAt < version.AnnouncedAt + DraftRules.LeastNotice ? "would be in force less than seven days after its announcement"
                : before is not null && version.AnnouncedAt < before.EffectiveAt ? "was announced while another was"
                : !state.Seals.TryGetValue(version.Version, out var seal) ? before is null && state.Drafted.All(drafted => drafted.Version != version.Version) ? null : "has no seal"
                : !isSealedBy(version, seal) ? "is not what was announced"
                : null;
            if (fault is not null) return $"{kind} {version.Version} {fault}";
        }
        return null;
    }
}
