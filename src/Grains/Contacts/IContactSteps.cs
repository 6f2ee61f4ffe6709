using System.Diagnostics;

namespace AiCloud.Contacts;

/// <summary>The steps of a change of contacts, in order. A crash or a freeze may come between any two.</summary>
public enum ContactStep
{
    /// <summary>The account names the contact as arriving.</summary>
    Named = 1,
    /// <summary>The contact is held.</summary>
    Held = 2,
    /// <summary>The contact is owned: committed.</summary>
    Owned = 3,
    /// <summary>It stands among the account's, and the one that it replaces, or that was removed, stands among those that left.</summary>
    Kept = 4,
    /// <summary>The actor of the contact that left knows.</summary>
    Relinquished = 5,
    /// <summary>Contacts were told.</summary>
    Told = 6,
    /// <summary>The account keeps that all is done.</summary>
    Recorded = 7,
}

/// <summary>Hears of every step of a change of contacts once it is kept: traces in the product, a crash or a freeze in tests.</summary>
public interface IContactSteps
{
    /// <summary>The step is kept; the next has not begun.</summary>
    ValueTask Reached(ContactStep step);
}

/// <summary>Marks the steps in the current trace.</summary>
internal sealed class TracedContactSteps : IContactSteps
{
    public ValueTask Reached(ContactStep step)
    {
        Activity.Current?.AddEvent(new ActivityEvent(step.ToString()));
        return ValueTask.CompletedTask;
    }
}
