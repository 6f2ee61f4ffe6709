using System.Diagnostics;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>
/// What stands before the gateways: sends each request to the next one that says it is ready, as asked every quarter of a second, and none to
/// one that does not answer until it says so again. When none is ready all are asked, so that their own words are heard.
/// </summary>
internal sealed class Doors : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly CancellationTokenSource _over = new();
    private readonly Uri[] _doors;
    private readonly bool[] _open;
    private readonly List<(long At, int Door, bool Ready)> _changes = [];
    private readonly Task _watch;
    private int _next;

    public Doors(IEnumerable<Uri> doors)
    {
        _doors = [.. doors];
        _open = new bool[_doors.Length];
        _watch = Task.WhenAll(Enumerable.Range(0, _doors.Length).Select(Watch));
    }

    public Uri Next()
    {
        var turn = (uint)Interlocked.Increment(ref _next);
        for (var i = 0u; i < _doors.Length; i++)
            if (_open[(turn + i) % _doors.Length]) return _doors[(turn + i) % _doors.Length];
        return _doors[turn % _doors.Length];
    }

    /// <summary>Notes that nobody answered there.</summary>
    public void Note(Exchange exchange)
    {
        if (exchange.Reply.Status != 0) return;
        for (var i = 0; i < _doors.Length; i++)
            if (exchange.Address.Port == _doors[i].Port) Set(i, ready: false);
    }

    /// <summary>Whether every gateway said within that time after the instant that it was not ready.</summary>
    public bool AllClosedWithin(long instant, TimeSpan within)
    {
        lock (_changes)
            return Enumerable.Range(0, _doors.Length).All(door => _changes.Any(change => change.Door == door && !change.Ready && change.At >= instant && Stopwatch.GetElapsedTime(instant, change.At) <= within));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watch;
        _over.Dispose();
        _http.Dispose();
    }

    private async Task Watch(int door)
    {
        try
        {
            while (true)
            {
                Set(door, await IsReady(_doors[door]));
                await Task.Delay(Period, _over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }

    private async Task<bool> IsReady(Uri door)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(door, "/health/ready"), _over.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException && !_over.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Set(int door, bool ready)
    {
        lock (_changes)
        {
            if (_open[door] == ready) return;
            _open[door] = ready;
            _changes.Add((Stopwatch.GetTimestamp(), door, ready));
        }
    }
}
