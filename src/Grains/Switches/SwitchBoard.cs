using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using AiCloud.Delivery;
using AiCloud.Identifiers;

namespace AiCloud.Switches;

/// <summary>
/// One process's copy of the switches that are thrown. Read on every request without a call; an end needs no renewal, since readers decide by clock.
/// </summary>
public sealed class SwitchBoard
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AiCloud.Switches";

    // A switch may be taken back at any time: nobody is sent away for as long as it could last.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock;
    private readonly IDeliveryProviders? providers; // of silos; nothing is sent elsewhere
    private volatile Copy? copy;

    /// <summary>Knows of nothing yet.</summary>
    public SwitchBoard(TimeProvider clock, IMeterFactory meters, IDeliveryProviders? providers = null)
    {
        (this.clock, this.providers) = (clock, providers);
        meters.Create(MeterName).CreateObservableGauge("aicloud.switch.active", () => Active().Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("switch", name))),
            description: "1 for each switch that this process knows to be thrown");
    }

    /// <summary>Whether the switches were ever read. Before that none is thrown, and the process is not ready.</summary>
    public bool IsKnown => copy is not null;

    /// <summary>Names the state of things last taken over.</summary>
    public string? Revision => copy?.Revision;

    /// <summary>How long nobody may begin a registration; null when anybody may.</summary>
    public TimeSpan? StartsPaused => Wait(SwitchNames.Starts);

    /// <summary>How long nothing may be changed; null when it may.</summary>
    public TimeSpan? ReadOnly => Wait(SwitchNames.ReadOnly);

    /// <summary>Whether reminders must leave rows alone.</summary>
    public bool ErasuresPaused => Wait(SwitchNames.Erasures) is not null || ReadOnly is not null;

    /// <summary>Whether nothing at all may be sent for that.</summary>
    public bool IsPaused(string purpose) => (Wait(SwitchNames.Sends) ?? Wait(SwitchNames.OfPurpose(purpose))) is not null;

    /// <summary>How long nothing may be sent there for that; null when it may.</summary>
    public TimeSpan? SendsPaused(Identifier to, string purpose)
    {
        if (copy is not { Ends.IsEmpty: false } known) return null;
        var channel = to.Kind == IdentifierKind.Phone ? "sms" : "email";
        return Wait(SwitchNames.Sends) ?? Wait(SwitchNames.OfChannel(channel)) ?? (providers is null ? null : Wait(SwitchNames.OfProvider(providers.Of(to)))) ?? Wait(SwitchNames.OfPurpose(purpose))
            ?? (to.Kind == IdentifierKind.Phone ? known.Numbers.Where(number => to.Address.AsSpan(1).StartsWith(number.Digits)).Select(number => Wait(number.Name)).FirstOrDefault(wait => wait is not null) : null);
    }

    /// <summary>Takes over what the actor told.</summary>
    public void Take(PublishedSwitches told)
    {
        if (told.Ends is { } ends) copy = new Copy(told.Revision, ends.ToImmutableDictionary());
    }

    private IEnumerable<string> Active() => copy?.Ends.Where(end => clock.GetUtcNow() < end.Value).Select(end => end.Key) ?? [];

    private TimeSpan? Wait(string name)
    {
        if (copy is not { } known || !known.Ends.TryGetValue(name, out var end)) return null;
        var left = end - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? null : left < LongestWait ? left : LongestWait;
    }

    private sealed record Copy(string Revision, ImmutableDictionary<string, DateTimeOffset> Ends)
    {
        public ImmutableArray<(string Name, string Digits)> Numbers { get; } =
            [.. Ends.Keys.Select(name => (Name: name, Digits: SwitchNames.Digits(name))).Where(number => number.Digits is not null).Select(number => (number.Name, number.Digits!))];
    }
}

/// <summary>What messages are sent for, as switches name it. Of a known contact and an unknown one alike: a switch must not tell them apart (H-04).</summary>
internal static class SendPurposes
{
    public const string Registration = "registration", DocumentChange = "document-change", Code = "code", Security = "security", Guardian = "guardian";

    /// <summary>Codes for anything but registering share one switch.</summary>
    public static string Of(Challenges.ChallengePurpose purpose) => purpose switch
    {
        Challenges.ChallengePurpose.SignIn or Challenges.ChallengePurpose.Reauthentication or Challenges.ChallengePurpose.PasswordReset
            or Challenges.ChallengePurpose.NewContact or Challenges.ChallengePurpose.Guardian or Challenges.ChallengePurpose.PasswordResetSecond
            or Challenges.ChallengePurpose.FactProof => Code,
    };
}
