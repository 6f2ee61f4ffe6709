using AiCloud.Identifiers;
using AiCloud.Languages;
using AiCloud.Services;

namespace AiCloud.Registration;

/// <summary>
/// What registering asks for, field by field with purpose and ground (L-01): what every account needs, whatever the service. Beyond that it asks for nothing:
/// what else the chosen service needs is given later, in account settings (C2.1e).
/// </summary>
internal static class AskedFields
{
    private static readonly Localized Contract = new("为订立、履行《注册协议》所必需（《个人信息保护法》第十三条）", "Needed for the Registration Agreement (PIPL, art. 13)");

    private static readonly Localized ContactPurpose = new("确认是您本人、供您登录，并就账户事项通知您", "To make sure that it is you, for you to sign in, and to tell you of what concerns your account");

    private static readonly AskedField
        Phone = new("phone", true, ContactPurpose, Contract, [NeededFact.Phone, NeededFact.Contact, NeededFact.Identified]),
        Email = new("email", true, ContactPurpose, Contract, [NeededFact.Email, NeededFact.Contact]),
        Password = new("password", true, new("供您登录；只保存其摘要，任何人都无法读出", "For you to sign in; only a hash is kept, which nobody can read back"), Contract, []),
        BirthDate = new("birthDate", true, new("核对注册年龄（须年满 16 周岁），并判断是否需要监护人", "To check the age for registering (16 or older) and whether a guardian is needed"),
            new("《注册协议》第 2.1 条；《未成年人网络保护条例》", "Registration Agreement, section 2.1; regulation on minors online"), [NeededFact.Adult, NeededFact.AdultOrGuardian]),
        DisplayName = new("displayName", false, new("代替联系方式显示给您和他人", "Shown to you and others in place of your contact"), new("您的同意；可以不填", "Your consent; you may leave it out"), []);

    /// <summary>
    /// The fields, in the order of the steps. <paramref name="kind"/>: the contact given, or null while it is still to be chosen. A name to show is offered
    /// to whoever came for no service in particular; no service needs one.
    /// </summary>
    public static IReadOnlyList<AskedField> Of(IdentifierKind? kind, ServiceType? service) =>
    [
        .. kind switch { IdentifierKind.Phone => [Phone], IdentifierKind.Email => [Email], _ => (AskedField[])[Phone, Email] },
        Password, BirthDate, .. service is null ? (AskedField[])[DisplayName] : [],
    ];

    /// <summary>One of the fields.</summary>
    public static AskedField Named(string name) => new[] { Phone, Email, Password, BirthDate, DisplayName }.Single(field => field.Name == name);

    /// <summary>
    /// Needs of the service that registering does not meet. Those that nobody can give are not among them: that a function is not taken away, and what a
    /// guardian must have.
    /// </summary>
    public static IReadOnlyList<DescribedNeed> Later(ServiceType service, IdentifierKind? kind) =>
        [.. service.Needs.Where(need => need.Need.Fact != NeededFact.Unrestricted && !Of(kind, service).Any(field => field.Serves(need)))];

    /// <summary>The way to register that meets more of what the service needs; null when either does.</summary>
    public static IdentifierKind? BestFor(ServiceType? service) => service is null ? null
        : (Later(service, IdentifierKind.Phone).Count - Later(service, IdentifierKind.Email).Count) switch { < 0 => IdentifierKind.Phone, > 0 => IdentifierKind.Email, _ => null };
}

/// <summary>A field that registering asks for.</summary>
/// <param name="Name">As the API names it.</param>
/// <param name="Required">Whether there is no account without it.</param>
/// <param name="Purpose">What it is used for.</param>
/// <param name="Ground">The legal ground of that use.</param>
/// <param name="Facts">Facts about an account that it gives.</param>
internal sealed record AskedField(string Name, bool Required, Localized Purpose, Localized Ground, NeededFact[] Facts)
{
    /// <summary>Whether it meets a need of a service.</summary>
    public bool Serves(DescribedNeed need) => Facts.Contains(need.Need.Fact);
}
