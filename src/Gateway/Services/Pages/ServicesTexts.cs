using AiCloud.Languages;

namespace AiCloud.Services.Pages;

/// <summary>Words of the page about services and what they need.</summary>
internal static class ServicesTexts
{
    public static readonly Localized
        Title = new("服务与所需信息", "Services and what they need"),
        Lead = new("各项服务只使用其所需的信息。以下列出每项信息的用途和依据；不使用某项服务，就不必提供它所需的信息。", "A service uses only what it needs. For each fact you see what it is used for and on what ground; what no service of yours needs, you need not give."),
        None = new("目前没有列出的服务。", "No service is listed at present."),
        Ready = new("可以使用", "Ready to use"),
        Lacks = new("还需补充", "Something is missing"),
        NeedsNothing = new("不需要任何信息。", "It needs nothing."),
        Purpose = new("用途", "Used for"),
        Ground = new("依据", "Ground"),
        FullNumber = new("保存完整证件号码，依据：{0}", "The full number of the document is kept, on this ground: {0}"),
        Missing = new("尚缺", "Missing"),
        Have = new("已有", "You have it"),
        Function = new("功能“{0}”另需", "The function “{0}” also needs"),
        WhereToGive = new("在账户设置中补充", "Add it in Account Settings");

    /// <summary>The page where a person gives what is missing; null for what nobody can give.</summary>
    public static string? WhereToGiveIt(ServiceNeed need) => need.Fact switch
    {
        NeededFact.Phone or NeededFact.Email or NeededFact.Contact or NeededFact.Identified => "/account/contacts",
        NeededFact.RealName => "/account/identity",
        NeededFact.AdultOrGuardian => "/account/guardian",
        NeededFact.Adult or NeededFact.Unrestricted => null,
    };

    /// <summary>A need in a person's words.</summary>
    public static Localized Of(ServiceNeed need) => need.Fact switch
    {
        NeededFact.Phone => new("已验证的手机号", "A proven mobile number"),
        NeededFact.Email => new("已验证的邮箱", "A proven e-mail address"),
        NeededFact.Contact => new("已验证的手机号或邮箱", "A proven mobile number or e-mail address"),
        NeededFact.Identified => new("已验证的手机号或身份证件", "A proven mobile number or identity document"),
        NeededFact.RealName => new("经核验的真实姓名", "A checked real name"),
        NeededFact.Adult => new("年满 18 周岁", "18 years or more"),
        NeededFact.AdultOrGuardian => need.Assurance == GuardianAssurance.Id
            ? new("年满 18 周岁，或有经身份核验的监护人", "18 years or more, or a guardian who passed an identity check")
            : new("年满 18 周岁，或有监护人", "18 years or more, or a guardian"),
        NeededFact.Unrestricted => new("相关功能未被限制", "That the function was not taken away"),
    };
}
