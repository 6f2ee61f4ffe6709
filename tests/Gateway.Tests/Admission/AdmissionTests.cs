using System.Net;
using AiCloud.Probe;
using AiCloud.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiCloud.Admission;

public sealed class AdmissionTests : IDisposable
{
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly SemaphoreSlim entered = new(0);
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_full_process_answers_busy_at_once_and_is_alive_meanwhile()
    {
        await using var app = await Start(queued: 0);
        var running = await Fill(app);
        var refused = await app.Get("/slow");
        await refused.Problem(503, "busy");
        Assert.Equal(TimeSpan.FromSeconds(7), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/problems/busy")).StatusCode);
        await (await app.Get("/nothing")).Problem(404, "not_found");
        gate.SetResult();
        Assert.All(await Task.WhenAll(running), reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/slow")).StatusCode);
    }

    [Fact]
    public async Task Who_waits_in_the_bounded_queue_is_served_when_a_place_is_free()
    {
        await using var app = await Start(queued: 1, wait: "00:00:10");
        var running = await Fill(app);
        var waiting = Enumerable.Range(0, Cores).Select(_ => app.Get("/slow")).ToArray();
        // One more than the queue holds is refused at once: whichever of these comes last.
        var oneMore = app.Get("/slow");
        var first = await Task.WhenAny([.. waiting, oneMore]);
        await (await first).Problem(503, "busy");
        gate.SetResult();
        var replies = await Task.WhenAll([.. running, .. waiting, oneMore]);
        Assert.Equal(2 * Cores, replies.Count(reply => reply.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_longest_wait()
    {
        await using var app = await Start(queued: 1, wait: "00:00:00.050");
        var running = await Fill(app);
        await (await app.Get("/slow")).Problem(503, "busy");
        gate.SetResult();
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task A_request_that_runs_too_long_ends_as_unavailable_and_gives_its_place_back()
    {
        await using var app = await Start(queued: 0, timeout: "00:00:00.100");
        foreach (var _ in Enumerable.Range(0, Cores + 1)) await (await app.Get("/hangs")).Problem(503, "unavailable");
    }

    [Fact]
    public async Task A_client_that_hangs_up_gives_its_place_back()
    {
        await using var app = await Start(queued: 1, wait: "00:00:10"); // the server notices a little later than the client
        foreach (var _ in Enumerable.Range(0, Cores))
        {
            using var impatient = new CancellationTokenSource();
            var call = app.Client.GetAsync("/hangs", impatient.Token);
            await entered.WaitAsync();
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await entered.WaitAsync(); // left
        }

        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/slow")).StatusCode);
    }

    public void Dispose() => entered.Dispose();

    private async Task<Task<HttpResponseMessage>[]> Fill(ProbeApp app)
    {
        var running = Enumerable.Range(0, Cores).Select(_ => app.Get("/slow")).ToArray();
        for (var i = 0; i < Cores; i++) await entered.WaitAsync();
        return running;
    }

    private Task<ProbeApp> Start(int queued, string wait = "00:00:00.500", string timeout = "00:00:30") => ProbeApp.Start(
        app =>
        {
            app.MapGet("/slow", async () =>
            {
                entered.Release();
                await gate.Task;
            });
            app.MapGet("/hangs", async (HttpContext context) =>
            {
                entered.Release();
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    entered.Release();
                }
            });
        },
        settings:
        [
            ("AiCloud:Admission:ConcurrentPerCore", "1"), ("AiCloud:Admission:QueuedPerCore", $"{queued}"), ("AiCloud:Admission:LongestWait", wait),
            ("AiCloud:Admission:RetryAfter", "00:00:07"), ("AiCloud:Admission:RequestTimeout", timeout),
        ]);
}
