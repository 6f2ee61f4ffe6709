using System.Collections.Concurrent;
using AiCloud.Registration;

namespace AiCloud;

/// <summary>Stops the next completion that reaches an armed step, says so, and lets it go on when told.</summary>
internal sealed class StoppableSteps : ICompletionSteps
{
    private readonly ConcurrentDictionary<CompletionStep, string> _armed = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _stopped = new();

    public void Arm(CompletionStep step, string tag) => _armed[step] = tag;

    public void GoOn()
    {
        foreach (var (_, stopped) in _stopped) stopped.TrySetResult();
    }

    public async ValueTask Reached(CompletionStep step)
    {
        if (!_armed.TryRemove(step, out var tag)) return;
        var stopped = _stopped[tag] = new TaskCompletionSource();
        Console.WriteLine($"stopped {tag}");
        await stopped.Task;
        Console.WriteLine($"went on {tag}");
    }
}
