using AiCloud.Identifiers;

namespace AiCloud.Delivery;

/// <summary>
/// Who carries the messages of this installation, behind the doors: a contract with a carrier or a mail service, which may serve several channels, or only some countries
/// of one. Registered beside <see cref="ICodeDelivery"/>; what it says is what the switch <c>sends.provider.NAME</c> stops.
/// </summary>
public interface IDeliveryProviders
{
    /// <summary>Every provider's name: a lower-case letter, then at most 31 of those, digits and hyphens.</summary>
    IReadOnlyCollection<string> All { get; }

    /// <summary>The one that a message to this contact would be handed to now.</summary>
    string Of(Identifier to);
}
