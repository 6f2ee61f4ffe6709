using System.Collections.Concurrent;
using System.Diagnostics;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>A steady stream of people who come whatever happened to those before them.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exchange> _exchanges = new();
    private readonly List<Person> _people = [];
    private readonly List<Task> _lives = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Api _api;
    private readonly Task _arrivals;

    public Traffic(Doors doors, double perSecond)
    {
        _api = new Api(doors.Next, exchange =>
        {
            doors.Note(exchange);
            _exchanges.Enqueue(exchange);
        });
        _arrivals = Arrive(TimeSpan.FromSeconds(1 / perSecond));
    }

    public IReadOnlyList<Person> People { get { lock (_people) return [.. _people]; } }

    public IReadOnlyCollection<Exchange> Exchanges => _exchanges;

    /// <summary>Lets nobody in any more and waits for those inside.</summary>
    public async Task End()
    {
        await _over.CancelAsync();
        await _arrivals;
        await Task.WhenAll(_lives);
    }

    /// <summary>Waits until somebody has registered who came after this moment.</summary>
    public async Task Served(TimeSpan within)
    {
        var (since, first) = (Stopwatch.StartNew(), People.Count);
        while (!People.Skip(first).Any(person => person.Account is not null))
        {
            if (since.Elapsed > within) throw new InvalidOperationException($"Nobody could register within {within}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_over.IsCancellationRequested) await _over.CancelAsync();
        await _arrivals;
        _over.Dispose();
    }

    private async Task Arrive(TimeSpan apart)
    {
        using var timer = new PeriodicTimer(apart);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                var person = new Person(_api, _people.Count + 1);
                lock (_people) _people.Add(person);
                _lives.Add(person.Live());
            }
        }
        catch (OperationCanceledException)
        {
            // Enough have come.
        }
    }
}
