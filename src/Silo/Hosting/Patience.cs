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
            catch (Exception failure) when (failure is OrleansException or TimeoutException or DbException)
            {
                failed(failure.GetType().Name);
                await Task.Delay(pause, stopping);
            }
        }
    }
}
