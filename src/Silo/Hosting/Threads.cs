using AiCloud.Storage;

namespace AiCloud.Hosting;

/// <summary>Threads of the pool of a process that has the database.</summary>
internal static class Threads
{
    /// <summary>
    /// Sees to it that there is a thread for every connection, beside those that work. The driver cancels a statement that timed out by a connection of its own, and
    /// its thread waits for it; the pool grows by one or two threads a second only. With fewer, a process whose packets vanish or whose database hangs stands still for
    /// seconds: a silo learns late that it must go, a gateway answers late that it cannot.
    /// </summary>
    public static void Reserve(DatabaseSettings database)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, database.MaxPoolSize + Environment.ProcessorCount), ports);
    }
}
