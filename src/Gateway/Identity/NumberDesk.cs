using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration;

namespace AiCloud.Identity;

/// <summary>Claims of numbers, for API and pages alike.</summary>
internal sealed class NumberDesk(IGrainFactory grains, TimeProvider clock)
{
    public async Task<Answer<RegistrationView>> NotMine(Token token, CancellationToken cancellation)
    {
        var outcome = await Repeatable.Call(() => grains.GetGrain<IRegistrationNotMine>(token.Id).NotMine(token.SecretDigest, cancellation));
        return outcome.Refusal is { Code: RefusalCode.NumberChangeUnknown, RetryAfter: { } wait } refusal
            ? Problem.From(refusal).With("until", clock.GetUtcNow() + wait)
            : Answer<RegistrationView>.From(outcome);
    }
}
