using System.Collections.Concurrent;
using System.Diagnostics;

namespace AiCloud.Storage;

/// <summary>
/// Counts the statements that Npgsql sends to one database while it lives, by listening to the driver's own activities.
/// One command is one statement, and so is one batch: what is counted are round trips.
/// </summary>
public sealed class StatementCounter : IDisposable
{
    private readonly ConcurrentQueue<string> statements = new();
    private readonly ActivityListener listener;
    private readonly Activity? asking;

    /// <summary>Begins to count.</summary>
    /// <param name="database">The database.</param>
    /// <param name="ofCaller">Only what the caller brings about from now on, also in actors: not what timers and reminders do beside it.</param>
    public StatementCounter(string database, bool ofCaller = false)
    {
        asking = ofCaller ? new Activity("asking").Start() : null;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql" || (ofCaller && source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Opening a physical connection is an activity too, and has no text.
                if (activity.GetTagItem("db.query.text") is string text && (asking is null || activity.TraceId == asking.TraceId) && (activity.GetTagItem("db.namespace") as string ?? database) == database)
                    statements.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>How many were sent so far.</summary>
    public int Count => statements.Count;

    /// <summary>Their texts, in the order of their ends.</summary>
    public IReadOnlyList<string> Statements => [.. statements];

    /// <summary>Begins again at none.</summary>
    public void Reset() => statements.Clear();

    /// <inheritdoc />
    public void Dispose()
    {
        listener.Dispose();
        asking?.Dispose();
    }
}
