using System.ComponentModel.DataAnnotations;
using AiCloud.Identifiers;
using AiCloud.Languages;
using AiCloud.Services;

namespace AiCloud.Registration;

/// <summary>A field that registering asks for, with what the person is told about it (L-01).</summary>
public sealed record AskedFieldBody
{
    /// <summary>The member of a request that carries it.</summary>
    [AllowedValues("phone", "email", "password", "birthDate", "displayName")] public required string Field { get; init; }

    /// <summary>Whether there is no account without it.</summary>
    public required bool Required { get; init; }

    /// <summary>What it is used for, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Purpose { get; init; }

    /// <summary>The legal ground of that use, in the reply's language.</summary>
    [MaxLength(2_000)] public required string Ground { get; init; }

    /// <summary>Needs of the chosen service that it meets, by their words.</summary>
    public required string[] Serves { get; init; }

    internal static AskedFieldBody[] Of(IdentifierKind kind, ServiceType? service, Language language) => [.. AskedFields.Of(kind, service).Select(field => new AskedFieldBody
    {
        Field = field.Name,
        Required = field.Required,
        Purpose = field.Purpose.In(language),
        Ground = field.Ground.In(language),
        Serves = [.. (service?.Needs ?? []).Where(field.Serves).Select(need => need.Need.Word)],
    })];
}

/// <summary>The type of service that a person came for when they registered.</summary>
public sealed record ChosenServiceBody : ServiceTypeBody
{
    /// <summary>Words of its needs that registering does not meet: given later, in account settings, and only if the person wants the service.</summary>
    public required string[] Later { get; init; }

    internal static ChosenServiceBody Of(ServiceType service, IdentifierKind kind, Language language) => new()
    {
        Id = service.Id,
        Name = service.Name.In(language),
        Description = service.Description?.In(language),
        Publishing = service.Publishing,
        Needs = ServiceNeedBody.Of(service.Needs, language),
        Functions = ServiceFunctionBody.Of(service, language),
        Later = [.. AskedFields.Later(service, kind).Select(need => need.Need.Word)],
    };
}
