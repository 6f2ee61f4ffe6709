using AiCloud.Problems;

namespace AiCloud.Requests;

/// <summary>
/// On a <see cref="Body{T}"/>: more bytes than <see cref="RequestBody.MaxBytes"/> for callers who are admitted before a byte is read, since a
/// stranger could otherwise have us hold large bodies for nothing.
/// </summary>
/// <param name="maxBytes">Bytes that this body may have.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class BodyAllowanceAttribute(int maxBytes) : Attribute
{
    /// <summary>Bytes that this body may have.</summary>
    public int MaxBytes { get; } = maxBytes;

    /// <summary>Why this caller may not send one; null when they may.</summary>
    public abstract ValueTask<Problem?> Admit(HttpContext context);
}
