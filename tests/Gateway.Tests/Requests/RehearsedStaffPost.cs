using AiCloud.Documents;
using AiCloud.Live;
using AiCloud.Staff;

namespace AiCloud.Requests;

/// <summary>The POSTs of staff, on a gateway of their own: what they publish is in nobody else's way.</summary>
internal static class RehearsedStaffPost
{
    private const string Alpha = StaffGateway.Alpha, Beta = StaffGateway.Beta;
    private const int Kinds = 16;
    private static int taken;

    public static readonly (string Key, string Value)[] Settings =
        [.. StaffGateway.Settings, .. Enumerable.Range(0, Kinds).Select(i => ($"AiCloud:Documents:AdditionalKinds:{i}", $"rehearsed-{i}"))];

    public static readonly RehearsedPost[] All =
    [
        ByStaff("rotateStaffToken", 201, async gateway => new("/v1/staff/tokens", await StaffGateway.NewMember(gateway, "documents.write"), null, null)),
        // Other halves are another member's, or open nothing.
        ByStaff("activateStaffMember", 201, async gateway => new("/v1/staff/activations", null, await Halves(gateway), null)),
        ByStaff("proposeStaffMember", 202, gateway => Task.FromResult(new RehearsedPost.Call("/v1/staff/members", Alpha, Member("One"), Member("Two")))),
        ByStaff("changeStaffRoles", 202, async gateway =>
        {
            var token = await StaffGateway.NewMember(gateway, "documents.write");
            return new($"/v1/staff/members/{await Id(gateway, token)}/roles", Alpha, new { roles = new[] { "documents.write", "ledger.read" } }, new { roles = new[] { "staff.manage" } });
        }),
        ByStaff("disableStaffMember", 200, async gateway =>
            new($"/v1/staff/members/{await Id(gateway, await StaffGateway.NewMember(gateway, "documents.write"))}/disablement", Alpha, null, null)),
        ByStaff("proposeStaffActivation", 202, async gateway =>
            new($"/v1/staff/members/{await Id(gateway, await StaffGateway.NewMember(gateway, "documents.write"))}/activation", Alpha, null, null)),
        ByStaff("approveStaffProposal", 200, async gateway => new($"/v1/staff/proposals/{(await Propose(gateway))["id"]}/approval", Beta, null, null)),
        ByStaff("rejectStaffProposal", 200, async gateway => new($"/v1/staff/proposals/{(await Propose(gateway))["id"]}/rejection", Beta, null, null)),
        ByStaff("draftDocumentVersion", 201, gateway =>
            Task.FromResult(new RehearsedPost.Call(Publisher.Versions(Kind()), Alpha, Publisher.First("1.0"), Publisher.First("2.0")))),
        ByStaff("announceDocumentVersion", 200, async gateway => new($"{Publisher.Versions(await Drafted(gateway))}/1.0/announcement", Beta, null, null)),
        ByStaff("withdrawDocumentVersion", 202, async gateway => new($"{Publisher.Versions(await Drafted(gateway))}/1.0/withdrawal", Alpha, null, null)),
        ByStaff("proposeServiceClient", 202, gateway => Task.FromResult(new RehearsedPost.Call("/v1/staff/services", Alpha, Service("One"), Service("Two")))),
        ByStaff("approveServiceClient", 200, async gateway =>
            new($"/v1/staff/services/{(await gateway.Post("/v1/staff/services", Service("One"), Alpha)).Is(202)["id"]}/approval", Beta, null, null)),
        ByStaff("endServiceClient", 200, async gateway => new($"{(await Services.ServiceCaller.Approved(gateway, "object-storage")).Path}/end", Alpha, null, null)),
        ByStaff("issueServiceToken", 201, async gateway =>
            new($"{(await Services.ServiceCaller.Approved(gateway, "object-storage")).Path}/tokens", Alpha, new { days = 1 }, new { days = 2 })),
        // Asking twice is asking once: nothing is kept that another body could be told from.
        ByStaff("askEntitlement", 200, async gateway => new("/v1/services/object-storage/entitlements", await Services.ServiceCaller.TokenFor(gateway, "object-storage"),
            new { account = (await gateway.Get("/v1/account", await Visitor.ByPhone(gateway).Registered())).Is(200)["id"], use = true }, null)),
        ByStaff("markFact", 201, async gateway =>
            new($"/v1/staff/accounts/{(await Person(gateway)).Account}/facts/phone/marks", Alpha, new { fault = "false", evidence = "case 1" }, new { fault = "outdated", evidence = "case 1" })),
        ByStaff("withdrawFactMark", 200, async gateway =>
        {
            var (account, _) = await Person(gateway);
            return new($"/v1/staff/accounts/{account}/facts/marks/{await Marked(gateway, account)}/withdrawal", Beta, null, null);
        }),
        ByStaff("answerFactContest", 200, async gateway =>
        {
            var (account, session) = await Person(gateway);
            var mark = await Marked(gateway, account);
            (await gateway.Post($"/v1/account/fact-marks/{mark}/contest", new { words = "No." }, session)).Is(200);
            return new($"/v1/staff/accounts/{account}/facts/marks/{mark}/answer", Beta, new { accepted = false }, new { accepted = true });
        }),
        ByStaff("contestFactMark", 200, async gateway =>
        {
            var (account, session) = await Person(gateway);
            return new($"/v1/account/fact-marks/{await Marked(gateway, account)}/contest", session, new { words = "No." }, new { words = "Yes." });
        }),
        // One mailing for a version, whatever pace a later call names: beginning again changes nothing.
        ByStaff("beginNotices", 202, async gateway =>
        {
            var kind = await Drafted(gateway);
            (await gateway.Post($"{Publisher.Versions(kind)}/1.0/announcement", null, Beta)).Is(200);
            (await gateway.Post(Publisher.Versions(kind), Publisher.Body("1.1").ToJsonString(), Alpha)).Is(201);
            (await gateway.Post($"{Publisher.Versions(kind)}/1.1/announcement", null, Beta)).Is(200);
            return new($"{Publisher.Versions(kind)}/1.1/notices", Beta, new { perSecond = 1 }, null);
        }) with { GoesOn = true },
    ];

    private static RehearsedPost ByStaff(string operationId, int success, Func<LiveGateway, Task<RehearsedPost.Call>> prepare) => new(operationId, success, prepare) { ByStaff = true };

    private static string Kind() => $"rehearsed-{Interlocked.Increment(ref taken) - 1}";

    private static async Task<(string Account, string Session)> Person(LiveGateway gateway)
    {
        var session = await Visitor.ByPhone(gateway).Registered();
        return ((await gateway.Get("/v1/account", session)).Is(200)["id"], session);
    }

    private static async Task<string> Marked(LiveGateway gateway, string account) =>
        (await gateway.Post($"/v1/staff/accounts/{account}/facts/phone/marks", new { fault = "false", evidence = "case 1" }, Alpha)).Is(201)["id"];

    private static object Service(string name) => new { name, types = new[] { "object-storage" } };

    private static object Member(string name) => new { name, roles = new[] { "documents.write" } };

    private static async Task<Reply> Propose(LiveGateway gateway) => (await gateway.Post("/v1/staff/members", Member("Somebody"), Alpha)).Is(202);

    private static async Task<string> Id(LiveGateway gateway, string token) => (await gateway.Get("/v1/staff/me", token)).Is(200)["id"];

    private static async Task<object> Halves(LiveGateway gateway)
    {
        var proposed = await Propose(gateway);
        var approved = (await gateway.Post($"/v1/staff/proposals/{proposed["id"]}/approval", null, Beta)).Is(200);
        return new { fromProposer = proposed["activationHalf"], fromApprover = approved["activationHalf"] };
    }

    private static async Task<string> Drafted(LiveGateway gateway)
    {
        var kind = Kind();
        (await gateway.Post(Publisher.Versions(kind), Publisher.First("1.0").ToJsonString(), Alpha)).Is(201);
        return kind;
    }
}
