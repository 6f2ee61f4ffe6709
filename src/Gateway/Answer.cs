using AiCloud.Problems;

namespace AiCloud;

/// <summary>What a desk answers to API and pages alike: a value, or the problem to show.</summary>
internal readonly record struct Answer<T> where T : class
{
    private Answer(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; null exactly when <see cref="Problem"/> is set.</summary>
    public T? Value { get; }

    /// <summary>What stands in the way.</summary>
    public Problem? Problem { get; }

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Problem problem) => new(null, problem);

    public static implicit operator Answer<T>(Refusal refusal) => new(null, Problem.From(refusal));

    public static implicit operator Answer<T>(ProblemCode code) => new(null, Problem.Of(code));

    /// <summary>Takes over what an actor decided.</summary>
    public static Answer<T> From(Outcome<T> outcome) => outcome.Match<Answer<T>>(value => value, refusal => refusal);

    /// <summary>The reply: the value as <paramref name="accepted"/> puts it, or the problem.</summary>
    public IResult Reply(Func<T, IResult> accepted) => Problem is null ? accepted(Value!) : Problem;
}
