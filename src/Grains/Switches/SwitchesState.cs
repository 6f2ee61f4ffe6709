using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.Switches;

/// <summary>Every switch that is thrown, and the last that were. Decisions over state, command and time only.</summary>
public sealed record SwitchesState : IStoredState
{
    private const int Remembered = 100, LongestReason = 500;

    /// <summary>Thrown and not taken back; those whose end has passed go to <see cref="Past"/> with the next change.</summary>
    public SwitchView[] Thrown { get; init; } = [];

    /// <summary>What was, newest first.</summary>
    public SwitchView[] Past { get; init; } = [];

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    internal (SwitchesState Next, Outcome<SwitchView> Outcome) Throw(string operation, SwitchOrder order, StaffActor by, DateTimeOffset now)
    {
        if (Thrown.Concat(Past).FirstOrDefault(known => known.Operation == operation) is { } repeated) return (this, repeated);
        if (!SwitchNames.IsKnown(order.Name) || order.Reason.Length is 0 or > LongestReason) return (this, RefusalCode.SwitchUnknown);
        if (order.EndsAt <= now || order.EndsAt - now > SwitchNames.Longest) return (this, RefusalCode.SwitchEndInvalid);
        var view = new SwitchView { Name = order.Name, Reason = order.Reason, By = by.Staff, At = now, EndsAt = order.EndsAt, Operation = operation };
        return (Without(order.Name, by, operation, now) with { Thrown = [.. Current(now).Where(other => other.Name != order.Name), view] }, view);
    }

    internal (SwitchesState Next, Outcome<SwitchView> Outcome) TakeBack(string operation, string name, StaffActor by, DateTimeOffset now)
    {
        if (Past.FirstOrDefault(known => known.EndOperation == operation) is { } repeated) return (this, repeated);
        if (Current(now).All(known => known.Name != name)) return (this, RefusalCode.NotFound);
        var next = Without(name, by, operation, now);
        return (next, next.Past.First(known => known.EndOperation == operation));
    }

    /// <summary>What ended by its own clock goes to <see cref="Past"/>. Nobody's copy changes: readers decide by clock.</summary>
    internal (SwitchesState Next, SwitchView[] Ended) Lapsed(DateTimeOffset now)
    {
        var ended = Thrown.Where(known => !known.IsThrown(now)).ToArray();
        return ended.Length == 0 ? (this, ended) : (this with { Thrown = [.. Current(now)], Past = [.. ended, .. Past] }, ended);
    }

    internal IEnumerable<SwitchView> Current(DateTimeOffset now) => Thrown.Where(known => known.IsThrown(now));

    private SwitchesState Without(string name, StaffActor by, string operation, DateTimeOffset now) => this with
    {
        Thrown = [.. Current(now).Where(other => other.Name != name)],
        Past =
        [
            .. Current(now).Where(known => known.Name == name).Select(known => known with { EndedBy = by.Staff, EndedAt = now, EndOperation = operation }),
            .. Thrown.Where(known => !known.IsThrown(now)), .. Past,
        ],
        Revision = Revision + 1,
    };

    internal SwitchesState Bounded() => Past.Length > Remembered ? this with { Past = Past[..Remembered] } : this;
}
