using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AiCloud.Running;

/// <summary>A process under test. It ends with the test, and with the test's own process.</summary>
internal sealed class Child : IAsyncDisposable
{
    // Only what has failed waits so long; nine processes that start at once on two slow cores take most of a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly ConcurrentDictionary<Child, byte> Living = new();
    private readonly Process _process;
    private readonly List<string> _output = [], _error = [];
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Found)> _awaited = [];

    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Living.Keys) child.Kill();
    };

    private readonly bool _first;

    private Child(Process process, bool first) => (_process, _first) = (process, first);

    public IReadOnlyList<string> Output { get { lock (_output) return [.. _output]; } }

    public IReadOnlyList<string> Error { get { lock (_output) return [.. _error]; } }

    public bool Lives => !_process.HasExited;

    public int Id => _process.Id;

    /// <summary>
    /// Starts a program, by its path or as one that lies beside this assembly, with these settings and none of the machine's; as a user of its own
    /// when one is given; <paramref name="first"/>: as the first process of its own namespace, as in a container.
    /// </summary>
    public static Child Start(string program, string[] arguments, IEnumerable<KeyValuePair<string, string>> settings, int? user = null, bool first = false)
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments];
        if (user is { } id) command = ["setpriv", string.Create(CultureInfo.InvariantCulture, $"--reuid={id}"), string.Create(CultureInfo.InvariantCulture, $"--regid={id}"), "--clear-groups", .. command];
        if (first) command = ["unshare", "--pid", "--fork", "--kill-child", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);
        // It lives for seconds: what profiles cost it, it never earns back.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start }, first);
        child._process.OutputDataReceived += (_, line) => child.Heard(child._output, line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Heard(child._error, line.Data);
        child._process.Start();
        Living[child] = 0;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>One line at a time: several contests talk to one process at once, and a stream writer loses lines to its second user.</summary>
    public void Say(string line)
    {
        lock (_process)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
    }

    /// <summary>The first line that matches, of those written and those to come.</summary>
    public Task<string> Line(Func<string, bool> match)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.FirstOrDefault(match) is { } line) return Task.FromResult(line);
            _awaited.Add((match, found));
        }
        return Within(found.Task, Patience);
    }

    public Task<string> Line(string start) => Line(line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Arms a step and acts, as often as it takes until somebody stands there; then what the act comes to.</summary>
    public async Task<Task<Reply>> StopAt(string order, string tag, Func<Task<Reply>> act)
    {
        Say($"{order} {tag}");
        await Line($"armed {tag}");
        var stopped = Line($"stopped {tag}");
        var acting = Api.Until(act, reply => stopped.IsCompleted || reply.Status != 503, tag);
        await stopped;
        return acting;
    }

    /// <summary>The exit code.</summary>
    public async Task<int> Exit()
    {
        var ended = _process.WaitForExitAsync(); // which also waits for its output to end: something else may hold that open
        await Within(Task.WhenAny(ended, Gone()).ContinueWith(_ => "", TaskScheduler.Default), Patience, ends: true);
        return _process.ExitCode;

        async Task Gone()
        {
            while (!_process.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(15)));
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        Living.TryRemove(this, out _);
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task Stop()
    {
        await Terminate();
        await Exit();
    }

    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public override string ToString() => $"output:\n{string.Join('\n', Output.TakeLast(60))}\nerror:\n{string.Join('\n', Error.TakeLast(60))}";

    private static bool IsSetting(string name) =>
        new[] { "AiCloud__", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "KUBERNETES_", "Logging__", "Kestrel__", "PROCESSHOST_", "OTEL_" }
            .Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Asks it to end, and does not wait.</summary>
    public Task Terminate() => Signal("TERM");

    private async Task Signal(string signal)
    {
        // Who made the namespace only waits for whoever is the first in it.
        var whom = _first ? (await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task/{_process.Id}/children"))).Trim() : _process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {whom}"]);
        await kill.WaitForExitAsync();
    }

    private void Heard(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            lines.Add(line);
            if (!ReferenceEquals(lines, _output)) return;
            foreach (var awaited in _awaited.Where(awaited => awaited.Match(line)).ToArray())
            {
                _awaited.Remove(awaited);
                awaited.Found.TrySetResult(line);
            }
        }
    }

    private async Task<string> Within(Task<string> task, TimeSpan patience, bool ends = false)
    {
        using var over = new CancellationTokenSource();
        var gone = ends ? Task.Delay(Timeout.Infinite, over.Token) : _process.WaitForExitAsync(over.Token);
        var first = await Task.WhenAny(task, gone, Task.Delay(patience, over.Token));
        await over.CancelAsync();
        if (first == task || task.IsCompleted) return await task;
        throw new InvalidOperationException($"{(first == gone ? "The process ended" : "Nothing came in time")}. {this}");
    }
}
