namespace AiCloud.Registration;

/// <summary>Lets a test stand between any two steps of completions: to crash there, or to wait.</summary>
public sealed class StepsUnderTest : ICompletionSteps
{
    /// <summary>Called at every step; throwing is a crash.</summary>
    public Func<CompletionStep, ValueTask>? At { get; set; }

    ValueTask ICompletionSteps.Reached(CompletionStep step) => At?.Invoke(step) ?? ValueTask.CompletedTask;
}

/// <summary>A crash that a test made.</summary>
public sealed class CrashException(string where) : InvalidOperationException($"Crashed at {where}.");
