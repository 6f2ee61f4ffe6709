using AiCloud.Live;
using AiCloud.Passwords;
using AiCloud.Probe;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Registration;

/// <summary>A full hashing queue turns people away at once, and costs them nothing.</summary>
public sealed class BusyTests
{
    [Fact]
    public async Task When_too_many_passwords_wait_a_completion_is_told_when_to_come_back_and_is_not_burnt()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Passwords:Threads", "1"), ("AiCloud:Passwords:QueueLength", "1"));
        var (person, member) = (await Visitor.ByPhone(gateway).Verified(), Visitor.ByEmail(gateway));
        await member.Registered();
        using var gate = new ManualResetEventSlim();
        var queue = gateway.Services.GetRequiredService<HashingQueue>();
        var flood = Enumerable.Range(0, 2).Select(_ => queue.TryRun(() => { gate.Wait(); return true; })!).ToArray();

        var key = Visitor.Key();
        var (completing, signingIn) = (await person.Complete(null, key), await member.SignIn());
        foreach (var busy in new[] { completing, signingIn })
        {
            await busy.Problem(503, "busy");
            Assert.NotNull(busy.Header("Retry-After"));
        }
        Assert.Equal("verified", (await gateway.Get(person.Path, person.Token)).Is(200)["state"]);

        gate.Set();
        await Task.WhenAll(flood);
        (await person.Complete(null, key)).Is(201);
        (await member.SignIn()).Is(201);
    }

    [Fact]
    public async Task A_completion_whose_caller_hung_up_while_waiting_can_be_repeated_at_once()
    {
        await using var gateway = await LiveGateway.Start(("AiCloud:Passwords:Threads", "1"), ("AiCloud:Passwords:QueueLength", "8"));
        var person = await Visitor.ByPhone(gateway).Verified();
        using var gate = new ManualResetEventSlim();
        var blocking = gateway.Services.GetRequiredService<HashingQueue>().TryRun(() => { gate.Wait(); return true; })!;
        var key = Visitor.Key();
        using var hangsUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{person.Path}/completion")
        {
            Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(person.CompletionBody(), LiveGateway.Web), System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "Authorization", $"Bearer {person.Token}" }, { key.Name, key.Value } },
        };
        var abandoned = gateway.Client.SendAsync(request, hangsUp.Token);
        // Refused for its declarations unless another completion is under way: it looks without taking the place.
        var looking = person.CompletionBody().ToJson();
        looking["declarations"]!["information"] = false;
        while ((await person.Complete(looking, Visitor.Key())).Status != 409) Assert.False(abandoned.IsCompleted);
        await hangsUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        gate.Set();
        await blocking;

        Reply repeated;
        for (var tries = 0; (repeated = await person.Complete(null, key)).Status == 409 && tries < 400; tries++) await Task.Delay(50);
        repeated.Is(201);
    }
}
