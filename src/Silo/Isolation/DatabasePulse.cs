using AiCloud.Health;
using AiCloud.Storage;

namespace AiCloud.Isolation;

/// <summary>One question at a time: a network that swallows packets must not eat up the connections of membership.</summary>
internal sealed class DatabasePulse(Database database) : IDatabasePulse
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), LongestQuestion = TimeSpan.FromSeconds(5);
    private readonly StorageReadiness _storage = new(database);
    private readonly Lock _one = new();
    private Task<bool>? _asked;

    public async Task<bool> Answers(CancellationToken cancellation)
    {
        Task<bool> asked;
        lock (_one) asked = _asked = _asked is { IsCompleted: false } waiting ? waiting : Ask();
        return await Task.WhenAny(asked, Task.Delay(Patience, cancellation)) == asked && await asked;
    }

    private async Task<bool> Ask()
    {
        using var limit = new CancellationTokenSource(LongestQuestion);
        try
        {
            return await _storage.IsReady(limit.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return false;
        }
    }
}
