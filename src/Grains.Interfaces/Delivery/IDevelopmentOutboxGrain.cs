using Orleans.Concurrency;

namespace AiCloud.Delivery;

/// <summary>
/// Development delivery: the messages to one destination, in memory only, newest first. Key: the identifier's key, or <c>all</c>
/// for the newest of everybody. Exists only where development delivery is switched on (API.md, Operations).
/// </summary>
[Alias("aicloud.grain.development-outbox")]
public interface IDevelopmentOutboxGrain : IGrainWithStringKey
{
    /// <summary>Keeps a message.</summary>
    [Alias("put")] Task Put(DevelopmentMessage message);
    /// <summary>Keeps a message without anybody waiting for it.</summary>
    [Alias("note"), OneWay] Task Note(DevelopmentMessage message);
    /// <summary>The messages, newest first.</summary>
    [Alias("read")] Task<DevelopmentMessage[]> Read();
}

/// <summary>Keys of development outboxes.</summary>
public static class DevelopmentOutbox
{
    /// <summary>The newest messages to everybody.</summary>
    public const string Everybody = "all";
}

/// <summary>One message that development delivery kept instead of sending.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.development-message")]
public sealed record DevelopmentMessage
{
    /// <summary>Destination.</summary>
    [Id(0)] public required string To { get; init; }
    /// <summary><c>sms</c> or <c>email</c>.</summary>
    [Id(1)] public required string Channel { get; init; }
    /// <summary>What it is for, such as <c>registration</c>.</summary>
    [Id(2)] public required string Purpose { get; init; }
    /// <summary>The code in it; empty in a message without one.</summary>
    [Id(3)] public required string Code { get; init; }
    /// <summary>The whole text.</summary>
    [Id(4)] public required string Text { get; init; }
    /// <summary>When it was handed over.</summary>
    [Id(5)] public required DateTimeOffset SentAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(DevelopmentMessage);
}
