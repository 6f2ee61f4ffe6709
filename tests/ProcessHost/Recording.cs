using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AiCloud;

/// <summary>Writes every activity and every measurement of the process to a file, with all their tags and events, whoever may export them.</summary>
internal sealed class Recording : IDisposable
{
    private readonly TextWriter _file;
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public Recording(string file)
    {
        _file = TextWriter.Synchronized(new StreamWriter(file, append: true) { AutoFlush = true });
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Record,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<byte>(Record);
        _meters.SetMeasurementEventCallback<short>(Record);
        _meters.SetMeasurementEventCallback<int>(Record);
        _meters.SetMeasurementEventCallback<long>(Record);
        _meters.SetMeasurementEventCallback<float>(Record);
        _meters.SetMeasurementEventCallback<double>(Record);
        _meters.SetMeasurementEventCallback<decimal>(Record);
        _meters.Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
        _file.Dispose();
    }

    private void Record(Activity activity)
    {
        _file.WriteLine($"activity {activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString} {Text(activity.TagObjects)} {Text(activity.Baggage.Select(item => new KeyValuePair<string, object?>(item.Key, item.Value)))}");
        foreach (var happened in activity.Events) _file.WriteLine($"event {happened.Name} {Text(happened.Tags)}");
    }

    private void Record<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _file.WriteLine($"measurement {instrument.Meter.Name} {instrument.Name} {Text(tags.ToArray())}");

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(tag => $"{tag.Key}={(tag.Value is System.Collections.IEnumerable many and not string ? string.Join(',', many.Cast<object>()) : tag.Value)}"));
}
