using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Staff;

namespace AiCloud.Services;

/// <summary>The end of a token by itself, on a gateway whose clock a test holds.</summary>
public sealed class ServiceTokenExpiryTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    [Fact]
    public async Task A_token_works_until_its_instant_and_not_at_it()
    {
        var gateway = staff.Gateway;
        var service = await ServiceCaller.Approved(gateway, "object-storage");
        var issued = (await gateway.Post($"{service.Path}/tokens", new { days = 1 }, StaffGateway.Alpha)).Is(201);
        await ServiceCaller.Until(gateway, "object-storage", issued["token"], works: true);
        var end = issued.Json.GetProperty("expiresAt").GetDateTimeOffset();
        gateway.Clock.Hold(end.AddMilliseconds(-1));
        await (await Ask(issued["token"])).Problem(404, "account_unknown");
        gateway.Clock.Hold(end.AddMilliseconds(1)); // the wire shows whole milliseconds
        await (await Ask(issued["token"])).Problem(404, "not_found");
        gateway.Clock.GoOn();

        Task<Reply> Ask(string token) => ServiceCaller.Ask(gateway, token, "object-storage", Guid.CreateVersion7().ToString());
    }
}
