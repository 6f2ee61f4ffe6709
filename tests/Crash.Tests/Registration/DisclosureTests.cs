using System.Globalization;
using System.Text.Json.Nodes;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

/// <summary>The attacker holds a list of contacts and asks which of them have an account.</summary>
public sealed class DisclosureTests
{
    // Different only where the answer masks them.
    private const string Known = "+8613811110042", Unknown = "+8613822220042";

    [Fact]
    public async Task No_reply_tells_whether_a_contact_has_an_account()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.Sqlite, settings: [("AiCloud__Registration__ResendAfter", "00:01:00"), ("AiCloud__Identifiers__CoolDown", "00:02:00")]);
        var api = new Api(deployment);
        // Both were asked for a moment ago; one person completed, the other did not.
        await new Attempt(api, Unknown).Start();
        var owner = new Attempt(api, Known);
        await owner.Register();

        for (var round = 0; round < 2; round++) // both within the cool-down: between two calls no message may fall due
        {
            var (known, unknown) = (new Attempt(api, Known), new Attempt(api, Unknown));
            var (one, other) = (await known.Start(), await unknown.Start());
            Assert.Equal(Shape(one), Shape(other));
            Assert.Equal(Shape(await View(api, known)), Shape(await View(api, unknown)));
            for (var wrong = 0; wrong < 7; wrong++) // beyond the tries of one code
                Assert.Equal(Shape(await known.VerifyOnce("no code", Attempt.NewKey())), Shape(await unknown.VerifyOnce("no code", Attempt.NewKey())));
            Assert.Equal(Shape(await known.CompleteOnce()), Shape(await unknown.CompleteOnce()));
            Assert.Equal(Shape(await Resend(api, known)), Shape(await Resend(api, unknown)));
        }

        for (var guess = 0; guess < 12; guess++) // beyond what one network may fail
        {
            var (one, other) = (await SignIn(api, Known), await SignIn(api, Unknown));
            Assert.Equal(Shape(one), Shape(other));
            Assert.Equal(guess < 10 ? "credentials_wrong" : "too_many_attempts", one.Code);
        }
        Assert.Equal(Shape(await SignIn(api, "not a contact")), Shape(await SignIn(api, "neither is this")));
    }

    private static Task<Reply> View(Api api, Attempt person) => api.Send(HttpMethod.Get, $"/v1/registrations/{person.Id}", token: person.Token);

    private static Task<Reply> Resend(Api api, Attempt person) => api.Send(HttpMethod.Post, $"/v1/registrations/{person.Id}/code", token: person.Token, key: Attempt.NewKey());

    private static Task<Reply> SignIn(Api api, string identifier) => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier, password = "a guess" }, key: Attempt.NewKey());

    /// <summary>Everything of a reply but the parts that differ from one call to the next anyhow: ids, tokens (their length stays) and times (their distance from now stays).</summary>
    private static string Shape(Reply reply)
    {
        var message = reply.Message!;
        var now = message.Headers.Date!.Value;
        var headers = message.Headers.Concat(message.Content.Headers)
            .Select(header => $"{header.Key}: {(header.Key switch
            {
                "Date" or "Content-Length" => "",
                "Location" => new string('x', string.Concat(header.Value).Length),
                "Retry-After" or "RateLimit" => Seconds(string.Concat(header.Value)),
                _ => string.Join(", ", header.Value),
            })}");
        return $"{reply.Status}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}\n{Masked(reply.Body, now)}";
    }

    // A second may pass between two calls.
    private static string Seconds(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? '0' : c));

    private static string Masked(JsonNode? node, DateTimeOffset now) => node switch
    {
        JsonObject members => "{" + string.Join(", ", members.Select(member => $"{member.Key}: {Masked(member.Key, member.Value, Since(member.Key, members, now))}")) + "}",
        JsonArray items => "[" + string.Join(", ", items.Select(item => Masked(item, now))) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static string Masked(string name, JsonNode? value, DateTimeOffset now)
    {
        if (name is "id" or "token" or "traceId") return new string('x', value?.GetValue<string>().Length ?? 0);
        if (!name.EndsWith("At", StringComparison.Ordinal) || value is null) return Masked(value, now);
        return $"after {Math.Round((Time(value) - now).TotalMinutes)} min";
    }

    // The code's times follow from the instant of its message, which another start may have put off by some seconds.
    private static DateTimeOffset Since(string name, JsonObject members, DateTimeOffset now) =>
        name is "codeExpiresAt" or "resendAllowedAt" && members["sendsAt"] is { } sends ? Time(sends) : now;

    private static DateTimeOffset Time(JsonNode value) => DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture);
}
