namespace AiCloud.Documents;

/// <summary>Small texts of every kind, in force for long.</summary>
public static class TestTexts
{
    private static readonly DateTimeOffset Published = new(2025, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Version 1.0 of each kind.</summary>
    public static IReadOnlyList<DocumentVersion> First { get; } =
    [
        Make("registration-agreement", "1.0", Published, required: true, "violation-rules", "cancellation-rules"),
        Make("privacy-agreement", "1.0", Published, required: true) with
        {
            Processing = [Amendments.Purpose(ProcessingPurposes.Guardian, necessary: true, "guardian-name"), Amendments.Purpose(ProcessingPurposes.NumberStanding, necessary: true, "phone")],
        },
        Make("violation-rules", "1.0", Published, required: false),
        Make("cancellation-rules", "1.0", Published, required: false),
    ];

    /// <summary>A version of a kind.</summary>
    public static DocumentVersion Make(string kind, string version, DateTimeOffset effective, bool required, params string[] incorporates)
    {
        var texts = new Dictionary<string, string> { ["en"] = $"# {kind} {version}", ["zh-CN"] = $"# {kind} {version}（示例）" };
        return new DocumentVersion
        {
            Kind = kind,
            Version = version,
            Titles = new() { ["en"] = kind, ["zh-CN"] = kind },
            Texts = texts,
            Sha256 = DocumentDigest.Of(texts),
            Class = DocumentClass.Contract,
            AnnouncedAt = effective,
            EffectiveAt = effective,
            Required = required,
            Incorporates = incorporates,
        };
    }
}
