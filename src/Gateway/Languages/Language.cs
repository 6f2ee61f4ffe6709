namespace AiCloud.Languages;

/// <summary>The languages that the service speaks (API.md, General).</summary>
public enum Language
{
    /// <summary>Simplified Chinese, the default.</summary>
    ZhCn = 1,
    /// <summary>English.</summary>
    En = 2,
}

/// <summary>One text in every language.</summary>
public readonly record struct Localized(string ZhCn, string En)
{
    /// <summary>The text in <paramref name="language"/>.</summary>
    public string In(Language language) => language switch
    {
        Language.ZhCn => ZhCn,
        Language.En => En,
    };
}
