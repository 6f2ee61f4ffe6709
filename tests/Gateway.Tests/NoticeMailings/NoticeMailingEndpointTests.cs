using AiCloud.Documents;
using AiCloud.Live;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.NoticeMailings;

/// <summary>Telling every account by message, over HTTP (C2.5b).</summary>
public sealed class NoticeMailingEndpointTests(Publisher publisher) : IClassFixture<Publisher>
{
    private const string Alpha = Publisher.Alpha, Beta = Publisher.Beta;

    private LiveGateway Gateway => publisher.Gateway;

    [Fact]
    public async Task Every_account_is_told_once_and_the_progress_can_be_watched__C2_5b()
    {
        var person = Visitor.ByEmail(Gateway);
        await person.Registered();
        await Listed();
        var path = await Announced();
        await (await Gateway.Get(path, Alpha)).Problem(404, "not_found"); // nobody began
        var begun = (await Gateway.Post(path, new { perSecond = 500 }, Beta)).Is(202);
        Assert.Equal("500", begun["perSecond"]);
        var end = await Until(path, "finished");
        Assert.True(end.Json.GetProperty("told").GetInt64() >= 1, end.Text);
        Assert.Equal("0", end["failed"]);
        // Beginning again tells nobody twice.
        Assert.Equal(end["told"], (await Gateway.Post(path, new { }, Beta)).Is(202)["told"]);
    }

    [Fact]
    public async Task A_mailing_is_paused_paced_and_gone_on_with()
    {
        await Visitor.ByEmail(Gateway).Registered();
        await Listed();
        var path = await Announced();
        (await Gateway.Post(path, new { perSecond = 1 }, Beta)).Is(202);
        Assert.Equal("paused", (await Gateway.Send(HttpMethod.Patch, path, new { paused = true }, Beta)).Is(200)["state"]);
        Assert.Equal(("paused", "7"), ((await Gateway.Send(HttpMethod.Patch, path, new { perSecond = 7 }, Beta)).Is(200)["state"], (await Gateway.Get(path, Alpha)).Is(200)["perSecond"]));
        Assert.Equal("running", (await Gateway.Send(HttpMethod.Patch, path, new { paused = false, perSecond = 500 }, Beta)).Is(200)["state"]);
        await Until(path, "finished");
    }

    [Fact]
    public async Task Nobody_is_told_of_a_draft_or_of_what_is_in_force_or_of_nothing()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        await (await Gateway.Post($"{Publisher.Versions(kind)}/1.1/notices", new { }, Beta)).Problem(404, "not_found");
        await (await Gateway.Post($"{Publisher.Versions(kind)}/1.0/notices", new { }, Beta)).Problem(409, "already_in_force");
        foreach (var nothing in new[] { "unknown/versions/1.0", $"{kind}/versions/a~b" })
        {
            await (await Gateway.Post($"/v1/staff/documents/{nothing}/notices", new { }, Beta)).Problem(404, "not_found");
            await (await Gateway.Get($"/v1/staff/documents/{nothing}/notices", Beta)).Problem(404, "not_found");
            await (await Gateway.Send(HttpMethod.Patch, $"/v1/staff/documents/{nothing}/notices", new { paused = true }, Beta)).Problem(404, "not_found");
        }
    }

    [Theory, InlineData(0), InlineData(501)]
    public async Task A_pace_has_bounds(int perSecond)
    {
        var path = await Announced();
        await (await Gateway.Post(path, new { perSecond }, Beta)).Problem(422, "invalid");
        await (await Gateway.Send(HttpMethod.Patch, path, new { perSecond }, Beta)).Problem(422, "invalid");
        await (await Gateway.Get(path, Alpha)).Problem(404, "not_found");
    }

    private async Task<string> Announced()
    {
        var kind = await publisher.Kind();
        (await publisher.Draft(kind, Publisher.Body("1.1"))).Is(201);
        (await publisher.Announce(kind, "1.1")).Is(200);
        return $"{Publisher.Versions(kind)}/1.1/notices";
    }

    private async Task<Reply> Until(string path, string state)
    {
        for (var tries = 0; ; tries++)
        {
            var reply = (await Gateway.Get(path, Alpha)).Is(200);
            if (reply["state"] == state) return reply;
            Assert.True(tries < 400, reply.Text);
            await Task.Delay(50);
        }
    }

    // The directory is filled in batches, a moment after an account is open.
    private async Task Listed()
    {
        for (var tries = 0; await Count() == 0; tries++)
        {
            Assert.True(tries < 400, "The account was not listed.");
            await Task.Delay(50);
        }

        // A connection of its own each time: who holds one holds up everybody who writes (SQLite).
        async Task<long> Count()
        {
            await using var connection = await Gateway.Services.GetRequiredService<Database>().State.OpenConnectionAsync();
            return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM directory");
        }
    }
}
