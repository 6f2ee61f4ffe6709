namespace AiCloud.Identifiers;

/// <summary>Gives a contact up. Implemented by the identifier's actor; called by the account that owns it.</summary>
[Alias("aicloud.grain.identifier-release")]
public interface IIdentifierRelease : IGrainWithStringKey
{
    /// <summary>
    /// The account ends: the contact is nobody's from now on, and what is remembered of its owner's networks goes. The counts of messages and failures live
    /// out their windows, for they protect whoever uses the contact next. Another owner's contact stays as it is. Repeating it changes nothing.
    /// </summary>
    [Alias("give-up")] Task<Done> GiveUp(Guid account, CancellationToken cancellation = default);
}
