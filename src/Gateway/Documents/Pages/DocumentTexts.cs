using AiCloud.Languages;

namespace AiCloud.Documents.Pages;

/// <summary>Words of the document pages.</summary>
internal static class DocumentTexts
{
    public static readonly Localized
        Title = new("协议与规则", "Documents"),
        Lead = new("以下文件现行有效。每个版本一经发布即不再更改。", "These documents are in force. A version never changes once it is published."),
        InForceTitle = new("现行文件", "Documents in force"),
        Required = new("注册时须同意", "Accepted on registration"),
        Incorporated = new("随注册协议一并适用", "Applies along with the Registration Agreement"),
        Version = new("版本", "Version"),
        EffectiveFrom = new("生效时间", "In force from"),
        EffectiveUntil = new("失效时间", "In force until"),
        AnnouncedAt = new("公示时间", "Announced"),
        Digest = new("文本摘要（SHA-256）", "Digest of the text (SHA-256)"),
        DigestHint = new("摘要覆盖中英文两种文本的全部字节，可用下载的文件核对。", "The digest covers every byte of the Chinese and the English text; check it with the files to download."),
        Prevails = new("以何种文本为准", "Which language prevails"),
        PrevailsZhCn = new("中英文文本不一致的，以中文文本为准。", "Where the texts differ, the Chinese text prevails."),
        PrevailsEn = new("中英文文本不一致的，以英文文本为准。", "Where the texts differ, the English text prevails."),
        Ground = new("修改依据", "Ground"),
        GroundBusiness = new("平台业务调整", "The Platform’s business"),
        GroundLaw = new("法律法规要求", "Required by law"),
        Class = new("修改类别", "Kind of change"),
        ClassWording = new("文字调整", "Wording only"),
        ClassContract = new("合同内容", "Terms of the contract"),
        ClassProcessing = new("个人信息处理，须重新征得同意", "Processing of personal data; asks for fresh consent"),
        InForce = new("现行有效", "In force"),
        Announced = new("已公示，尚未生效", "Announced, not in force yet"),
        Earlier = new("已被取代", "Superseded"),
        EarlierVersions = new("全部版本", "All versions"),
        Changes = new("修改摘要", "Summary of changes"),
        Keep = new("下载", "Download"),
        KeepZhCn = new("中文文本（{0}）", "Chinese text ({0})"),
        KeepEn = new("英文文本（{0}）", "English text ({0})"),
        Print = new("打印", "Print"),
        PrintHint = new("可使用浏览器的打印功能打印或存为 PDF。", "Use your browser’s print function to print this page or save it as PDF."),
        OpenPrintable = new("打开可打印的页面", "Open a printable page"),
        AnnouncedTitle = new("公示中的修改", "Announced amendments"),
        AnnouncedLead = new("以下修改已公示，尚未生效。生效之前，现行版本继续适用。", "These amendments are announced and not in force yet. Until then the versions in force go on to apply."),
        NoneAnnounced = new("目前没有公示中的修改。", "No amendment is announced at present."),
        TakesEffect = new("将于 {0} 生效", "Takes effect on {0}"),
        TimeLeft = new("距生效还有", "Time left:"),
        ReadText = new("阅读新版本全文", "Read the new text"),
        CompareWithInForce = new("与现行版本对比", "Compare with the version in force"),
        ReadInForce = new("该版本不是现行版本。阅读现行版本", "This version is not in force. Read the version in force"),
        Feed = new("订阅修改公示（Atom）", "Follow amendments (Atom feed)"),
        FeedAnnounced = new("已公示：{0} {1}，将于 {2} 生效", "Announced: {0} {1}, in force from {2}"),
        FeedInForce = new("已生效：{0} {1}，自 {2} 起", "In force: {0} {1}, since {2}"),
        Back = new("返回文件列表", "Back to the documents"),
        CompareTitle = new("版本对比", "Compare versions"),
        CompareFrom = new("原版本", "From version"),
        CompareTo = new("新版本", "To version"),
        CompareGo = new("对比", "Compare"),
        CompareNext = new("与上一版本对比", "Compare with the version before"),
        Counts = new("修改 {0} 段，新增 {1} 段，删除 {2} 段。", "Paragraphs changed: {0}, added: {1}, removed: {2}."),
        Same = new("两个版本的文字相同。", "The two versions read the same."),
        Coarse = new("两个版本差异很大，部分内容按整段显示。", "The two versions differ so much that some text is shown as exchanged whole."),
        Legend = new("下划线为新增，删除线为删除。", "Underlined words were added, struck-out words removed."),
        Unchanged = new("未修改的 {0} 段", "Unchanged paragraphs: {0}"),
        Added = new("［新增：{0}］", "[added: {0}]"),
        Removed = new("［删除：{0}］", "[removed: {0}]");

    /// <summary>A version's label as people write it.</summary>
    public static string Label(string version) => version.StartsWith('V') ? version : $"V{version}";

    /// <summary>How a version stands.</summary>
    public static Localized Of(Standing standing) => standing switch
    {
        Standing.Announced => Announced,
        Standing.InForce => InForce,
        Standing.Superseded => Earlier,
    };

    /// <summary>Why a version was made.</summary>
    public static Localized Of(DocumentGround ground) => ground switch
    {
        DocumentGround.Business => GroundBusiness,
        DocumentGround.Law => GroundLaw,
    };

    /// <summary>What a version changes.</summary>
    public static Localized Of(DocumentClass kind) => kind switch
    {
        DocumentClass.Wording => ClassWording,
        DocumentClass.Contract => ClassContract,
        DocumentClass.Processing => ClassProcessing,
    };

    /// <summary>Which language counts where the texts differ.</summary>
    public static Localized PrevailingOf(DocumentVersion version) => version.Prevails == "en" ? PrevailsEn : PrevailsZhCn;
}
