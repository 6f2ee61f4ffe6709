using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Services;

namespace AiCloud.Registration;

/// <summary>Registering for a type of service: the attempt carries it and says what is asked now and what later, each with purpose and ground (C2.1e, L-01).</summary>
public sealed class ChosenServiceTests(ServiceGateway services) : IClassFixture<ServiceGateway>
{
    private static readonly (string, string) English = ("Accept-Language", "en");

    private LiveGateway Gateway => services.Gateway;

    [Theory]
    [InlineData("by-phone", "phone", "", "phone")]
    [InlineData("by-phone", "email", "phone", "")]
    [InlineData("by-email", "phone", "email", "")]
    [InlineData("identified", "phone", "", "identified")]
    [InlineData("identified", "email", "identified", "")]
    [InlineData("by-contact", "email", "", "contact")]
    [InlineData("named", "phone", "real_name", "")]
    [InlineData("adults", "email", "", "adult")]
    [InlineData("families", "email", "", "adult_or_guardian")]
    [InlineData("unrestricted", "email", "", "")]
    [InlineData("open", "phone", "", "")]
    public async Task L_01_the_answer_says_what_registering_meets_and_what_is_given_later(string service, string method, string later, string met)
    {
        var started = await Start(Visitor.By(Gateway, method), service);
        Assert.Equal(service, started.Json.GetProperty("service").GetProperty("id").GetString());
        Assert.Equal(later, string.Join(',', Words(started.Json.GetProperty("service").GetProperty("later"))));
        Assert.Equal(met, string.Join(',', started.Json.GetProperty("asks").EnumerateArray().SelectMany(field => Words(field.GetProperty("serves")))));
        Assert.Equal([method, "password", "birthDate"], Fields(started));
        Assert.All(started.Json.GetProperty("asks").EnumerateArray(), field => Assert.True(field.GetProperty("required").GetBoolean()));
    }

    [Fact]
    public async Task L_01_every_field_has_a_purpose_and_a_ground_in_both_languages()
    {
        var person = Visitor.ByEmail(Gateway);
        (await person.Start()).Is(201);
        foreach (var (language, purpose) in new[] { ("en", "To check the age for registering (16 or older) and whether a guardian is needed"), ("zh-CN", "核对注册年龄（须年满 16 周岁），并判断是否需要监护人") })
        {
            var view = (await Gateway.Get(person.Path, person.Token, ("Accept-Language", language))).Is(200);
            Assert.Equal(["email", "password", "birthDate", "displayName"], Fields(view)); // a name to show is offered, and needed by nobody
            var fields = view.Json.GetProperty("asks").EnumerateArray().ToArray();
            Assert.All(fields, field => Assert.NotEmpty(field.GetProperty("purpose").GetString()! + field.GetProperty("ground").GetString()));
            Assert.Equal(purpose, fields[2].GetProperty("purpose").GetString());
            Assert.Equal([true, true, true, false], fields.Select(field => field.GetProperty("required").GetBoolean()));
            Assert.False(view.Json.TryGetProperty("service", out _));
        }
    }

    [Fact]
    public async Task The_attempt_carries_the_service_until_it_is_complete()
    {
        var person = Visitor.ByEmail(Gateway);
        var started = await Start(person, "named");
        var (path, token) = ($"/v1/registrations/{started["id"]}", started["token"]);
        var verified = (await Gateway.Post($"{path}/verification", new { code = await Gateway.Code(person.Contact) }, token, English)).Is(200);
        foreach (var view in new[] { verified, (await Gateway.Get(path, token, English)).Is(200) })
        {
            Assert.Equal("Why", view.Json.GetProperty("service").GetProperty("needs")[0].GetProperty("purpose").GetString());
            Assert.Equal("real_name", Assert.Single(Words(view.Json.GetProperty("service").GetProperty("later"))));
        }
        (await Gateway.Post($"{path}/completion", person.CompletionBody(), token)).Is(201);
        var over = (await Gateway.Get(path, token)).Is(200);
        Assert.False(over.Json.TryGetProperty("service", out _));
        Assert.Empty(over.Json.GetProperty("asks").EnumerateArray());
    }

    [Fact]
    public async Task A_service_that_nobody_described_is_refused_by_name_and_costs_nothing()
    {
        var person = Visitor.ByEmail(Gateway);
        var key = Visitor.Key();
        var refused = await (await Gateway.Post("/v1/registrations", Body(person, "no-such-type"), null, key)).Problem(422, "invalid");
        Assert.Contains("/service unknown_value", refused.Errors());
        Assert.Empty(await Gateway.Codes(person.Contact));
        (await Gateway.Post("/v1/registrations", Body(person, null), null, key)).Is(201); // the key and the contact are as they were
        await Gateway.Code(person.Contact);
        Assert.Single(await Gateway.Codes(person.Contact));
    }

    private async Task<Reply> Start(Visitor person, string service) => (await Gateway.Post("/v1/registrations", Body(person, service), null, English)).Is(201);

    private static System.Text.Json.Nodes.JsonObject Body(Visitor person, string? service)
    {
        var body = person.StartBody.ToJson();
        if (service is not null) body["service"] = service;
        return body;
    }

    private static string[] Fields(Reply reply) => [.. reply.Json.GetProperty("asks").EnumerateArray().Select(field => field.GetProperty("field").GetString()!)];

    private static IEnumerable<string> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString()!);
}
