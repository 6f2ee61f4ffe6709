using System.ComponentModel.DataAnnotations;

namespace AiCloud.Documents;

/// <summary>How documents are amended (C2.5b). Section <c>AiCloud:Documents</c>.</summary>
public sealed class DocumentOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Documents";

    /// <summary>From announcement to force. The agreement's seven days are the least; a draft may ask for longer.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "365.00:00:00")] public TimeSpan NoticePeriod { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Whether a version comes into force only at the next midnight in Shanghai after the period.</summary>
    public bool AtMidnight { get; set; }

    /// <summary>Language that prevails where a draft names none.</summary>
    [AllowedValues("zh-CN", "en")] public string Prevails { get; set; } = "zh-CN";

    /// <summary>Kinds beside the four of the agreement, such as <c>minors-policy</c>: lower-case letters, digits and hyphens. Its first version is in force on announcement.</summary>
    [MaxLength(50), KindNames] public string[] AdditionalKinds { get; set; } = [];
}

/// <summary>Every element is a name of a kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindNamesAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string[] names && names.All(name =>
        name.Length is >= 2 and <= 50 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
}
