using System.Runtime.InteropServices;
using AiCloud.Logs;

namespace AiCloud.Operations;

/// <summary>
/// Whether the process was asked to end (SIGTERM, SIGINT, SIGQUIT), heard from its first moment on. A host would listen only once it starts, which is after everything that a
/// start waits for; and the first process of a container is deaf to a signal that nobody handles.
/// </summary>
internal sealed class Ending : IDisposable
{
    /// <summary>How much longer than its shutdown time-out a process has before it is made to end.</summary>
    public static readonly TimeSpan Beyond = TimeSpan.FromSeconds(2);

    // What a shell says of a process that a signal ended.
    private const int OfSignals = 128;
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _atOnce;
    private readonly Lock _lock = new();
    private Thread? _bound;
    private bool _isAsked;

    private Ending() => _signals = [Listen(PosixSignal.SIGTERM, 15), Listen(PosixSignal.SIGINT, 2), Listen(PosixSignal.SIGQUIT, 3)];

    /// <summary>Cancelled once the process was asked.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Begins to listen.</summary>
    public static Ending Listen() => new();

    /// <summary>For a command that has nothing to finish: it ends where it stands, and the database takes back what was not committed.</summary>
    public void IsAtOnce() => _atOnce = true;

    /// <summary>
    /// Sees to it that the process is gone within <paramref name="limit"/> (and <see cref="Beyond"/>) of being asked, whatever still waits for something: Orleans for
    /// instance tells a database that is gone for two minutes that it leaves. What was answered was kept before; nothing is lost.
    /// </summary>
    public void Bound(TimeSpan limit, IConfiguration configuration)
    {
        // A thread of its own, begun by that of the signal: a process that cannot end may have no thread left in its pool.
        var ending = new Thread(() => EndAfter(limit, configuration)) { IsBackground = true, Name = "ending" };
        lock (_lock)
        {
            if (!_isAsked)
            {
                _bound = ending;
                return;
            }
        }
        ending.Start();
    }

    private static void EndAfter(TimeSpan limit, IConfiguration configuration)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(limit + Beyond);
        using (var logs = LogsFeature.OfStart(configuration)) logs.CreateLogger<Ending>().MadeToEnd(limit);
        Environment.Exit(0);
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _asked.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, heard => Heard(heard, number));

    private void Heard(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (_atOnce) Environment.Exit(OfSignals + number);
        Thread? ending;
        lock (_lock) (_isAsked, ending, _bound) = (true, _bound, null);
        ending?.Start();
        _ = _asked.CancelAsync();
    }
}

internal static partial class Log
{
    [LoggerMessage(5614, LogLevel.Error, "Asked to end, and still not ended after the shutdown time-out of {Limit}: the process is ended where it stands")]
    public static partial void MadeToEnd(this ILogger log, TimeSpan limit);
}
