using System.Text.Json;
using AiCloud.Documents;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Registration.Pages;

/// <summary>Forms as the API's requests, under the API's own rules (R-03).</summary>
internal static class RegistrationForms
{
    /// <summary>Names of the boxes.</summary>
    public const string Yes = "yes";

    /// <summary>What a box for a document stands for: exactly this text.</summary>
    public static string ValueOf(DocumentReference document) => $"{document.Kind} {document.Version} {document.Sha256}";

    /// <summary>What a box stands for where rules are accepted along with a text: these too, exactly as they were shown (C0.1).</summary>
    public static string ValueOf(RequiredDocument document) => string.Join(',', document.Incorporated.Prepend(document.Reference).Select(ValueOf));

    /// <summary>The texts that a box stood for; none for what no box stands for.</summary>
    public static IEnumerable<DocumentReference> TextsOf(string? box) => (box ?? "").Split(',').Select(text => text.Split(' ')).Where(words => words.Length == 3)
        .Select(words => new DocumentReference { Kind = words[0], Version = words[1], Sha256 = words[2] });

    /// <summary>The name of a document's box.</summary>
    public static string BoxOf(string kind) => $"accept-{kind}";

    /// <summary>The start as the API would read it, or what is wrong with it.</summary>
    public static (StartRequest? Request, Problem? Problem) Start(IFormCollection form, ConsentBody consent, string language, string? service) =>
        Parse<StartRequest>(new
        {
            method = form["method"].ToString(),
            phone = form["method"] == "phone" ? form["phone"].ToString().Trim() : null,
            email = form["method"] == "email" ? form["email"].ToString().Trim() : null,
            privacyConsent = consent,
            locale = language,
            service,
        });

    /// <summary>The completion as the API would read it, or what is wrong with it.</summary>
    public static (CompletionRequest? Request, Problem? Problem) Completion(IFormCollection form, IReadOnlyList<RequiredDocument> required)
    {
        var name = form["displayName"].ToString().Trim();
        return Parse<CompletionRequest>(new
        {
            password = form["password"].ToString(),
            birthDate = BirthDate(form),
            declarations = new { information = form["information"] == Yes, eligibility = form["eligibility"] == Yes, capacity = form["capacity"] == Yes },
            acceptances = required.Where(document => form[BoxOf(document.Reference.Kind)] == ValueOf(document)).Select(document => document.Reference).ToArray(),
            displayName = name.Length == 0 ? null : name,
        });
    }

    /// <summary>The three fields as one date; full-width digits and single digits are taken too.</summary>
    public static string BirthDate(IFormCollection form) =>
        $"{Digits(form["birthYear"], 4)}-{Digits(form["birthMonth"], 2)}-{Digits(form["birthDay"], 2)}";

    /// <summary>The form's field of a pointer into a request.</summary>
    public static string? FieldOf(string pointer) => pointer switch
    {
        "/phone" => "phone",
        "/email" => "email",
        "/method" => "method",
        "/password" => "password",
        "/birthDate" => "birthYear",
        "/displayName" => "displayName",
        _ => null,
    };

    private static string Digits(string? typed, int width) => TypedCode.Normalise(typed ?? "").PadLeft(width, '0');

    private static (T? Value, Problem? Problem) Parse<T>(object body) where T : class => RequestBody.Parse<T>(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));
}
