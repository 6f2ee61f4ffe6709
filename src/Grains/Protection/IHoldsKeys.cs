namespace AiCloud.Protection;

/// <summary>
/// A state that holds wrapped data keys. Storage re-wraps them when the state is next written under a newer epoch, and <c>keys rewrap</c> finds
/// them in the row: a state with a <see cref="WrappedKey"/> that does not say so would keep an old epoch from being retired.
/// </summary>
public interface IHoldsKeys
{
    /// <summary>Every wrapped key of the state.</summary>
    /// <param name="id">The key of the grain that the state belongs to.</param>
    IEnumerable<HeldKey> HeldKeys(string id);

    /// <summary>The same state with other wraps of the same keys.</summary>
    /// <param name="by">Asked once for each key of <see cref="HeldKeys"/>.</param>
    IHoldsKeys WithKeys(Func<WrappedKey, WrappedKey> by);
}

/// <summary>A wrapped key where it stands.</summary>
/// <param name="Path">Names of the members that lead to it in the state's JSON, with dots between.</param>
/// <param name="Owner">What it was wrapped for; it opens for nothing else.</param>
/// <param name="Key">The wrap.</param>
public sealed record HeldKey(string Path, string Owner, WrappedKey Key);
