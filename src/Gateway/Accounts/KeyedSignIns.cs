using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Accounts;

/// <summary>
/// Signing in under a client's Idempotency-Key (docs/decisions/0008). The steps are the same whether or not there is such a person, and each
/// call spends a try: the key only says which calls are one act.
/// </summary>
internal sealed class KeyedSignIns(IGrainFactory grains, DerivedIds derivedIds, Fingerprint fingerprints, IRandomness randomness)
{
    /// <summary>Runs <paramref name="signIn"/>, which gets to know what the first call with this key came to.</summary>
    public async Task<Answer<NewlySignedIn>> Run(OperationId operation, string identifierKey, Func<bool?, Task<SignInDecision>> signIn, CancellationToken cancellation)
    {
        var attempt = grains.GetGrain<ISignInAttemptGrain>(derivedIds.FromIdempotencyKey(operation.Value, "sign-in"));
        var call = new SignInCall { Attempt = DerivedIds.New(randomness), Fingerprint = fingerprints.Of("sign-in", identifierKey) };
        var begun = await Repeatable.Call(() => attempt.Begin(call, cancellation));
        if (begun.Refusal is { } refusal) return refusal;
        bool? right = null;
        try
        {
            var decision = await signIn(begun.Value!.Right);
            right = decision.Right;
            return decision.Answer;
        }
        finally
        {
            // Also for a caller who hung up: what was decided counts, and a repeat must not wait.
            await Repeatable.Call(() => attempt.End(call, right, CancellationToken.None));
        }
    }
}

/// <summary>What a sign-in came to, and whether its password was right; null when nobody looked at it or another body was refused.</summary>
internal sealed record SignInDecision(Answer<NewlySignedIn> Answer, bool? Right = null)
{
    public override string ToString() => nameof(SignInDecision);
}
