using System.Diagnostics;
using AiCloud.Live;
using AiCloud.Staff;

namespace AiCloud.Switches;

/// <summary>Switches over HTTP: who may, what they stop, and that nothing else stops.</summary>
public sealed class SwitchEndpointsTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    private static readonly TimeSpan Everywhere = TimeSpan.FromSeconds(5);

    private LiveGateway Gateway => staff.Gateway;

    [Fact]
    public async Task Starts_stop_within_five_seconds_and_what_was_begun_goes_on_and_all_of_it_is_in_the_audit()
    {
        var begun = Visitor.ByPhone(Gateway);
        await begun.Start();
        var thrown = (await Throw("starts")).Is(200);
        Assert.Equal(("starts", "true", "incident"), (thrown["name"], thrown["active"], thrown["reason"]));
        var refused = await Within(() => Visitor.ByPhone(Gateway).Start(), 503);
        await refused.Problem(503, "registrations_paused");
        (await begun.Answer(await Gateway.Code(begun.Contact))).Is(200);
        Assert.Contains("aicloud_switch_active{", (await Gateway.Get("/metrics")).Text, StringComparison.Ordinal);
        Assert.Equal("starts", (await Gateway.Get("/v1/staff/switches", StaffGateway.Alpha)).Is(200).Json[0].GetProperty("name").GetString());

        (await TakeBack("starts")).Is(200);
        await Within(() => Visitor.ByPhone(Gateway).Start(), 201);
        Assert.Equal("false", (await Gateway.Get("/v1/staff/switches/starts", StaffGateway.Alpha)).Is(200)["active"]);
        var audit = await staff.Audit();
        foreach (var action in new[] { "switch.throw", "switch.take-back" }) Assert.Contains(audit, entry => entry.Action == action && entry.Target == "starts" && entry.Outcome == "done");
        await (await TakeBack("starts")).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_stop_of_sends_is_told_as_such()
    {
        (await Throw("sends.channel.sms")).Is(200);
        await (await Within(() => Visitor.ByPhone(Gateway).Start(), 503)).Problem(503, "sends_paused");
        (await Visitor.ByEmail(Gateway).Start()).Is(201);
        (await TakeBack("sends.channel.sms")).Is(200);
        await Within(() => Visitor.ByPhone(Gateway).Start(), 201);
    }

    [Fact]
    public async Task Read_only_refuses_every_change_but_its_own_end_and_reading_goes_on()
    {
        var session = await Visitor.ByPhone(Gateway).Registered();
        (await Throw("read-only")).Is(200);
        await Within(() => Visitor.ByPhone(Gateway).Start(), 503);
        foreach (var (method, path, token) in new[] { ("POST", "/v1/registrations", null), ("POST", "/v1/sessions", null), ("DELETE", "/v1/sessions/current", session), ("PATCH", "/v1/account", session), ("POST", "/register", null), ("POST", "/v1/staff/members", StaffGateway.Alpha) })
        {
            var reply = await Gateway.Send(new HttpMethod(method), path, new { }, token);
            Assert.True(reply.Status == 503 && reply.Header("Retry-After") is not null, $"{method} {path}: {reply.Status} {reply.Text}");
        }
        foreach (var path in new[] { "/v1/account", "/v1/documents", "/", "/health/ready" }) (await Gateway.Get(path, path == "/v1/account" ? session : null)).Is(200);
        (await TakeBack("read-only")).Is(200);
        await Within(() => Visitor.ByPhone(Gateway).Start(), 201);
    }

    [Fact]
    public async Task Without_the_role_it_is_forbidden_and_a_wrong_name_or_end_is_said()
    {
        var other = await staff.NewMember("documents.write");
        await (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/starts", Order(), other)).Problem(403, "forbidden");
        await (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/starts", Order(), await Visitor.ByPhone(Gateway).Registered())).Problem(404, "not_found");
        await (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/everything", Order(), StaffGateway.Alpha)).Problem(422, "switch_unknown");
        foreach (var seconds in new[] { 59, 86_401 }) await (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/erasures", Order(seconds), StaffGateway.Alpha)).Problem(422, "invalid");
        (await Gateway.Send(HttpMethod.Put, "/v1/staff/switches/erasures", Order(60), StaffGateway.Alpha)).Is(200);
        (await TakeBack("erasures")).Is(200);
    }

    private static object Order(int seconds = 600) => new { reason = "incident", seconds };

    private Task<Reply> Throw(string name) => Gateway.Send(HttpMethod.Put, $"/v1/staff/switches/{name}", Order(), StaffGateway.Alpha);

    private Task<Reply> TakeBack(string name) => Gateway.Send(HttpMethod.Delete, $"/v1/staff/switches/{name}", null, StaffGateway.Beta);

    private static async Task<Reply> Within(Func<Task<Reply>> ask, int status)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var reply = await ask();
            if (reply.Status == status) return reply;
            Assert.True(since.Elapsed < Everywhere, $"{reply.Status} {reply.Text}");
            await Task.Delay(50);
        }
    }
}
