using System.Text.Json;
using AiCloud.Hosting;
using AiCloud.Running;

[assembly: AssemblyFixture(typeof(StartsInTurn))]

namespace AiCloud.Hosting;

/// <summary>A process that starts the product again and again, one after another: see the host under test's own Starts.</summary>
public sealed class StartsInTurn : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Child? _child;
    private int _number;

    internal async Task<Ended> Try(string program, Dictionary<string, string> settings)
    {
        await _turn.WaitAsync();
        try
        {
            // One that served, or hung, is not asked again.
            if (_child is not { Lives: true })
            {
                if (_child is not null) await _child.DisposeAsync();
                _child = Child.Start("AiCloud.ProcessHost", ["starts"], []);
            }
            var start = $"started {++_number} ";
            _child.Say(JsonSerializer.Serialize(new { Number = _number, Program = program, Settings = settings }));
            try
            {
                return JsonSerializer.Deserialize<Ended>((await _child.Line(start))[start.Length..])!;
            }
            catch
            {
                _child.Kill();
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_child is not null) await _child.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>How a start ended and what it wrote.</summary>
    internal sealed record Ended(int Exit, string[] Output, string[] Error)
    {
        public override string ToString() => $"{Exit}\noutput:\n{string.Join('\n', Output)}\nerror:\n{string.Join('\n', Error)}";
    }
}
