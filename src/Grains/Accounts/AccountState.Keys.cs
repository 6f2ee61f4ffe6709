using AiCloud.Protection;

namespace AiCloud.Accounts;

/// <summary>The account's two data keys as storage sees them.</summary>
public sealed partial record AccountState : IHoldsKeys
{
    /// <inheritdoc/>
    public IEnumerable<HeldKey> HeldKeys(string id)
    {
        if (AccountKey is { } facts) yield return new HeldKey("accountKey", FactsOwner(id), facts);
        if (EvidenceKey is { } evidence) yield return new HeldKey("evidenceKey", EvidenceOwner(id), evidence);
    }

    /// <inheritdoc/>
    public IHoldsKeys WithKeys(Func<WrappedKey, WrappedKey> by) =>
        this with { AccountKey = AccountKey is { } facts ? by(facts) : null, EvidenceKey = EvidenceKey is { } evidence ? by(evidence) : null };

    /// <summary>What the account key is wrapped for.</summary>
    public static string FactsOwner(string id) => $"account/{id}/facts";

    /// <summary>What the evidence key is wrapped for.</summary>
    public static string EvidenceOwner(string id) => $"account/{id}/evidence";
}
