using System.Diagnostics.Metrics;

namespace AiCloud.Storage;

/// <summary>
/// Connections of each pool, by what they do. The driver counts a pool for each host and calls those of one data source by one name; of several numbers with the
/// same labels only the last would be shown, which may be that of the host that nobody uses.
/// </summary>
internal sealed class PoolConnections : IDisposable
{
    public const string Driver = "Npgsql", Instrument = "db.client.connection.count";
    private const string PoolTag = "db.client.connection.pool.name", StateTag = "db.client.connection.state";
    private readonly MeterListener _driver = new();
    private readonly Lock _one = new();
    private readonly Dictionary<(object? Pool, object? State), int> _sums = [];

    /// <summary>Begins to count. <paramref name="driver"/>: whose counts to add up.</summary>
    public PoolConnections(IMeterFactory meters, string driver = Driver)
    {
        _driver.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == driver && instrument.Name == Instrument) listener.EnableMeasurementEvents(instrument);
        };
        _driver.SetMeasurementEventCallback<int>(Add);
        _driver.Start();
        meters.Create("AiCloud.Storage").CreateObservableUpDownCounter(Instrument, Sums, "{connection}", "Connections of a pool, on all of its hosts together, by state");
    }

    public void Dispose() => _driver.Dispose();

    private void Add(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        (object? Pool, object? State) key = (null, null);
        foreach (var (name, given) in tags)
        {
            if (name == PoolTag) key.Pool = given;
            else if (name == StateTag) key.State = given;
        }
        _sums[key] = _sums.GetValueOrDefault(key) + value;
    }

    private Measurement<int>[] Sums()
    {
        lock (_one)
        {
            _sums.Clear();
            _driver.RecordObservableInstruments();
            return [.. _sums.Select(sum => new Measurement<int>(sum.Value, new(PoolTag, sum.Key.Pool), new KeyValuePair<string, object?>(StateTag, sum.Key.State)))];
        }
    }
}
