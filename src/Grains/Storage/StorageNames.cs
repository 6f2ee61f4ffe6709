namespace AiCloud.Storage;

/// <summary>Names under which grains ask for storage.</summary>
public static class StorageNames
{
    /// <summary>The provider of every state. The other name in [PersistentState], the state's own, is unique over all grain types.</summary>
    public const string State = "state";
}
