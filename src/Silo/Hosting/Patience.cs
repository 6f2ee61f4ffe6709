using System.Data.Common;

namespace AiCloud.Hosting;

/// <summary>What a process does at its start needs the cluster and the database; either may come up later than this process.</summary>
internal static class Patience
{
    /// <summary>Repeats an act until it is done, <paramref name="pause"/> apart. <paramref name="failed"/> hears the kind of each failure.</summary>
    public static async Task UntilDone(Func<Task> act, TimeSpan pause, Action<string> failed, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception failure) when (Passes(failure))
            {
                failed(failure.GetType().Name);
                await Task.Delay(pause, stopping);
            }
        }
    }

    /// <summary>
    /// Whether a failure is the cluster's or the database's and passes by itself. While releases are mixed, a silo of the older one does not know a newer actor: Orleans says so as a
    /// type that cannot be loaded, or, when no silo knows it, as an argument.
    /// </summary>
    public static bool Passes(Exception failure) => failure is OrleansException or TimeoutException or DbException or TypeLoadException or ArgumentException;
}
