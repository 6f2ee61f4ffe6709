using System.Net;
using AiCloud.Probe;
using AiCloud.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_process_is_live_even_when_it_cannot_serve()
    {
        await using var app = await Start(new Check("storage", () => ValueTask.FromResult(false)));
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/health/live")).StatusCode);
        var problem = await (await app.Get("/health/ready")).Problem(503, "unavailable");
        Assert.Equal("storage", problem.GetProperty("failing")[0].GetString());
    }

    [Fact]
    public async Task It_is_ready_when_every_check_says_so()
    {
        await using var app = await Start(new Check("storage", () => ValueTask.FromResult(true)), new Check("cluster", () => ValueTask.FromResult(true)));
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Send(HttpMethod.Head, "/health/ready", null)).StatusCode);
    }

    [Fact]
    public async Task A_check_that_throws_or_hangs_is_not_ready_and_tells_no_secret()
    {
        await using var app = await Start(
            new Check("throws", () => throw new InvalidOperationException("secret")),
            new Check("hangs", () => new(new TaskCompletionSource<bool>().Task)),
            new Check("works", () => ValueTask.FromResult(true)));
        var problem = await (await app.Get("/health/ready")).Problem(503, "unavailable");
        Assert.Equal(["throws", "hangs"], problem.GetProperty("failing").EnumerateArray().Select(name => name.GetString()!));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_probes_cost_one_check()
    {
        var asked = 0;
        await using var app = await Start(new Check("storage", () => ValueTask.FromResult(Interlocked.Increment(ref asked) > 0)));
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Get("/health/ready")));
        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_is_known_at_once_is_never_an_old_answer()
    {
        var works = true;
        await using var app = await Start(new Check("storage", () => ValueTask.FromResult(true)), new Check("known", () => ValueTask.FromResult(works)) { IsKnownAtOnce = true });
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/health/ready")).StatusCode);
        works = false;
        Assert.Equal("known", (await (await app.Get("/health/ready")).Problem(503, "unavailable")).GetProperty("failing")[0].GetString());
        works = true;
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/health/ready")).StatusCode);
    }

    private static Task<ProbeApp> Start(params IReadinessCheck[] checks) => ProbeApp.Start(
        services: services =>
        {
            foreach (var check in checks) services.AddSingleton(check);
        },
        settings: [("AiCloud:Health:KeepResult", "00:01:00"), ("AiCloud:Health:LongestCheck", "00:00:00.200")]);

    private sealed class Check(string name, Func<ValueTask<bool>> answer) : IReadinessCheck
    {
        public string Name => name;

        public bool IsKnownAtOnce { get; init; }

        public ValueTask<bool> IsReady(CancellationToken cancelled) => answer();
    }
}
