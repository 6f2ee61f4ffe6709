namespace AiCloud.Names;

/// <summary>A display name that was allowed when it was chosen and is not any more (L-12). Key as with <see cref="Accounts.IAccountGrain"/>.</summary>
[Alias("aicloud.grain.account-names")]
public interface IAccountNames : IGrainWithStringKey
{
    /// <summary>
    /// Keeps what today's rules say of the name that is about to be shown. Refused: noted once, and the person is told by when to choose another. Allowed
    /// again: forgotten, once the note is an hour old, so that gateways of two settings do not send message after message. Repeating it changes nothing, and
    /// a name that was changed meanwhile is left alone. <see cref="RefusalCode.NotFound"/> for an account that is not open.
    /// </summary>
    [Alias("judge-name")] Task<Outcome<JudgedName>> JudgeName(NameJudgement judgement, CancellationToken cancellation = default);
}

/// <summary>What the rules say of a name.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.name-judgement")]
public sealed record NameJudgement
{
    /// <summary>The name that was judged.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>Whether the rules refuse it.</summary>
    [Id(1)] public required bool Refused { get; init; }
    /// <summary>Days that the person has to choose another; 1 to 90.</summary>
    [Id(2)] public required int Days { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NameJudgement);
}

/// <summary>What stands against the name now.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.judged-name")]
public sealed record JudgedName
{
    /// <summary>Null for nothing.</summary>
    [Id(0)] public NameFault? Fault { get; init; }
}

/// <summary>The rules refuse the name that an account has.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.name-fault")]
public sealed record NameFault
{
    /// <summary>When that was noted.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }
    /// <summary>From when on the name is not shown any more.</summary>
    [Id(1)] public required DateTimeOffset Deadline { get; init; }
}
