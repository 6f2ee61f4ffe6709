using AiCloud.Accounts;

namespace AiCloud.Ledger;

/// <summary>Reads the ledger for whoever may.</summary>
internal sealed class LedgerDesk(IGrainFactory grains)
{
    private const int MostCheckpoints = 100;

    private ILedgerGrain Ledger => grains.GetGrain<ILedgerGrain>(0);

    public Task<LedgerCheckpoint[]> Checkpoints(int? below, CancellationToken cancellation) =>
        Repeatable.Call(() => Ledger.Checkpoints(below, MostCheckpoints, cancellation));

    public async Task<Answer<LedgerCheckpoint>> Checkpoint(int? number, CancellationToken cancellation) =>
        Answer<LedgerCheckpoint>.From(await Repeatable.Call(() => Ledger.Checkpoint(number, cancellation)));

    public async Task<Answer<LedgerLine[]>> Entries(SignedIn who, CancellationToken cancellation) =>
        await Refuse(who, cancellation) is { } refusal ? refusal : await Repeatable.Call(() => Ledger.Entries(who.AccountKey, cancellation));

    public async Task<Answer<LedgerProof>> Prove(SignedIn who, CancellationToken cancellation) =>
        await Refuse(who, cancellation) is { } refusal ? refusal : Answer<LedgerProof>.From(await Repeatable.Call(() => Ledger.Prove(who.AccountKey, cancellation)));

    public async Task<Answer<BoundAgreements>> Bound(string account, DateTimeOffset at, CancellationToken cancellation) =>
        Answer<BoundAgreements>.From(await Repeatable.Call(() => Ledger.Bound(account, at, cancellation)));

    // Who may read what was accepted may read the chain that proves it.
    private async Task<Refusal?> Refuse(SignedIn who, CancellationToken cancellation) =>
        (await Repeatable.Call(() => grains.GetGrain<IAccountGrain>(who.AccountKey).Acceptances(who.Proof, cancellation))).Refusal;
}
