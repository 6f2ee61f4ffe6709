using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Networks;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Storage;

namespace AiCloud.Challenges;

/// <summary>Codes for anything but registering, for API and pages alike. What a code authorises is asked of the desk of that act.</summary>
internal sealed class ChallengeDesk(IGrainFactory grains, IdentifierDigest digests, DerivedIds derivedIds, Fingerprint fingerprints, IRandomness randomness, NetworkBudget networks)
{
    /// <summary>Who alone may use a challenge that a signed-in person starts.</summary>
    public static string SubjectOf(SignedIn who) => $"{who.AccountKey}~{who.Proof.Session}";

    /// <summary>The id that a start under this operation has: a repeat finds the challenge that it began.</summary>
    public string IdOf(OperationId operation, string subject, string purpose) =>
        operation.FromClient ? derivedIds.FromIdempotencyKey($"{subject}\0{operation.Value}", $"challenge/{purpose}") : DerivedIds.New(randomness);

    /// <summary>Sends a code.</summary>
    public async Task<Answer<StartedChallenge>> Start(string id, ChallengeWish wish, Caller caller, bool minted, CancellationToken cancellation)
    {
        if (await networks.Take(NetworkBudget.Codes, caller, cancellation) is { } spent) return spent;
        var identifierKey = digests.Of(wish.Contact);
        var start = new StartChallenge
        {
            Purpose = wish.Purpose,
            Subject = wish.Subject,
            Contact = wish.Contact,
            IdentifierKey = identifierKey,
            Locale = wish.Locale,
            Network = caller.Network,
            Fingerprint = fingerprints.Of("challenge", wish.Purpose.ToString(), wish.Subject, identifierKey, wish.Detail),
            KnownOnly = wish.KnownOnly,
        };
        var outcome = await Repeatable.Call(() =>
        {
            // The first try only: a second one follows a lost answer, and may meet what the first has kept.
            if (minted) Minted.Mark(id);
            minted = false;
            try { return grains.GetGrain<IChallengeGrain>(id).Start(start, cancellation); }
            finally { Minted.Clear(); }
        });
        return outcome.Match<Answer<StartedChallenge>>(view => new StartedChallenge(id, view), refusal => refusal);
    }

    public async Task<Answer<ChallengeView>> View(string id, string subject, CancellationToken cancellation) =>
        Answer<ChallengeView>.From(await Repeatable.Call(() => grains.GetGrain<IChallengeGrain>(id).View(subject, cancellation)));

    public async Task<Answer<ChallengeView>> Resend(string id, string subject, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (await networks.Take(NetworkBudget.Codes, caller, cancellation) is { } spent) return spent;
        return Answer<ChallengeView>.From(await Repeatable.Call(() => grains.GetGrain<IChallengeGrain>(id).Resend(
            new ResendChallenge { Subject = subject, Operation = operation.Value, Network = caller.Network }, cancellation)));
    }

    /// <summary>Spends a try. The authorisation goes to the actor that acts.</summary>
    public async Task<Answer<ChallengeProven>> Answer(
        string id, ChallengePurpose purpose, string subject, string code, Caller caller, OperationId operation, CancellationToken cancellation) =>
        Answer<ChallengeProven>.From(await Repeatable.Call(() => grains.GetGrain<IChallengeGrain>(id).Answer(new AnswerChallenge
        {
            Subject = subject,
            Purpose = purpose,
            Operation = operation.Value,
            Code = Registration.TypedCode.Normalise(code),
            Network = caller.Network,
        }, cancellation)));

    /// <summary>Whether an id can be one; anything else never reaches an actor.</summary>
    public static bool IsId(string id) => id.Length == DerivedIds.StrongLength && DerivedIds.IsStrong(id);
}

/// <summary>A code to send.</summary>
internal sealed record ChallengeWish(ChallengePurpose Purpose, string Subject, Identifier Contact, string Locale)
{
    /// <summary>What else makes the request, so that its key is no other one's.</summary>
    public string? Detail { get; init; }

    /// <summary>The code is told only to a contact that has an account.</summary>
    public bool KnownOnly { get; init; }

    public override string ToString() => nameof(ChallengeWish);
}

/// <summary>A challenge just started, or found.</summary>
internal sealed record StartedChallenge(string Id, ChallengeView View)
{
    public override string ToString() => nameof(StartedChallenge);
}
