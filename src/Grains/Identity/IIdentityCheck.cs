using AiCloud.Identifiers;

namespace AiCloud.Identity;

/// <summary>The door to whoever can tell that a person is who they say. The normal answer is a result, not a document (L-11).</summary>
public interface IIdentityCheck
{
    /// <summary>The ways that can be used; empty when none is configured.</summary>
    IReadOnlyList<IdentityMethod> Methods { get; }

    /// <summary>
    /// Asks. The request's id makes asking again harmless: under one id at most one check is ever done. Whatever is not a signed answer is
    /// <see cref="IdentityVerdict.Later"/>; nothing is guessed from an error.
    /// </summary>
    Task<IdentityAnswer> Ask(IdentityQuestion question, CancellationToken cancellation);
}

/// <summary>What is asked. Kept sealed while it is not answered, and erased with the answer.</summary>
public sealed record IdentityQuestion
{
    /// <summary>Names the check: the same for every repeat.</summary>
    public required string Request { get; init; }
    /// <summary>The way.</summary>
    public required IdentityMethod Method { get; init; }
    /// <summary>By certificate: kind and number.</summary>
    public Certificate? Certificate { get; init; }
    /// <summary>By certificate: the name on it.</summary>
    public string? Name { get; init; }
    /// <summary>By network ID: the platform's token.</summary>
    public string? Credential { get; init; }
    /// <summary>The birth date that should be the person's. By network ID it is asked about only where one is to be corrected.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(IdentityQuestion);
}

/// <summary>The door to whoever can tell that a number went to somebody else.</summary>
public interface IRecycledNumberCheck
{
    /// <summary>Asks whether a number changed hands since a day. Never throws for an outage: that is <see cref="NumberStanding.Later"/>.</summary>
    Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation);
}

/// <summary>What is asked of a number.</summary>
public sealed record NumberQuestion
{
    /// <summary>Names the check: the same for every repeat within a day.</summary>
    public required string Request { get; init; }
    /// <summary>The number.</summary>
    public required Identifier Number { get; init; }
    /// <summary>The last day on which its owner is known to have had it.</summary>
    public required DateOnly Since { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NumberQuestion);
}

/// <summary>No identity check is configured: nothing is ever asked.</summary>
internal sealed class NoIdentityCheck : IIdentityCheck
{
    public IReadOnlyList<IdentityMethod> Methods => [];

    public Task<IdentityAnswer> Ask(IdentityQuestion question, CancellationToken cancellation) => Task.FromResult(IdentityAnswer.Later());
}

/// <summary>No authority on numbers is configured: nobody knows, and a claimed number waits.</summary>
internal sealed class NoRecycledNumberCheck : IRecycledNumberCheck
{
    public Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation) => Task.FromResult(NumberStanding.Unknown);
}
