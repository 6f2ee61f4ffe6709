using AiCloud.Documents;
using AiCloud.Documents.Comparison;
using AiCloud.Languages;
using AiCloud.Pages;

namespace AiCloud.Registration.Pages;

/// <summary>Texts that changed while somebody was registering: completion needs what is in force then, not what was shown before (C0.1, C2.5b).</summary>
internal sealed partial class RegisterModel
{
    private readonly List<DocumentReference> shown = [];

    /// <summary>What was shown to this person and is in force no more, compared with what is.</summary>
    public IReadOnlyList<ChangedText> Changed { get; private set; } = [];

    private async Task NoteChanges(CancellationToken cancellation)
    {
        var language = LanguageChoice.Of(HttpContext).Tag();
        var changed = new List<ChangedText>();
        foreach (var reference in shown.Concat(ConsentedTo()).Distinct())
        {
            // Forms and cookies can say anything: only a text that was in force before is compared.
            if (Published.Find(reference.Kind, reference.Version) is not { } before || before.Reference != reference) continue;
            if (Published.InForce(reference.Kind, Now) is not { } now || before.EffectiveAt >= now.EffectiveAt) continue;
            changed.Add(new(before, now, await comparisons.Of(before, now, language, cancellation)));
        }
        Changed = changed;
    }

    private IEnumerable<DocumentReference> ConsentedTo() => PageCookies.Read(HttpContext, PageCookies.Consent)?.Split('~') is [var version, var sha256]
        ? [new DocumentReference { Kind = DocumentCatalog.PrivacyKind, Version = version, Sha256 = sha256 }] : [];
}

/// <summary>A text that was shown, and the one in force now.</summary>
internal sealed record ChangedText(DocumentVersion Shown, DocumentVersion InForce, TextComparison Comparison);
