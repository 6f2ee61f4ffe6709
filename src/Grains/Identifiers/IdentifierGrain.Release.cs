using AiCloud.Storage;

namespace AiCloud.Identifiers;

/// <summary>Giving a contact up.</summary>
internal sealed partial class IdentifierGrain : IIdentifierRelease
{
    public async Task<Done> GiveUp(Guid account, CancellationToken cancellation)
    {
        if (State.Owner == account) await this.Keep(stored, State.GivenUp(clock.GetUtcNow()));
        return Done.It;
    }
}
