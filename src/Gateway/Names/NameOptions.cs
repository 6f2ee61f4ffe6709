using System.ComponentModel.DataAnnotations;

namespace AiCloud.Names;

/// <summary>What a display name may be (L-12). Section <c>AiCloud:Names</c>.</summary>
public sealed class NameOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Names";

    /// <summary>Code points of a display name at most.</summary>
    [Range(8, 64)] public int LongestName { get; set; } = 64;

    /// <summary>
    /// Words that no display name may hold or look like, in addition to the built-in ones for state bodies, media and the platform. Too few lets a name
    /// pass for somebody it is not; too many refuses ordinary people.
    /// </summary>
    public IList<string> Reserved { get; } = [];

    /// <summary>
    /// Days that a person has to choose another name when the one they have is refused by rules that changed. Too few catch people on holiday; too many leave
    /// the name in use.
    /// </summary>
    [Range(1, 90)] public int CorrectWithinDays { get; set; } = 15;

    /// <summary>Built-in words that may be used all the same.</summary>
    public IList<string> Allowed { get; } = [];
}
