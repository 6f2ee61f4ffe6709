using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AiCloud.Pages;

/// <summary><c>&lt;input field="phone"&gt;</c>: id, name, the value entered before, and the error next to it for screen readers (H-10).</summary>
[HtmlTargetElement("input", Attributes = "field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTag : TagHelper
{
    /// <summary>Name of the field.</summary>
    public string Field { get; set; } = "";

    /// <summary>Whether a hint with the id <c>{field}-hint</c> stands beside it.</summary>
    public bool Hint { get; set; }

    /// <summary>Whether its purpose stands beside it, with the id <c>{field}-purpose</c>.</summary>
    public bool Purpose { get; set; }

    /// <summary>The view.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var form = ViewContext.ViewData.Form();
        var type = output.Attributes["type"]?.Value?.ToString();
        var value = output.Attributes["value"]?.Value?.ToString();
        var isChoice = type is "checkbox" or "radio";
        if (!output.Attributes.ContainsName("id")) output.Attributes.SetAttribute("id", Field);
        output.Attributes.SetAttribute("name", Field);
        // Only what the person chose on the form just sent: a box is never ticked for anybody (C0.1).
        if (isChoice && form.Has(Field, value ?? "on")) output.Attributes.SetAttribute(new TagHelperAttribute("checked"));
        else if (!isChoice && type is not ("password" or "hidden") && form.Value(Field) is { } entered) output.Attributes.SetAttribute("value", entered);
        var error = form.ErrorOf(Field) is not null;
        if (error) output.Attributes.SetAttribute("aria-invalid", "true");
        if (error || Hint || Purpose)
            output.Attributes.SetAttribute("aria-describedby", string.Join(' ', new[] { Hint ? $"{Field}-hint" : null, Purpose ? $"{Field}-purpose" : null, error ? $"{Field}-error" : null }.OfType<string>()));
    }
}

/// <summary><c>&lt;field-error field="phone"/&gt;</c>: what is wrong with a field, next to it.</summary>
[HtmlTargetElement("field-error")]
public sealed class FieldErrorTag(IServiceProvider services) : TagHelper
{
    /// <summary>Name of the field.</summary>
    public string Field { get; set; } = "";

    /// <summary>The view.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ViewData.Form().ErrorOf(Field) is not { } error)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field-error");
        output.Attributes.SetAttribute("id", $"{Field}-error");
        output.Content.SetContent(services.GetRequiredService<Words>()[error]);
    }
}

/// <summary>The form of a view.</summary>
internal static class FormOfView
{
    private static readonly FormState Untouched = new();

    /// <summary>The state of the page's form; an untouched one for pages without.</summary>
    public static FormState Form(this ViewDataDictionary data) => data["Form"] as FormState ?? Untouched;

    /// <summary>Sets it.</summary>
    public static void Form(this ViewDataDictionary data, FormState form) => data["Form"] = form;
}
