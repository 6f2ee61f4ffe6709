using System.Text.Json;
using AiCloud.Languages;

namespace AiCloud.Problems;

/// <summary>What is wrong with one member of a request; the <c>code</c> inside <c>errors</c>, in snake_case.</summary>
public enum FieldFault
{
    /// <summary>Absent, or null, and needed.</summary>
    Required = 1,
    /// <summary>Another JSON type than the one asked for. Nothing is coerced.</summary>
    WrongType = 2,
    /// <summary>Not a member of this request.</summary>
    UnknownMember = 3,
    /// <summary>The same name twice in one object.</summary>
    DuplicateMember = 4,
    /// <summary>More Unicode code points than allowed.</summary>
    TooLong = 5,
    /// <summary>Fewer Unicode code points than needed.</summary>
    TooShort = 6,
    /// <summary>Not of the form asked for.</summary>
    WrongFormat = 7,
    /// <summary>None of the listed values.</summary>
    UnknownValue = 8,
    /// <summary>A number outside its range.</summary>
    OutOfRange = 9,
    /// <summary>More items than allowed.</summary>
    TooManyItems = 10,
    /// <summary>Fewer items than needed.</summary>
    TooFewItems = 11,
    /// <summary>A control or bidirectional override character where plain text belongs.</summary>
    ControlCharacter = 12,
    /// <summary>Half of a surrogate pair: not Unicode text.</summary>
    LoneSurrogate = 13,
    /// <summary>Refused by a rule that the problem's own code names.</summary>
    Refused = 14,
}

/// <summary>One field error: where (RFC 6901) and what.</summary>
/// <param name="Pointer">JSON pointer into the request's body; empty for the whole.</param>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">The same for a person.</param>
public sealed record FieldError(string Pointer, string Code, Localized Message)
{
    /// <summary>A fault of the request's form.</summary>
    public FieldError(string pointer, FieldFault fault) : this(pointer, JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()), Words(fault)) { }

    /// <summary>A fault that a problem names: the error carries the problem's code and title.</summary>
    public FieldError(string pointer, ProblemCode code) : this(pointer, code.Name(), code.Entry().Title) { }

    private static Localized Words(FieldFault fault) => fault switch
    {
        FieldFault.Required => new("必填。", "Required."),
        FieldFault.WrongType => new("类型不符。", "Wrong type."),
        FieldFault.UnknownMember => new("未知字段。", "Unknown member."),
        FieldFault.DuplicateMember => new("字段重复。", "Given twice."),
        FieldFault.TooLong => new("过长。", "Too long."),
        FieldFault.TooShort => new("过短。", "Too short."),
        FieldFault.WrongFormat => new("格式不符。", "Wrong format."),
        FieldFault.UnknownValue => new("不在允许的取值之内。", "Not one of the allowed values."),
        FieldFault.OutOfRange => new("超出范围。", "Out of range."),
        FieldFault.TooManyItems => new("条目过多。", "Too many items."),
        FieldFault.TooFewItems => new("条目过少。", "Too few items."),
        FieldFault.ControlCharacter => new("含有控制字符。", "Contains control characters."),
        FieldFault.LoneSurrogate => new("含有不完整的 Unicode 字符。", "Contains half of a surrogate pair."),
        FieldFault.Refused => new("不被接受。", "Not accepted."),
    };
}
