namespace AiCloud.Storage;

/// <summary>The one way to keep state.</summary>
internal static class Durable
{
    /// <summary>
    /// Keeps <paramref name="next"/> unless it equals what is kept. After a failed write nobody knows what the store holds,
    /// so the activation goes and the next call reads it.
    /// </summary>
    public static async Task Keep<T>(this IGrainBase grain, IPersistentState<T> stored, T next)
    {
        if (ReferenceEquals(stored.State, next)) return;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Erases the row. A failure sends the activation away for the same reason.</summary>
    public static async Task Erase<T>(this IGrainBase grain, IPersistentState<T> stored)
    {
        try
        {
            await stored.ClearStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
