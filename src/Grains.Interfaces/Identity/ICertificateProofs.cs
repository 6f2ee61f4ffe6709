using AiCloud.Identifiers;

namespace AiCloud.Identity;

/// <summary>
/// One certificate, or one subject of the state network ID: which accounts it proves, and how often it was tried. The same actor as
/// <see cref="IIdentifierGrain"/> under a key of the kind <c>document</c>: <c>document.{lookup key id}.{keyed digest}</c>.
/// Every method may be repeated with the same arguments and answers the same.
/// </summary>
[Alias("aicloud.grain.certificate-proofs")]
public interface ICertificateProofs : IGrainWithStringKey
{
    /// <summary>
    /// Reserves one of the places that the certificate has and takes one try. The deadline permits a takeover when every place is taken, and decides
    /// nothing else.
    /// </summary>
    [Alias("hold-proof")] Task<ProofPlace> HoldProof(ProofRequest request, CancellationToken cancellation = default);

    /// <summary>Takes one try for a check that needs no place: of whoever is to be an account's guardian.</summary>
    /// <returns><see cref="ProofPlaceStatus.TooOften"/>, else <see cref="ProofPlaceStatus.Free"/>.</returns>
    [Alias("try-proof")] Task<ProofPlace> TryProof(ProofRequest request, CancellationToken cancellation = default);

    /// <summary>The only commit point: the place becomes the account's if it is still held for the operation.</summary>
    [Alias("own-proof")] Task<ProofPlace> OwnProof(string operation, Guid account, CancellationToken cancellation = default);

    /// <summary>Gives up an operation's hold. What the account owns stays.</summary>
    [Alias("release-proof")] Task<ProofPlace> ReleaseProof(string operation, Guid account, CancellationToken cancellation = default);

    /// <summary>The certificate proves the account no longer.</summary>
    [Alias("disown-proof")] Task<Done> DisownProof(Guid account, CancellationToken cancellation = default);

    /// <summary>Whether any account has a place here.</summary>
    [Alias("proves-any")] Task<bool> ProvesAny(CancellationToken cancellation = default);
}

/// <summary>A request for one place.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.proof-request")]
public sealed record ProofRequest
{
    /// <summary>The check that it is for.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The account to be proven.</summary>
    [Id(1)] public required Guid Account { get; init; }
    /// <summary>When the check will have ended.</summary>
    [Id(2)] public required DateTimeOffset Until { get; init; }
    /// <summary>Keyed digest of the name that is tried: whoever tries the one that was proven before is not held up by strangers' tries. Null by network ID.</summary>
    [Id(3)] public string? Name { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ProofRequest);
}

/// <summary>How a certificate stands towards one check.</summary>
public enum ProofPlaceStatus
{
    /// <summary>A place is held for it.</summary>
    Held = 1,
    /// <summary>The account has its place.</summary>
    Owned = 2,
    /// <summary>Every place is taken.</summary>
    Full = 3,
    /// <summary>It was tried too often within a day.</summary>
    TooOften = 4,
    /// <summary>Nothing is held for it (any more).</summary>
    Free = 5,
}

/// <summary>Answer of a certificate.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.proof-place")]
public sealed record ProofPlace
{
    /// <summary>How it stands now.</summary>
    [Id(0)] public required ProofPlaceStatus Status { get; init; }
}
