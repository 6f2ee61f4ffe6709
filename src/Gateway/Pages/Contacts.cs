namespace AiCloud.Pages;

/// <summary>How customer service is reached (C2.4d).</summary>
internal static class Contacts
{
    /// <summary>The hotline.</summary>
    public const string Hotline = "400-8855-638";

    /// <summary>The mailbox.</summary>
    public const string Mail = "kf1001@caih.com";
}
