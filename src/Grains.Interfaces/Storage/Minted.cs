using Orleans.Runtime;

namespace AiCloud.Storage;

/// <summary>
/// Says, along one call chain, that a key was minted by the caller in this very call, so that no row can exist for it and the
/// first read may be answered without a query. A wrong mark is harmless: the first write of an existing row loses on the unique key.
/// </summary>
public static class Minted
{
    private const string Name = "aicloud.minted";

    /// <summary>Marks <paramref name="key"/> (a grain's string key) as minted for the calls made from here.</summary>
    public static void Mark(string key) => RequestContext.Set(Name, key);

    /// <summary>Takes the mark away again.</summary>
    public static void Clear() => RequestContext.Remove(Name);

    /// <summary>Whether the current call says that <paramref name="key"/> was minted in it.</summary>
    public static bool Is(string key) => RequestContext.Get(Name) is string minted && minted == key;
}
