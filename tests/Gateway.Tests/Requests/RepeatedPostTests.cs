using System.Text.RegularExpressions;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Requests;

/// <summary>Every POST of the OpenAPI document honours Idempotency-Key (API.md, General). A new one is rehearsed in <see cref="RehearsedPost"/>.</summary>
[Collection(MovingClock.Name)]
public sealed partial class RepeatedPostTests(SharedGateways gateways)
{
    public static TheoryData<string> Posts => [.. RehearsedPost.All.Select(post => post.OperationId)];

    [Fact]
    public async Task Every_POST_of_the_document_takes_a_key_says_how_it_is_refused_and_is_rehearsed()
    {
        var paths = (await (await gateways.Moving).Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        var posts = paths.EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _)).Select(path => path.Value.GetProperty("post")).ToArray();
        Assert.Equal(posts.Select(post => post.GetProperty("operationId").GetString()!).Order(StringComparer.Ordinal), RehearsedPost.All.Select(post => post.OperationId).Order(StringComparer.Ordinal));
        foreach (var post in posts)
        {
            Assert.Contains(post.GetProperty("parameters").EnumerateArray(), parameter => parameter.TryGetProperty("name", out var name) && name.GetString() == IdempotencyKey.Header);
            foreach (var (status, code) in new[] { ("422", "idempotency_key_reused"), ("409", "idempotency_in_progress") })
                Assert.True(post.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/problem+json").GetProperty("examples").TryGetProperty(code, out _));
        }
    }

    [Theory, MemberData(nameof(Posts))]
    public async Task The_same_key_and_body_have_the_same_outcome_and_another_body_is_refused(string operationId)
    {
        var post = RehearsedPost.All.Single(post => post.OperationId == operationId);
        var gateway = await (post.ByStaff ? gateways.Staffed : gateways.Moving);
        var call = await post.Prepare(gateway);
        var key = Visitor.Key();
        var first = (await gateway.Post(call.Path, call.Body, call.Token, key)).Is(post.Success);
        var repeated = (await gateway.Post(call.Path, call.Body, call.Token, key)).Is(post.Success);
        Assert.Equal(Lasting(post, first), Lasting(post, repeated));
        if (call.Other is not null) await (await gateway.Post(call.Path, call.Other, call.Token, key)).Problem(422, "idempotency_key_reused");
        Assert.Equal(Lasting(post, first), Lasting(post, (await gateway.Post(call.Path, call.Body, call.Token, key)).Is(post.Success)));
    }

    [Theory, MemberData(nameof(Posts))]
    public async Task Of_eight_at_once_with_one_key_each_has_the_one_outcome_or_hears_that_the_first_is_running(string operationId)
    {
        var post = RehearsedPost.All.Single(post => post.OperationId == operationId);
        var gateway = await (post.ByStaff ? gateways.Staffed : gateways.Moving);
        var call = await post.Prepare(gateway);
        var key = Visitor.Key();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gateway.Post(call.Path, call.Body, call.Token, key)));
        foreach (var waiting in replies.Where(reply => reply.Status != post.Success))
        {
            await waiting.Problem(409, "idempotency_in_progress");
            Assert.NotNull(waiting.Header("Retry-After"));
        }
        Assert.Single(replies.Where(reply => reply.Status == post.Success).Select(reply => Lasting(post, reply)).Distinct());
        Assert.Equal(Lasting(post, replies.First(reply => reply.Status == post.Success)), Lasting(post, (await gateway.Post(call.Path, call.Body, call.Token, key)).Is(post.Success)));
    }

    // A session's token is told anew, and what the channel says of a message may come a moment later.
    private static string Lasting(RehearsedPost post, Reply reply) =>
        post.Kept.Length > 0 ? string.Join(' ', post.Kept.Select(member => reply[member]))
        : post.GoesOn ? $"{reply["startedAt"]} {reply["startedBy"]} {reply["perSecond"]}" : Changing().Replace(reply.Text, "\"$1\":\"\"");

    [GeneratedRegex("\"(token|expiresAt|delivery)\":\"[^\"]*\"")]
    private static partial Regex Changing();
}
