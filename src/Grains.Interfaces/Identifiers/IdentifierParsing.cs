namespace AiCloud.Identifiers;

/// <summary>Reads contacts as people type them. Pure: the same text always gives the same identifier.</summary>
public static class IdentifierParsing
{
    /// <summary>Reads a mobile number (H-07): spaces, dashes, full-width digits, 86, +86 and 0086 give the same identifier.</summary>
    public static ParsedIdentifier Phone(string? text, RegionsOptions regions) => PhoneParsing.Read(text, regions);

    /// <summary>Reads an e-mail address (H-08).</summary>
    /// <param name="text">As typed.</param>
    /// <param name="smtpUtf8">Whether the mail relay offers SMTPUTF8; without it a local part beyond ASCII could never be reached and is refused.</param>
    public static ParsedIdentifier Email(string? text, bool smtpUtf8 = false) => EmailParsing.Read(text, smtpUtf8);

    /// <summary>Reads what a person signs in with: with an "@" it is an e-mail, else a phone number.</summary>
    public static ParsedIdentifier Any(string? text, RegionsOptions regions, bool smtpUtf8 = false) =>
        text is not null && text.Contains('@') ? Email(text, smtpUtf8) : Phone(text, regions);
}
