using AiCloud.Identity;

namespace AiCloud.Identifiers;

/// <summary>The accounts that a certificate proves: an identifier of the kind <c>document</c>.</summary>
internal sealed partial class IdentifierGrain
{
    private CertificateProofs Proofs => State.Proofs ?? new CertificateProofs();

    public Task<ProofPlace> HoldProof(ProofRequest request, CancellationToken cancellation) => Decide(Proofs.HoldFor(request, identity.Value, clock.GetUtcNow()));

    public Task<ProofPlace> TryProof(ProofRequest request, CancellationToken cancellation) => Decide(Proofs.TryFor(request, identity.Value, clock.GetUtcNow()));

    public Task<ProofPlace> OwnProof(string operation, Guid account, CancellationToken cancellation) => Decide(Proofs.OwnFor(operation, account));

    public Task<ProofPlace> ReleaseProof(string operation, Guid account, CancellationToken cancellation) => Decide(Proofs.ReleaseFor(operation, account));

    public async Task<Done> DisownProof(Guid account, CancellationToken cancellation)
    {
        await Decide((Proofs.Disowned(account), ProofPlaceStatus.Free));
        return Done.It;
    }

    public Task<bool> ProvesAny(CancellationToken cancellation) => Task.FromResult(Proofs.Owners.Length > 0 || Proofs.Holds.Length > 0);

    private async Task<ProofPlace> Decide((CertificateProofs Next, ProofPlaceStatus Status) decided)
    {
        if (decided.Next != Proofs) await Keep(State with { Proofs = decided.Next });
        return new ProofPlace { Status = decided.Status };
    }
}
