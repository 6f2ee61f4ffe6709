namespace AiCloud.Protection;

/// <summary>
/// Every public key that evidence was ever signed with. A key that left the ring signs nothing any more, but what it signed must stay
/// verifiable for as long as anybody holds it. Key: <see cref="Evidence"/>.
/// </summary>
[Alias("aicloud.grain.signing-keys")]
public interface ISigningKeysGrain : IGrainWithStringKey
{
    /// <summary>The one key of this actor: it is asked once per process and period, never on the path of a request.</summary>
    public const string Evidence = "evidence";

    /// <summary>Keeps the caller's public keys for ever, and answers all that were ever kept, oldest first. Repeating it changes nothing.</summary>
    /// <param name="mine">Those of the caller's ring; one that is kept already changes nothing.</param>
    /// <param name="cancellation">Ends the wait, not the act.</param>
    [Alias("publish")] Task<EvidenceKey[]> Publish(EvidenceKey[] mine, CancellationToken cancellation = default);
}

/// <summary>A public key of ES256: a point on P-256 (RFC 7518 §6.2.1).</summary>
[GenerateSerializer, Immutable, Alias("aicloud.evidence-key")]
public sealed record EvidenceKey
{
    /// <summary>Its name: the secrets root it follows from, a dot, and the RFC 7638 thumbprint of the key.</summary>
    [Id(0)] public required string Kid { get; init; }
    /// <summary>First coordinate, 32 bytes in base64url.</summary>
    [Id(1)] public required string X { get; init; }
    /// <summary>Second coordinate, 32 bytes in base64url.</summary>
    [Id(2)] public required string Y { get; init; }
}
