using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Storage;

/// <summary>What metrics and spans call the pools: by what they are for, and never by how the database is reached.</summary>
public sealed class PoolNameTests
{
    private const string User = "user-of-the-pool-name-tests";

    [Theory, InlineData("Host=127.0.0.1"), InlineData("Host=127.0.0.1:1,127.0.0.1:2")]
    public async Task A_pool_is_called_by_its_purpose_and_nothing_of_the_connection_string_is_a_label(string hosts)
    {
        // Sizes of their own tell these pools from those of tests beside.
        const int size = 41;
        await using var database = Database.Open(new DatabaseSettings { Provider = DatabaseProvider.PostgreSql, ConnectionString = $"{hosts};Username={User};Database=none", MaxPoolSize = size });
        var (names, values) = (new HashSet<string?>(), new List<string>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Npgsql") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            // Pools of tests beside measure on threads of their own.
            lock (values)
            {
                foreach (var (name, given) in tags)
                {
                    values.Add($"{given}");
                    if (instrument.Name == "db.client.connection.max" && value == size && name == "db.client.connection.pool.name") names.Add($"{given}");
                }
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        listener.Dispose();
        lock (values)
        {
            Assert.Equal(["state"], names);
            Assert.Contains("membership", values);
            Assert.DoesNotContain(values, value => value.Contains(User, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Connections_of_two_hosts_under_one_name_are_added_up_and_not_told_of_the_last_host_alone()
    {
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var driver = new Meter("driver-of-the-pool-name-tests");
        var (primary, copy) = (3, 0);
        driver.CreateObservableUpDownCounter(PoolConnections.Instrument, () => new[] { Of("state", "used", primary), Of("state", "idle", 2), Of("membership", "used", 1), Of("state", "used", copy), Of("state", "idle", 0) });
        using var pools = new PoolConnections(meters.GetRequiredService<IMeterFactory>(), driver.Name);
        Assert.Equal(["membership used 1", "state idle 2", "state used 3"], Shown());
        (primary, copy) = (0, 4); // the other took over
        Assert.Equal(["membership used 1", "state idle 2", "state used 4"], Shown());

        string[] Shown()
        {
            var shown = new List<string>();
            using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Scope == meters.GetRequiredService<IMeterFactory>()) listener.EnableMeasurementEvents(instrument); } };
            listener.SetMeasurementEventCallback<int>((_, value, tags, _) => shown.Add($"{tags[0].Value} {tags[1].Value} {value}"));
            listener.Start();
            listener.RecordObservableInstruments();
            return [.. shown.Order(StringComparer.Ordinal)];
        }

        static Measurement<int> Of(string pool, string state, int value) => new(value, new("db.client.connection.pool.name", pool), new KeyValuePair<string, object?>("db.client.connection.state", state));
    }
}
