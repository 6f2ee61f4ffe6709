using AiCloud.Languages;

namespace AiCloud.Guardians.Pages;

/// <summary>A form that takes a guardian's contact by phone or e-mail.</summary>
internal sealed record InviteForm(string Action, string Operation, Localized Go, Localized Method, Localized Phone, Localized Email, Localized? Hint)
{
    /// <summary>The form by which a minor invites.</summary>
    public static InviteForm Of(string action, string operation) =>
        new(action, operation, GuardianPageTexts.InviteGo, GuardianPageTexts.Method, GuardianPageTexts.Phone, GuardianPageTexts.Email, GuardianPageTexts.PhoneHint);
}
