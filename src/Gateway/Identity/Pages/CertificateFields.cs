using AiCloud.Languages;

namespace AiCloud.Identity.Pages;

/// <summary>The fields of a certificate in a form, for oneself or for whoever is to be a guardian; what the birth date is for differs.</summary>
internal sealed record CertificateFields(Localized BirthDate, Localized BirthDateHint)
{
    /// <summary>Members of the form that may come back in a page. The number is entered anew.</summary>
    public static readonly string[] Kept = ["kind", "name", "issuer", "birthDate"];

    /// <summary>What of a form is sent on; an empty field is none.</summary>
    public static object Body(IFormCollection sent) => new
    {
        method = "certificate", kind = sent["kind"].ToString(), number = sent["number"].ToString(), name = sent["name"].ToString(), issuer = Given(sent["issuer"]), birthDate = Given(sent["birthDate"]),
        service = Given(sent["service"]),
    };

    /// <summary>A field that was filled in; null for an empty one.</summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
