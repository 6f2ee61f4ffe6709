namespace AiCloud.Requests;

/// <summary>Which control characters a string of a request may hold.</summary>
public enum TextRule
{
    /// <summary>None: one line of plain text. What every string is that says nothing.</summary>
    Line = 1,
    /// <summary>Tab and line ends.</summary>
    Multiline = 2,
    /// <summary>All of them. Only for what is never shown or stored as text, such as a password.</summary>
    Verbatim = 3,
    /// <summary>Tab and marks of direction: address books put them around phone numbers, and a paste carries them along. Only for what a parser of its own reads.</summary>
    Pasted = 4,
}

/// <summary>
/// Says what a string member may hold. Also without it control characters (Cc) and bidirectional overrides (which let "gpj.exe" read as
/// "exe.jpg", and a name read as another) are refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextAttribute(TextRule rule = TextRule.Line) : Attribute
{
    /// <summary>The rule.</summary>
    public TextRule Rule { get; } = rule;
}
