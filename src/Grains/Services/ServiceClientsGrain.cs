using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace AiCloud.Services;

[GrainType("service-clients")]
internal sealed class ServiceClientsGrain(
    [PersistentState("service-clients", StorageNames.State)] IPersistentState<ServiceClientsState> stored, TimeProvider clock, ILogger<ServiceClientsGrain> log)
    : Grain, IServiceClientsGrain
{
    private readonly ObserverManager<IServiceTokenWatcher> _watchers = new(TimeSpan.FromMinutes(1), log);

    public Task<ServiceClient[]> All(CancellationToken cancellation) => Task.FromResult(stored.State.Clients);

    public Task<Outcome<ServiceClient>> Propose(ServiceClientProposal proposal, CancellationToken cancellation) => Act(stored.State.Propose(proposal, clock.GetUtcNow()));

    public Task<Outcome<ServiceClient>> Approve(ServiceClientAct act, CancellationToken cancellation) => Act(stored.State.Approve(act, clock.GetUtcNow()));

    public Task<Outcome<ServiceClient>> End(ServiceClientAct act, CancellationToken cancellation) => Act(stored.State.End(act, clock.GetUtcNow()));

    public Task<Outcome<ServiceToken>> Issue(ServiceTokenOrder order, CancellationToken cancellation) => Act(stored.State.Issue(order, clock.GetUtcNow()));

    public Task<Outcome<ServiceToken>> Revoke(ServiceClientAct act, string token, CancellationToken cancellation) => Act(stored.State.Revoke(act, token, clock.GetUtcNow()));

    public Task<PublishedServiceTokens> Published(string? known, CancellationToken cancellation)
    {
        // The row's own name, too: a restored database may count from a lower number again.
        var revision = FormattableString.Invariant($"{stored.State.Revision}.{stored.Etag}");
        return Task.FromResult(new PublishedServiceTokens { Revision = revision, Grants = revision == known ? null : stored.State.Grants(clock.GetUtcNow()) });
    }

    public Task Watch(IServiceTokenWatcher watcher)
    {
        _watchers.Subscribe(watcher, watcher);
        return Task.CompletedTask;
    }

    private async Task<Outcome<T>> Act<T>((ServiceClientsState Next, Outcome<T> Outcome) decided) where T : class
    {
        if (ReferenceEquals(decided.Next, stored.State)) return decided.Outcome;
        await this.Keep(stored, decided.Next with { Revision = decided.Next.Revision + 1 });
        await _watchers.Notify(watcher => watcher.Changed());
        return decided.Outcome;
    }
}
