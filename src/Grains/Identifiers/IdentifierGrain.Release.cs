using AiCloud.Storage;

namespace AiCloud.Identifiers;

/// <summary>Giving up whatever an account has here.</summary>
internal sealed partial class IdentifierGrain : IIdentifierRelease
{
    public async Task<Done> GiveUp(Guid account, CancellationToken cancellation)
    {
        // The account forgets this contact on the answer: without a write it comes from what is stored.
        if (ReferenceEquals(State.GivenUp(account, clock.GetUtcNow()), State)) await stored.ReadStateAsync(cancellation);
        await this.Keep(stored, State.GivenUp(account, clock.GetUtcNow()));
        return Done.It;
    }
}
