using System.Globalization;
using System.Text;

namespace AiCloud.Registration;

/// <summary>What people type for a code: full-width digits and spaces are forgiven, anything else makes it a wrong code.</summary>
internal static class TypedCode
{
    public static string Normalise(string typed) =>
        string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c != '-'));

    /// <summary>Whether the stated date exists in the calendar; whether it can be a birth date is the actor's to decide.</summary>
    public static bool HasPossibleBirthDate(this CompletionRequest request) =>
        DateOnly.TryParseExact(request.BirthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
