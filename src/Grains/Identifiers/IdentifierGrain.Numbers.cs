using AiCloud.Identity;

namespace AiCloud.Identifiers;

/// <summary>A phone number that changed hands.</summary>
internal sealed partial class IdentifierGrain : INumberOwnership
{
    public async Task<Done> ChangedHands(Guid account, CancellationToken cancellation)
    {
        // The account forgets the number on this answer: without a write it comes from what is stored.
        if (State.Owner != account) await stored.ReadStateAsync(cancellation);
        if (State.Owner == account)
            await Keep(State with { Owner = null, SignIns = new SignInThrottle(), Sends = State.Sends with { ProvenFrom = [] }, Wards = State.Wards?.ChangedHands(clock.GetUtcNow()) });
        return Done.It;
    }
}
