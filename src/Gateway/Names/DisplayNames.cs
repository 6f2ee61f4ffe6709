using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace AiCloud.Names;

/// <summary>Judges display names, at sign-up and change alike (L-12).</summary>
internal sealed class DisplayNames(IOptions<NameOptions> options, Skeleton skeleton)
{
    // State bodies and their signs ("中国", "国家": strict), party and army, media, and the platform with its staff.
    private static readonly string[] BuiltIn =
    [
        "中国", "中华", "国家", "全国", "国务院", "人民政府", "省政府", "市政府", "政府", "共产党", "中共", "党委", "中央", "人大常委", "政协", "公安", "警察", "法院", "检察院", "纪委", "监察委", "解放军", "外交部",
        "新华社", "新华网", "人民日报", "人民网", "央视", "中央电视台", "光明日报", "cctv", "xinhua", "people's daily",
        "aicloud", "ai cloud", "caih", "中国东信", "官方", "客服", "管理员", "系统通知", "official", "admin", "administrator", "customer service", "support team",
    ];

    private const int MarksInARow = 2;

    private readonly HiddenContact _contacts = new(skeleton);

    private readonly Lazy<string[]> _reserved = new(() =>
        [.. BuiltIn.Except(options.Value.Allowed, StringComparer.OrdinalIgnoreCase).Concat(options.Value.Reserved).Select(skeleton.Of).Where(word => word.Length > 0)]);

    /// <summary>The name as it is kept (NFC, trimmed); null when it is refused. An empty one removes the name and is nobody's.</summary>
    public string? Read(string typed)
    {
        var name = typed.Normalize(NormalizationForm.FormC).Trim();
        if (name.Length == 0) return "";
        var runes = name.EnumerateRunes().ToArray();
        return runes.Length <= options.Value.LongestName && runes.All(IsShown) && !HasStackedMarks(runes) && !_contacts.IsIn(name) && !Impersonates(name) ? name : null;
    }

    // Nothing invisible, no marks of direction, nothing that only some devices can show: a name must look the same everywhere.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.SpaceSeparator => rune.Value is ' ' or 0x3000,
        // Letters that have no shape: fillers of Hangul, the blank of Braille, the variation selectors.
        _ => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F) and not (>= 0xFE00 and <= 0xFE0F) and not (>= 0xE0100 and <= 0xE01EF),
    };

    private static bool HasStackedMarks(Rune[] runes)
    {
        var row = 0;
        foreach (var rune in runes)
        {
            row = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? row + 1 : 0;
            if (row > MarksInARow) return true;
        }
        return false;
    }

    private bool Impersonates(string name)
    {
        var looks = skeleton.Of(name);
        return Array.Exists(_reserved.Value, word => looks.Contains(word, StringComparison.Ordinal));
    }
}
