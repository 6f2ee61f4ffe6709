using System.Net;
using AiCloud.Probe;
using AiCloud.Problems;
using AiCloud.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AiCloud.Admission;

/// <summary>A database that reads and takes no writes: whoever reads is served, whoever writes is told at once and not after a password was hashed for nothing.</summary>
public sealed class OutageOfWritesTests
{
    private readonly FakeTimeProvider _clock = new();
    private string _fault = "53100";
    private int _writes;

    [Theory, InlineData("53100"), InlineData("25006")]
    public async Task Once_a_write_was_refused_for_want_of_room_or_by_a_copy_no_other_is_tried_for_a_second(string fault)
    {
        _fault = fault;
        await using var app = await Start();
        await (await app.Post("/write", "{}")).Problem(503, "unavailable");
        for (var i = 0; i < 3; i++)
        {
            var refused = await app.Post("/write", "{}");
            await refused.Problem(503, "unavailable");
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        }
        Assert.Equal(1, _writes);
        Assert.Equal(HttpStatusCode.OK, (await app.Get("/read")).StatusCode);

        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        await (await app.Post("/write", "{}")).Problem(503, "unavailable");
        Assert.Equal(1, _writes);
        _clock.Advance(TimeSpan.FromTicks(1));
        _fault = "";
        Assert.Equal(HttpStatusCode.OK, (await app.Post("/write", "{}")).StatusCode);
    }

    [Fact]
    public async Task A_failure_that_may_not_come_again_stops_nobody_else()
    {
        _fault = "57P01";
        await using var app = await Start();
        for (var i = 0; i < 3; i++) await (await app.Post("/write", "{}")).Problem(503, "unavailable");
        Assert.Equal(3, _writes);
    }

    private Task<ProbeApp> Start() => ProbeApp.Start(app =>
    {
        app.MapGet("/read", () => TypedResults.Ok());
        app.MapPost("/write", () =>
        {
            _writes++;
            return _fault.Length == 0 ? TypedResults.Ok() : throw new StorageFailedException(_fault);
        });
    }, services => services.AddSingleton<TimeProvider>(_clock));
}
