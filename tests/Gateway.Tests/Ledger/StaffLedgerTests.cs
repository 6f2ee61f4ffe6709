using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Ledger;

/// <summary>C2.5c: staff with the role read which versions bound an account, and nobody else does.</summary>
public sealed class StaffLedgerTests(StaffGateway staff) : IClassFixture<StaffGateway>
{
    [Fact]
    public async Task C2_5c_which_versions_bound_an_account_at_an_instant_and_by_which_act()
    {
        var gateway = staff.Gateway;
        var (account, token) = (await NewAccount(), await staff.NewMember(StaffRoles.ReadLedger));
        var before = gateway.Clock.GetUtcNow() - TimeSpan.FromHours(1);

        var now = (await gateway.Get($"/v1/staff/accounts/{account}/agreements", token)).Is(200).Json;
        Assert.Equal(["cancellation-rules registration-agreement", "privacy-agreement ", "registration-agreement ", "violation-rules registration-agreement"],
            now.GetProperty("agreements").EnumerateArray().Select(one => $"{one.GetProperty("kind")} {(one.TryGetProperty("with", out var with) ? with.GetString() : "")}"));
        Assert.All(now.GetProperty("agreements").EnumerateArray(), one =>
            Assert.Equal(("explicit", "registration_completion"), (one.GetProperty("manner").GetString(), one.GetProperty("act").GetString())));
        var then = (await gateway.Get($"/v1/staff/accounts/{account}/agreements?at={before.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}", token)).Is(200).Json;
        Assert.Empty(then.GetProperty("agreements").EnumerateArray());
    }

    [Fact]
    public async Task Without_the_role_it_is_refused_and_noted_and_without_a_staff_token_it_is_not_there()
    {
        var account = await NewAccount();
        var writer = await staff.NewMember(StaffRoles.WriteDocuments);
        await (await staff.Gateway.Get($"/v1/staff/accounts/{account}/agreements", writer)).Problem(403, "forbidden");
        Assert.Contains(await staff.Audit(), entry => entry.Action == "account.agreements" && entry.Outcome == "forbidden");
        await (await staff.Gateway.Get($"/v1/staff/accounts/{account}/agreements", await Visitor.ByEmail(staff.Gateway).Registered())).Problem(404, "not_found");
        await (await staff.Gateway.Get($"/v1/staff/accounts/{account}/agreements")).Problem(401, "unauthorized");
    }

    [Fact]
    public async Task Bad_questions_are_told_and_nobody_is_invented()
    {
        var token = await staff.NewMember(StaffRoles.ReadLedger);
        await (await staff.Gateway.Get($"/v1/staff/accounts/{Guid.NewGuid()}/agreements", token)).Problem(404, "not_found");
        await (await staff.Gateway.Get("/v1/staff/accounts/nobody/agreements", token)).Problem(404, "not_found");
        var account = await NewAccount();
        foreach (var at in new[] { "yesterday", "2026-03-02", "2026-03-02T04:00:00", "2026-02-30T04:00:00Z" })
            Assert.Equal(["/at"], (await (await staff.Gateway.Get($"/v1/staff/accounts/{account}/agreements?at={at}", token)).Problem(422, "invalid")).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
    }

    private async Task<string> NewAccount()
    {
        var person = await Visitor.ByPhone(staff.Gateway).Verified();
        var account = (await person.Complete()).Is(201).Json.GetProperty("account").GetProperty("id").GetString()!;
        Assert.True(await staff.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(AccountKeys.Of(Guid.Parse(account))).Flush());
        return account;
    }
}
