namespace AiCloud.Identifiers;

/// <summary>Gives up whatever an account has at a contact or a certificate. Implemented by the identifier's actor; called by the account that ends.</summary>
[Alias("aicloud.grain.identifier-release")]
public interface IIdentifierRelease : IGrainWithStringKey
{
    /// <summary>
    /// The account ends: the contact is nobody's from now on and kept for nobody, the certificate proves one account less, the guardian has a place more; what is
    /// remembered of the owner's networks goes. The counts of messages and failures live out their windows, for they protect whoever uses the contact next.
    /// What is another account's stays as it is. Repeating it changes nothing.
    /// </summary>
    [Alias("give-up")] Task<Done> GiveUp(Guid account, CancellationToken cancellation = default);
}
