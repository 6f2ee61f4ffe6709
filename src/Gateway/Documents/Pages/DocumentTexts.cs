using AiCloud.Languages;

namespace AiCloud.Documents.Pages;

/// <summary>Words of the document pages.</summary>
internal static class DocumentTexts
{
    public static readonly Localized
        Title = new("协议与规则", "Documents"),
        Lead = new("以下文件现行有效。每个版本一经发布即不再更改。", "These documents are in force. A version never changes once it is published."),
        Required = new("注册时须同意", "Accepted on registration"),
        Incorporated = new("随注册协议一并适用", "Applies along with the Registration Agreement"),
        Version = new("版本", "Version"),
        EffectiveFrom = new("生效时间", "In force from"),
        AnnouncedAt = new("公示时间", "Announced"),
        Digest = new("文本摘要（SHA-256）", "Digest of the text (SHA-256)"),
        InForce = new("现行有效", "In force"),
        Announced = new("已公示，尚未生效", "Announced, not in force yet"),
        Earlier = new("已被取代", "Superseded"),
        EarlierVersions = new("全部版本", "All versions"),
        Changes = new("修改摘要", "Summary of changes"),
        Print = new("打印", "Print"),
        PrintHint = new("可使用浏览器的打印功能打印或存为 PDF。", "Use your browser’s print function to print this page or save it as PDF."),
        OpenPrintable = new("打开可打印的页面", "Open a printable page"),
        NoneAnnounced = new("目前没有公示中的修改。", "No amendment is announced at present."),
        Back = new("返回文件列表", "Back to the documents");

    /// <summary>A version's label as people write it.</summary>
    public static string Label(string version) => version.StartsWith('V') ? version : $"V{version}";
}
