using System.Text.Json;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Registration.Pages;
using AiCloud.Requests;

namespace AiCloud.Guardians.Pages;

/// <summary>Forms around guardians as the API's requests, under the API's own rules.</summary>
internal static class GuardianForms
{
    /// <summary>A guardian's contact; what is missing is noted in <paramref name="form"/>.</summary>
    public static (GuardianContactRequest? Request, Problem? Problem) Contact(IFormCollection sent, FormState form)
    {
        var method = sent["guardianMethod"].ToString();
        if (method is not ("phone" or "email"))
        {
            form.Refuse("guardianMethod", RegistrationTexts.MethodMissing);
            return (null, null);
        }
        var field = method == "phone" ? "guardianPhone" : "guardianEmail";
        var text = sent[field].ToString().Trim();
        if (text.Length == 0)
        {
            form.Refuse(field, method == "phone" ? GuardianPageTexts.PhoneMissing : GuardianPageTexts.EmailMissing);
            return (null, null);
        }
        return Parse<GuardianContactRequest>(new { method, phone = method == "phone" ? text : null, email = method == "email" ? text : null });
    }

    /// <summary>Any request.</summary>
    public static (T? Value, Problem? Problem) Parse<T>(object body) where T : class => RequestBody.Parse<T>(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options));

    /// <summary>The form's field of a pointer into a request.</summary>
    public static string? FieldOf(string pointer) => pointer switch
    {
        "/phone" => "guardianPhone",
        "/email" => "guardianEmail",
        "/method" => "guardianMethod",
        "/name" => "name",
        "/relationship" => "relationship",
        "/code" => "code",
        "/displayName" => "displayName",
        "/kind" => "kind",
        "/number" => "number",
        "/issuer" => "issuer",
        "/birthDate" => "birthDate",
        _ => null,
    };
}
