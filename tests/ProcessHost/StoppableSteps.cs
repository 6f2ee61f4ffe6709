using System.Collections.Concurrent;
using AiCloud.Contacts;
using AiCloud.Ledger;
using AiCloud.Registration;

namespace AiCloud;

/// <summary>Stops whoever next reaches an armed step, of a completion, of a change of contacts or on the way into the ledger, says so, and lets it go on when told.</summary>
internal sealed class StoppableSteps : ICompletionSteps, ILedgerSteps, IContactSteps
{
    private readonly ConcurrentDictionary<Enum, string> _armed = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _stopped = new();

    public void Arm(Enum step, string tag) => _armed[step] = tag;

    public void GoOn()
    {
        foreach (var (_, stopped) in _stopped) stopped.TrySetResult();
    }

    public ValueTask Reached(CompletionStep step) => Stop(step);

    public ValueTask Reached(LedgerStep step) => Stop(step);

    public ValueTask Reached(ContactStep step) => Stop(step);

    private async ValueTask Stop(Enum step)
    {
        if (!_armed.TryRemove(step, out var tag)) return;
        var stopped = _stopped[tag] = new TaskCompletionSource();
        Console.WriteLine($"stopped {tag}");
        await stopped.Task;
        Console.WriteLine($"went on {tag}");
    }
}
