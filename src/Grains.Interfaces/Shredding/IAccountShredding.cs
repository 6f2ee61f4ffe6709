namespace AiCloud.Shredding;

/// <summary>
/// The last step of every ending of an account (C2.5e, DESIGN §6). Implemented by the account's actor. Whatever ends an account, by
/// whatever right, does so after it has done everything that needs the person's data.
/// </summary>
[Alias("aicloud.grain.account-shredding")]
public interface IAccountShredding : IGrainWithStringKey
{
    /// <summary>
    /// Ends the account for good: from the first moment it answers nothing; its contacts are released; then its account key is destroyed, and with it
    /// everything that stood under it. What remains names documents, instants and acts, and what is sealed under the evidence key. A crash in between is
    /// taken up by the due instant. Repeating it changes nothing, and nothing undoes it.
    /// </summary>
    /// <param name="ground">Why, as the ledger keeps it: one of <see cref="EndingGrounds"/>.</param>
    /// <param name="cancellation">Ends the wait, not the act.</param>
    /// <returns><see cref="RefusalCode.NotFound"/> when there is no such account.</returns>
    [Alias("shred")] Task<Outcome<Done>> Shred(string ground, CancellationToken cancellation = default);
}

/// <summary>Why accounts end. The word goes into a hash: never renamed.</summary>
public static class EndingGrounds
{
    /// <summary>The person cancelled (C2.5d).</summary>
    public const string Cancellation = "cancellation";
    /// <summary>A guardian did, or withdrew consent (C2.1b).</summary>
    public const string Guardian = "guardian";
    /// <summary>The person was found to be below the least age (C2.1a).</summary>
    public const string UnderAge = "under-age";
}
