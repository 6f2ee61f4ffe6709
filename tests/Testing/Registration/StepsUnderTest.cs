namespace AiCloud.Registration;

/// <summary>Lets a test stand between any two steps of completions: to crash there, or to wait.</summary>
public sealed class StepsUnderTest : ICompletionSteps
{
    /// <summary>Called at every step; throwing is a crash.</summary>
    public Func<CompletionStep, ValueTask>? At { get; set; }

    ValueTask ICompletionSteps.Reached(CompletionStep step) => At?.Invoke(step) ?? ValueTask.CompletedTask;
}
