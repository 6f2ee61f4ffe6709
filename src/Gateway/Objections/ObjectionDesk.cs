using AiCloud.Protection;

namespace AiCloud.Objections;

/// <summary>"This was not me", for API and page alike. A token with a bad mac never reaches an actor.</summary>
internal sealed class ObjectionDesk(IGrainFactory grains, Tokens tokens)
{
    public async Task<Answer<AlarmView>> View(string token, CancellationToken cancellation) => Read(token) is var (account, proof)
        ? Answer<AlarmView>.From(await Repeatable.Call(() => account.Alarm(proof, cancellation))) : Problems.ProblemCode.NotFound;

    public async Task<Answer<AlarmView>> Object(string token) => Read(token) is var (account, proof)
        ? Answer<AlarmView>.From(await Repeatable.Call(() => account.Object(proof, CancellationToken.None))) : Problems.ProblemCode.NotFound;

    private (IAccountObjections Account, AlarmProof Proof)? Read(string text) =>
        tokens.TryRead(text, Tokens.Objection, out var token) && token.Id.Split('~') is [var account, var alarm]
            ? (grains.GetGrain<IAccountObjections>(account), new AlarmProof { Alarm = alarm, SecretDigest = token.SecretDigest }) : null;
}
