using System.Diagnostics;

namespace AiCloud.Registration;

/// <summary>The steps of a completion, in order (DESIGN §4.3). A crash or a freeze may come between any two.</summary>
public enum CompletionStep
{
    /// <summary>The attempt keeps that a completion is under way.</summary>
    Prepared = 1,
    /// <summary>The contact is held.</summary>
    Held = 2,
    /// <summary>The account is kept as prepared.</summary>
    AccountPrepared = 3,
    /// <summary>The contact is owned: committed.</summary>
    Owned = 4,
    /// <summary>The account is open.</summary>
    AccountOpen = 5,
    /// <summary>The attempt keeps that it is done.</summary>
    Recorded = 6,
}

/// <summary>Hears of every step of a completion once it is kept: traces in the product, a crash or a freeze in tests.</summary>
public interface ICompletionSteps
{
    /// <summary>The step is kept; the next has not begun.</summary>
    ValueTask Reached(CompletionStep step);
}

/// <summary>Marks the steps in the current trace.</summary>
internal sealed class TracedCompletionSteps : ICompletionSteps
{
    public ValueTask Reached(CompletionStep step)
    {
        Activity.Current?.AddEvent(new ActivityEvent(step.ToString()));
        return ValueTask.CompletedTask;
    }
}
