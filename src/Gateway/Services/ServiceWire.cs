using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Languages;

namespace AiCloud.Services;

/// <summary>A service asks whether an account may be used with it, or reports that it is.</summary>
public sealed record EntitlementRequest
{
    /// <summary>Id of the account.</summary>
    public required Guid Account { get; init; }

    /// <summary>
    /// True when the user of record acts now: what came into force is accepted by it, if the answer is yes (C2.5c). False for a question, which is no use.
    /// </summary>
    public required bool Use { get; init; }

    /// <summary>The function, one of those that the catalogue lists for the type; absent for the service as such.</summary>
    [MinLength(1), MaxLength(64)] public string? Operation { get; init; }
}

/// <summary>Whether an account may be used with a service: yes or no, and why not, never a fact itself (C2.4b).</summary>
public sealed record EntitlementBody
{
    /// <summary>Whether it may. Nothing was recorded when it may not.</summary>
    public required bool Allowed { get; init; }

    /// <summary>
    /// Words of the needs that are not met: <c>phone</c>, <c>email</c>, <c>contact</c>, <c>identified</c>, <c>real_name</c>, <c>adult</c>,
    /// <c>adult_or_guardian</c>, <c>unrestricted.</c> and a function.
    /// </summary>
    public required string[] Missing { get; init; }

    /// <summary>How the account stands.</summary>
    [AllowedValues("good", "limited")] public required string Standing { get; init; }

    /// <summary>Changes of documents that the person should be shown (C2.5c).</summary>
    public required NoticeDueBody[] NoticeDue { get; init; }

    /// <summary>Consents to ask for; while a necessary one is missing the answer is no.</summary>
    public required ConsentDueBody[] ConsentDue { get; init; }

    internal static EntitlementBody Of(UseAnswer answer, string language) => new()
    {
        Allowed = answer.Allowed,
        Missing = answer.Missing,
        Standing = AccountBody.StandingOf(answer.Standing),
        NoticeDue = NoticeDueBody.Of(answer.NoticeDue, language),
        ConsentDue = ConsentDueBody.Of(answer.ConsentDue, language),
    };
}

/// <summary>A type of service and what it needs.</summary>
public record ServiceTypeBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Name { get; init; }

    /// <summary>What it is, in the reply's language.</summary>
    [MaxLength(2_000)] public string? Description { get; init; }

    /// <summary>Whether it publishes what people say or passes it on (L-10).</summary>
    public required bool Publishing { get; init; }

    /// <summary>What any use of it needs.</summary>
    public required ServiceNeedBody[] Needs { get; init; }

    /// <summary>Its functions.</summary>
    public required ServiceFunctionBody[] Functions { get; init; }

    internal static ServiceTypeBody Of(ServiceType type, Language language) => new()
    {
        Id = type.Id,
        Name = type.Name.In(language),
        Description = type.Description?.In(language),
        Publishing = type.Publishing,
        Needs = ServiceNeedBody.Of(type.Needs, language),
        Functions = ServiceFunctionBody.Of(type, language),
    };
}

/// <summary>A function of a service.</summary>
public sealed record ServiceFunctionBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Name { get; init; }

    /// <summary>What it needs beyond the service's own needs.</summary>
    public required ServiceNeedBody[] Needs { get; init; }

    internal static ServiceFunctionBody[] Of(ServiceType type, Language language) =>
        [.. type.Functions.Select(function => new ServiceFunctionBody { Id = function.Id, Name = function.Name.In(language), Needs = ServiceNeedBody.Of(function.Needs, language) })];
}

/// <summary>A need, with what a person is told about it (L-01).</summary>
public sealed record ServiceNeedBody
{
    /// <summary>The word that <c>missing</c> has for it.</summary>
    public required string Need { get; init; }

    /// <summary>For <c>adult_or_guardian</c>: what a guardian must have.</summary>
    [AllowedValues("contact", "id")] public string? Guardian { get; init; }

    /// <summary>What the fact is used for, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Purpose { get; init; }

    /// <summary>The legal ground of that use, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Ground { get; init; }

    /// <summary>The legal ground on which the full number of the identity document is kept; absent where it is not.</summary>
    [MaxLength(2_000)] public string? FullNumberGround { get; init; }

    internal static ServiceNeedBody[] Of(IEnumerable<DescribedNeed> needs, Language language) => [.. needs.Select(need => new ServiceNeedBody
    {
        Need = need.Need.Word,
        Guardian = need.Need.Assurance switch { GuardianAssurance.Contact => "contact", GuardianAssurance.Id => "id", null => null },
        Purpose = need.Purpose.In(language),
        Ground = need.Ground.In(language),
        FullNumberGround = need.FullNumberGround?.In(language),
    })];
}

/// <summary>A type of service and what the account lacks for it.</summary>
public sealed record AccountServiceBody : ServiceTypeBody
{
    /// <summary>Whether the account may be used with it; one of its functions may need more.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Words of needs that are not met, those of functions included.</summary>
    public required string[] Missing { get; init; }

    internal static AccountServiceBody Of(WeighedService weighed, Language language) => new()
    {
        Id = weighed.Type.Id,
        Name = weighed.Type.Name.In(language),
        Description = weighed.Type.Description?.In(language),
        Publishing = weighed.Type.Publishing,
        Needs = ServiceNeedBody.Of(weighed.Type.Needs, language),
        Functions = ServiceFunctionBody.Of(weighed.Type, language),
        Allowed = weighed.Allowed,
        Missing = [.. weighed.Missing],
    };
}
