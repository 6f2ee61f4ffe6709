using AiCloud.Staff;
using Orleans.Concurrency;

namespace AiCloud.Services;

/// <summary>
/// The other AI Cloud services that may ask about accounts: for which types, with which tokens. One actor with the key <see cref="Key"/>; nobody asks it
/// while serving, since every gateway has a copy of the tokens that is renewed on change and every two seconds.
/// </summary>
[Alias("aicloud.grain.service-clients")]
public interface IServiceClientsGrain : IGrainWithStringKey
{
    /// <summary>The actor's key.</summary>
    const string Key = "services";

    /// <summary>Every service, oldest first.</summary>
    [Alias("all")] Task<ServiceClient[]> All(CancellationToken cancellation = default);

    /// <summary>Proposes a service; it can ask nothing before another member approved. Refuses <see cref="RefusalCode.TooManyServiceClients"/>, <see cref="RefusalCode.IdempotencyKeyReused"/>.</summary>
    [Alias("propose")] Task<Outcome<ServiceClient>> Propose(ServiceClientProposal proposal, CancellationToken cancellation = default);

    /// <summary>
    /// Approves a proposed service. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.SecondPersonNeeded"/>, and
    /// <see cref="RefusalCode.ProposalClosed"/> for one that was approved or ended.
    /// </summary>
    [Alias("approve")] Task<Outcome<ServiceClient>> Approve(ServiceClientAct act, CancellationToken cancellation = default);

    /// <summary>Ends a service for good, with every token. Ending what has ended is no error.</summary>
    [Alias("end")] Task<Outcome<ServiceClient>> End(ServiceClientAct act, CancellationToken cancellation = default);

    /// <summary>
    /// Adds a token. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.SecondPersonNeeded"/> before the approval,
    /// <see cref="RefusalCode.ServiceClientEnded"/>, <see cref="RefusalCode.TooManyServiceTokens"/>, <see cref="RefusalCode.IdempotencyKeyReused"/>.
    /// </summary>
    [Alias("issue")] Task<Outcome<ServiceToken>> Issue(ServiceTokenOrder order, CancellationToken cancellation = default);

    /// <summary>Ends one token. Ending what has ended is no error; <see cref="RefusalCode.NotFound"/> for one that never was.</summary>
    [Alias("revoke")] Task<Outcome<ServiceToken>> Revoke(ServiceClientAct act, string token, CancellationToken cancellation = default);

    /// <summary>What tokens open, unless nothing changed since <paramref name="known"/> was told (null for a first call).</summary>
    [Alias("published")] Task<PublishedServiceTokens> Published(string? known, CancellationToken cancellation = default);

    /// <summary>Has a process told of each change at once. Lapses after a minute, so that whoever watches asks again before that.</summary>
    [Alias("watch")] Task Watch(IServiceTokenWatcher watcher);
}

/// <summary>Hears of changes of tokens at once.</summary>
[Alias("aicloud.service-token-watcher")]
public interface IServiceTokenWatcher : IGrainObserver
{
    /// <summary>A token was issued or ended.</summary>
    [Alias("changed"), OneWay] Task Changed();
}

/// <summary>A service to be.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-client-proposal")]
public sealed record ServiceClientProposal
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Id that it gets: follows from the caller's operation.</summary>
    [Id(1)] public required string Id { get; init; }
    /// <summary>Name shown to staff.</summary>
    [Id(2)] public required string Name { get; init; }
    /// <summary>Types of service that it may ask about.</summary>
    [Id(3)] public required string[] Types { get; init; }
    /// <summary>Who proposes.</summary>
    [Id(4)] public required StaffActor By { get; init; }
}

/// <summary>An act of a member of staff on one service.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-client-act")]
public sealed record ServiceClientAct
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The service.</summary>
    [Id(1)] public required string Client { get; init; }
    /// <summary>Who.</summary>
    [Id(2)] public required StaffActor By { get; init; }
}

/// <summary>A token to be.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-token-order")]
public sealed record ServiceTokenOrder
{
    /// <summary>The act.</summary>
    [Id(0)] public required ServiceClientAct Act { get; init; }
    /// <summary>Its id within the service: follows from the caller's operation.</summary>
    [Id(1)] public required string Id { get; init; }
    /// <summary>SHA-256 of its secret.</summary>
    [Id(2)] public required byte[] Digest { get; init; }
    /// <summary>How long it works, in days.</summary>
    [Id(3)] public required int Days { get; init; }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(ServiceTokenOrder);
}

/// <summary>How a service stands.</summary>
public enum ServiceClientState
{
    /// <summary>Waits for a second member of staff.</summary>
    Proposed = 1,
    /// <summary>May ask.</summary>
    Active = 2,
    /// <summary>Ended for good.</summary>
    Ended = 3,
}

/// <summary>A service that may ask about accounts.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-client")]
public sealed record ServiceClient
{
    /// <summary>Opaque id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>Name shown to staff.</summary>
    [Id(1)] public required string Name { get; init; }
    /// <summary>Types of service that it may ask about.</summary>
    [Id(2)] public required string[] Types { get; init; }
    /// <summary>How it stands.</summary>
    [Id(3)] public required ServiceClientState State { get; init; }
    /// <summary>Who proposed it.</summary>
    [Id(4)] public required StaffActor ProposedBy { get; init; }
    /// <summary>When.</summary>
    [Id(5)] public required DateTimeOffset ProposedAt { get; init; }
    /// <summary>The operation that proposed it.</summary>
    [Id(6)] public required string Operation { get; init; }
    /// <summary>Id of the member who approved it.</summary>
    [Id(7)] public string? ApprovedBy { get; init; }
    /// <summary>When.</summary>
    [Id(8)] public DateTimeOffset? ApprovedAt { get; init; }
    /// <summary>The operation that approved it.</summary>
    [Id(9)] public string? ApprovalOperation { get; init; }
    /// <summary>Id of the member who ended it.</summary>
    [Id(10)] public string? EndedBy { get; init; }
    /// <summary>When.</summary>
    [Id(11)] public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Tokens that work, and the last that did, oldest first.</summary>
    [Id(12)] public ServiceToken[] Tokens { get; init; } = [];
}

/// <summary>One token of a service; of its secret only a digest.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-token")]
public sealed record ServiceToken
{
    /// <summary>Its id within the service.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>SHA-256 of its secret.</summary>
    [Id(1)] public required byte[] Digest { get; init; }
    /// <summary>Id of the member who had it issued.</summary>
    [Id(2)] public required string IssuedBy { get; init; }
    /// <summary>When.</summary>
    [Id(3)] public required DateTimeOffset IssuedAt { get; init; }
    /// <summary>The operation that issued it.</summary>
    [Id(4)] public required string Operation { get; init; }
    /// <summary>When it ends by itself.</summary>
    [Id(5)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Id of the member who ended it before that.</summary>
    [Id(6)] public string? EndedBy { get; init; }
    /// <summary>When.</summary>
    [Id(7)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it works.</summary>
    public bool Works(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>Nothing of the digest.</summary>
    public override string ToString() => $"ServiceToken({Id})";
}

/// <summary>What a gateway needs to renew its copy.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.published-service-tokens")]
public sealed record PublishedServiceTokens
{
    /// <summary>Names this state of things; opaque.</summary>
    [Id(0)] public required string Revision { get; init; }
    /// <summary>What each token opens; null when nothing changed since the revision that the caller knew.</summary>
    [Id(1)] public ServiceTokenGrant[]? Grants { get; init; }
}

/// <summary>What one token opens.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-token-grant")]
public sealed record ServiceTokenGrant
{
    /// <summary>The service.</summary>
    [Id(0)] public required string Client { get; init; }
    /// <summary>The token's id within the service.</summary>
    [Id(1)] public required string Token { get; init; }
    /// <summary>SHA-256 of its secret.</summary>
    [Id(2)] public required byte[] Digest { get; init; }
    /// <summary>Types of service.</summary>
    [Id(3)] public required string[] Types { get; init; }
    /// <summary>When it ends by itself; decided by the gateway's clock, which needs no renewal for it.</summary>
    [Id(4)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Nothing of the digest.</summary>
    public override string ToString() => $"ServiceTokenGrant({Client})";
}
