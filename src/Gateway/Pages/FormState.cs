using AiCloud.Languages;
using AiCloud.Problems;
using Microsoft.Extensions.Primitives;

namespace AiCloud.Pages;

/// <summary>What a form shows again after a refusal: the values entered, never a password or code, and what is wrong where.</summary>
internal sealed class FormState
{
    private readonly Dictionary<string, StringValues> values = new(StringComparer.Ordinal);
    private readonly List<(string? Field, Localized Text)> errors = [];

    /// <summary>The state of a form as sent, keeping only the fields named.</summary>
    public static FormState Of(IFormCollection form, params ReadOnlySpan<string> kept)
    {
        var state = new FormState();
        foreach (var name in kept)
            if (form.TryGetValue(name, out var value)) state.values[name] = value;
        return state;
    }

    /// <summary>Whether anything is wrong.</summary>
    public bool IsRefused => errors.Count > 0;

    /// <summary>What is wrong, in the order of the form: a field's id, or none for the form as a whole.</summary>
    public IReadOnlyList<(string? Field, Localized Text)> Errors => errors;

    /// <summary>The value of a field.</summary>
    public string? Value(string field) => values.TryGetValue(field, out var value) ? value.ToString() : null;

    /// <summary>Whether a box or option of exactly this value was chosen.</summary>
    public bool Has(string field, string value) => values.TryGetValue(field, out var chosen) && chosen.Contains(value, StringComparer.Ordinal);

    /// <summary>Sets what a field shows at first.</summary>
    public FormState With(string field, string? value)
    {
        if (value is not null) values[field] = value;
        return this;
    }

    /// <summary>Notes what is wrong with a field.</summary>
    public void Refuse(string field, Localized text) => errors.Add((field, text));

    /// <summary>Notes what is wrong with the whole.</summary>
    public void Refuse(Localized text) => errors.Add((null, text));

    /// <summary>Takes over a problem; <paramref name="fieldOf"/> names the form's field of a pointer.</summary>
    public void Refuse(Problem problem, Func<string, string?> fieldOf)
    {
        var known = errors.Count;
        foreach (var error in problem.Errors)
            if (fieldOf(error.Pointer) is { } field && errors.TrueForAll(other => other.Field != field))
                errors.Add((field, ProblemCodeNames.TryParse(error.Code, out var code) ? ProblemWords.Of(code) : error.Message));
        if (errors.Count == known) errors.Add((null, ProblemWords.Of(problem)));
    }

    /// <summary>What is wrong with a field.</summary>
    public Localized? ErrorOf(string field) => errors.FirstOrDefault(error => error.Field == field) is { Field: not null } found ? found.Text : null;

    /// <summary>Nothing of the values.</summary>
    public override string ToString() => $"FormState ({errors.Count} errors)";
}
