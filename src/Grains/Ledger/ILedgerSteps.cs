using System.Diagnostics;

namespace AiCloud.Ledger;

/// <summary>The steps of an entry from the account into the ledger, in order. A crash may come between any two.</summary>
public enum LedgerStep
{
    /// <summary>The account's row holds the entry and its mark; nobody else knows of it.</summary>
    Kept = 1,
    /// <summary>The flusher has it in memory.</summary>
    HandedOver = 2,
    /// <summary>It is appended, in a transaction that is still open.</summary>
    Appended = 3,
    /// <summary>The transaction is closed: ledger and directory have it, the mark is gone, the account's row still holds it.</summary>
    Flushed = 4,
    /// <summary>A later write of the account let go of it.</summary>
    LetGo = 5,
}

/// <summary>Hears of every step once it is done: traces in the product, a crash in tests.</summary>
public interface ILedgerSteps
{
    /// <summary>The step is done; the next has not begun.</summary>
    ValueTask Reached(LedgerStep step);
}

/// <summary>Marks the steps in the current trace.</summary>
internal sealed class TracedLedgerSteps : ILedgerSteps
{
    public ValueTask Reached(LedgerStep step)
    {
        Activity.Current?.AddEvent(new ActivityEvent(step.ToString()));
        return ValueTask.CompletedTask;
    }
}
