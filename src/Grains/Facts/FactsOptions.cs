using System.ComponentModel.DataAnnotations;

namespace AiCloud.Facts;

/// <summary>Facts that are false, outdated, or only old (C2.1f, C2.1g). Section <c>AiCloud:Facts</c>.</summary>
public sealed class FactsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Facts";

    /// <summary>Days from a mark to its restriction unless the mark says otherwise. Too few catch people on holiday; too many leave a false fact in use.</summary>
    [Range(1, 90)] public int CorrectWithinDays { get; set; } = 15;

    /// <summary>Days after which a person is asked whether what they stated is still right. Nothing depends on the answer.</summary>
    [Range(30, 3650)] public int AskEveryDays { get; set; } = 365;
}
