namespace AiCloud.Isolation;

/// <summary>
/// Says for the silo that it runs on whether the database answers there. Lives for one question, on the silo that the asker hints at; the key is a new
/// one each time, so that nobody is answered by an older place.
/// </summary>
[Alias("aicloud.grain.witness")]
public interface IWitnessGrain : IGrainWithStringKey
{
    /// <summary>Whether the database answers this silo now.</summary>
    [Alias("reaches-database")] Task<bool> ReachesDatabase(CancellationToken cancellation = default);
}
