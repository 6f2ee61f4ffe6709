using AiCloud.Identity;

namespace AiCloud.Identifiers;

/// <summary>A phone number that changed hands.</summary>
internal sealed partial class IdentifierGrain : INumberOwnership
{
    public async Task<Done> ChangedHands(Guid account, CancellationToken cancellation)
    {
        // The account forgets the number on this answer: without a write it comes from what is stored.
        if (State.Owner != account) await stored.ReadStateAsync(cancellation);
        if (State.ChangedHandsOf(account, clock.GetUtcNow()) is var next && !ReferenceEquals(next, State)) await Keep(next);
        return Done.It;
    }
}
