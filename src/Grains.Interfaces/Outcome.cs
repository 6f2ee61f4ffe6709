namespace AiCloud;

/// <summary>What a call decided: a value, or a foreseen <see cref="AiCloud.Refusal"/>. Bugs and outages throw instead.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.outcome`1")]
public sealed record Outcome<T> where T : class
{
    /// <summary>The value when the call was accepted; null exactly when <see cref="Refusal"/> is set.</summary>
    [Id(0)] public T? Value { get; private init; }

    /// <summary>Why the call was refused; null exactly when <see cref="Value"/> is set.</summary>
    [Id(1)] public Refusal? Refusal { get; private init; }

    /// <summary>Accepts.</summary>
    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    /// <summary>Refuses.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>Refuses with nothing but a code.</summary>
    public static implicit operator Outcome<T>(RefusalCode code) => new() { Refusal = new Refusal(code) };

    /// <summary>Chooses by what was decided.</summary>
    public TOut Match<TOut>(Func<T, TOut> accepted, Func<Refusal, TOut> refused) =>
        Refusal is null ? accepted(Value!) : refused(Refusal);
}

/// <summary>The value of a call that has nothing to say beyond "done".</summary>
[GenerateSerializer, Immutable, Alias("aicloud.done")]
public sealed record Done
{
    /// <summary>The one instance.</summary>
    public static readonly Done It = new();
}
