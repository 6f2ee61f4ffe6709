namespace AiCloud.Identifiers;

/// <summary>What is counted, for the owner's own copy.</summary>
internal sealed partial class IdentifierGrain : IIdentifierData
{
    public Task<IdentifierCounted> Counted(CancellationToken cancellation) => Task.FromResult(new IdentifierCounted
    {
        Messages = [.. State.Sends.Sends.Select(sent => new CountedMessage { LeavesAt = sent.LeavesAt, Guesses = sent.Leased, CodeLength = sent.Length })],
        Askers = [.. State.Sends.Askers.Select(asked => new CountedNetwork { Network = asked.Network, Count = asked.Excused, At = asked.At })],
        ProvenFrom = State.Sends.ProvenFrom,
        Failures = [.. State.SignIns.Networks.Select(failures => new CountedNetwork { Network = failures.Network, Count = failures.Count, At = failures.Since })],
        SharedFailures = State.SignIns.Shared,
        SharedSince = State.SignIns.SharedSince,
        Trusted = State.SignIns.Trusted,
        EndsAt = State.BudgetsEndAt,
    });
}
