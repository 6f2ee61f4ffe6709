namespace AiCloud.Ledger;

/// <summary>
/// Signs, once in every hour, one root over the ends of all chains, so that a past rewritten later is provable by whoever holds an earlier one.
/// Key: 0; the one of its kind in the cluster, beside every path of a request.
/// </summary>
[Alias("aicloud.grain.checkpoint")]
public interface ICheckpointGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that the reminder exists.</summary>
    [Alias("ensure-running")] Task EnsureRunning();

    /// <summary>Takes the checkpoint of the present hour unless there is one, as the reminder would.</summary>
    /// <returns>The new one; null when there was one, or when there is more to sum up than one tick may take: the next goes on.</returns>
    [Alias("take")] Task<LedgerCheckpoint?> Take();
}

/// <summary>One signed root over the ends of all chains.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.ledger-checkpoint")]
public sealed record LedgerCheckpoint
{
    /// <summary>From 1, without gaps.</summary>
    [Id(0)] public required int Number { get; init; }
    /// <summary>When it was taken, UTC.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }
    /// <summary>How many chains it covers.</summary>
    [Id(2)] public required long Accounts { get; init; }
    /// <summary>The root, lower-case hex.</summary>
    [Id(3)] public required string Root { get; init; }
    /// <summary>SHA-256 of the checkpoint before, as it was signed; 64 zeros for the first.</summary>
    [Id(4)] public required string Previous { get; init; }
    /// <summary>Number, instant, accounts, root and previous as a JWS in compact form, ES256, verifiable with <c>/.well-known/jwks.json</c>.</summary>
    [Id(5)] public required string Jws { get; init; }
}
