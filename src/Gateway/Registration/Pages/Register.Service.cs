using AiCloud.Identifiers;
using AiCloud.Services;

namespace AiCloud.Registration.Pages;

/// <summary>
/// The service that a person came for, named by the address until the attempt keeps it: the steps say what it needs and why, and ask for nothing that it
/// does not (C2.1e, L-01).
/// </summary>
internal sealed partial class RegisterModel
{
    private const int LongestId = 64;

    /// <summary>The service; null when none was named, or none that is known.</summary>
    public ServiceType? Service => (View?.Service ?? Asked) is { } id ? services.Catalogue.Find(id) : null;

    /// <summary>The address names a service that nobody described here, or describes no longer. Registering goes on without it.</summary>
    public bool IsServiceUnknown => View is null && Asked is not null && Service is null;

    /// <summary>The contact given; null before.</summary>
    public IdentifierKind? Given => View?.Kind;

    /// <summary>The way to register that is chosen at first.</summary>
    public IdentifierKind Preferred => AskedFields.BestFor(Service) ?? IdentifierKind.Phone;

    /// <summary>Whether a field is asked for.</summary>
    public bool Asks(string field) => AskedFields.Of(Given, Service).Any(asked => asked.Name == field);

    /// <summary>What is said about a field.</summary>
    public ShownField Field(string name) => new(AskedFields.Named(name), Service);

    /// <summary>An address of this page that keeps what the person came for, until the attempt does.</summary>
    public string At(string? handler = null, string? notice = null)
    {
        var parts = new[] { ("handler", handler), ("notice", notice), ("service", View is null ? Service?.Id : null) }.Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}").ToArray();
        return parts.Length == 0 ? "/register" : $"/register?{string.Join('&', parts)}";
    }

    /// <summary>Where "use another contact" goes: what the person came for stays.</summary>
    public string ErasedAndBegunAnew => $"/register?handler=erase{(Service is { } service ? $"&service={Uri.EscapeDataString(service.Id)}" : null)}";

    private string? Asked => Request.Query["service"].ToString() is { Length: > 0 and <= LongestId } id ? id : null;
}

/// <summary>A field of the form, and the service that the person came for.</summary>
internal sealed record ShownField(AskedField Field, ServiceType? Service)
{
    /// <summary>Needs of the service that it meets.</summary>
    public IEnumerable<DescribedNeed> Needs => (Service?.Needs ?? []).Where(Field.Serves);
}
