using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

[GrainType("sign-in-attempt")]
internal sealed class SignInAttemptGrain(
    [PersistentState("sign-in-attempt", StorageNames.State)] IPersistentState<SignInAttempt> stored,
    IOptions<SessionOptions> limits, TimeProvider clock) : Grain, ISignInAttemptGrain
{
    private Underway? _underway;

    public Task<Outcome<SignInAttemptBegun>> Begin(SignInCall call, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Underway.Refuse(_underway, call.Attempt, now) is { } running)
            return Task.FromResult<Outcome<SignInAttemptBegun>>(_underway!.Name == call.Fingerprint ? running : RefusalCode.IdempotencyKeyReused);
        var begun = stored.State.Begin(call.Fingerprint, now);
        // Not kept: what a crash forgets is only that somebody was at it, and nobody is any more.
        if (begun.Refusal is null) _underway = new Underway(call.Fingerprint, call.Attempt, now);
        return Task.FromResult(begun);
    }

    public async Task<Done> End(SignInCall call, bool? right, CancellationToken cancellation)
    {
        if (right is { } decided) await this.Keep(stored, stored.State.Decided(call.Fingerprint, decided, limits.Value, clock.GetUtcNow()));
        if (_underway is not null && _underway.Attempt != call.Attempt) return Done.It; // it took too long, and another call has the key now
        _underway = null;
        DeactivateOnIdle(); // repeats are rare, and one read away
        return Done.It;
    }
}
