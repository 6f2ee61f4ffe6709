using AiCloud.Guardians;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Names;

/// <summary>Names that are kept already are checked again when the rules change: told, time to correct, then not shown (L-12).</summary>
public sealed class StoredNameTests : IDisposable
{
    private const string Name = "Otter Works";

    // Within the time after which an unused session ends.
    private static readonly (string, string)[] Reserved = [("AiCloud:Names:Reserved:0", "otterworks"), ("AiCloud:Names:CorrectWithinDays", "10")];

    private readonly string folder = Directory.CreateTempSubdirectory("aicloud-names-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task L_12_a_kept_name_that_new_rules_refuse_is_told_once_and_goes_at_the_deadline_unless_another_is_chosen()
    {
        string session, other, contact;
        await using (var before = await LiveGateway.Start(folder, null))
        {
            var (person, second) = (await Visitor.ByEmail(before).Verified(), await Visitor.ByEmail(before).Verified());
            (session, other, contact) = (await Registered(person), await Registered(second), person.Contact);
            Assert.Equal(Name, (await before.Get("/v1/account", session)).Is(200)["displayName"]);
        }

        await using (var gateway = await LiveGateway.Start(folder, null, Reserved))
        {
            var noted = (await gateway.Get("/v1/account", session)).Is(200);
            Assert.Equal(Name, noted["displayName"]); // until the deadline
            var (since, deadline) = (noted.Json.GetProperty("nameFault").GetProperty("since").GetDateTimeOffset(), noted.Json.GetProperty("nameFault").GetProperty("deadline").GetDateTimeOffset());
            Assert.Equal(TimeSpan.FromDays(10), deadline - since);
            Assert.Equal(noted.Json.GetProperty("nameFault").GetRawText(), (await gateway.Get("/v1/account", session)).Is(200).Json.GetProperty("nameFault").GetRawText());
            Assert.Single((await gateway.Get($"/dev/outbox?to={Uri.EscapeDataString(contact)}")).Is(200).Json.EnumerateArray());
            (await gateway.Get("/v1/account", other)).Is(200);

            gateway.Clock.Hold(deadline - TimeSpan.FromMilliseconds(1));
            Assert.Equal(Name, (await gateway.Get("/v1/account", session)).Is(200)["displayName"]);
            gateway.Clock.Hold(deadline);
            var stopped = (await gateway.Get("/v1/account", session)).Is(200);
            Assert.False(stopped.Json.TryGetProperty("displayName", out _));
            Assert.True(stopped.Json.TryGetProperty("nameFault", out _));
            await (await Patch(gateway, session, "otter-works")).Problem(422, "display_name_refused");
            var corrected = (await Patch(gateway, session, "Badger Works")).Is(200);
            Assert.Equal("Badger Works", corrected["displayName"]);
            Assert.False(corrected.Json.TryGetProperty("nameFault", out _));
        }

        // The rules are taken back: the name of whoever did nothing is shown again, and nothing stands against it.
        await using var after = await LiveGateway.Start(folder, null);
        after.Clock.Advance(TimeSpan.FromDays(1));
        for (var time = 0; time < 2; time++)
        {
            var again = (await after.Get("/v1/account", other)).Is(200);
            Assert.Equal(Name, again["displayName"]);
            Assert.False(again.Json.TryGetProperty("nameFault", out _));
        }
        Assert.Null((await after.Account(other)).NameFault);
    }

    [Fact]
    public async Task L_12_nobody_is_invited_as_guardian_under_a_name_that_is_not_allowed_any_more()
    {
        string session;
        Family next;
        await using (var before = await LiveGateway.Start(folder, null))
        {
            var family = await new Family(before).Agreed();
            var body = family.Minor.CompletionBody(family.BirthDate()).ToJson();
            body["displayName"] = Name;
            session = (await family.Minor.Complete(body)).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
            var guardian = await family.SignedIn();
            var account = Family.First(await before.Get("/v1/guardian/accounts", guardian)).GetProperty("account").GetProperty("id").GetString();
            (await before.Delete($"/v1/guardian/accounts/{account}", guardian)).Is(204);
            next = new Family(before);
            (await before.Post("/v1/account/guardian", next.Contact, session)).Is(202);
            await next.Reads();
            Assert.Equal(Name, (await before.Get(next.Path, next.Token)).Is(200)["inviterName"]);
            Assert.Contains(Name, (await before.Get($"/dev/outbox?to={Uri.EscapeDataString(next.Phone)}")).Is(200).Text, StringComparison.Ordinal);
        }

        await using var gateway = await LiveGateway.Start(folder, null, Reserved);
        Assert.False((await gateway.Get(next.Path, next.Token)).Is(200).Json.TryGetProperty("inviterName", out _));
        var third = new Family(gateway);
        (await gateway.Post("/v1/account/guardian", third.Contact, session)).Is(202);
        await third.Reads();
        Assert.DoesNotContain(Name, (await gateway.Get($"/dev/outbox?to={Uri.EscapeDataString(third.Phone)}")).Is(200).Text, StringComparison.Ordinal);
        Assert.False((await gateway.Get(third.Path, third.Token)).Is(200).Json.TryGetProperty("inviterName", out _));
    }

    private static Task<Reply> Patch(LiveGateway gateway, string session, string displayName) =>
        gateway.Send(HttpMethod.Patch, "/v1/account", new StringContent($$"""{"displayName":"{{displayName}}"}""", System.Text.Encoding.UTF8, "application/merge-patch+json"), session);

    private static async Task<string> Registered(Visitor person)
    {
        var body = person.CompletionBody().ToJson();
        body["displayName"] = Name;
        return (await person.Complete(body)).Is(201).Json.GetProperty("session").GetProperty("token").GetString()!;
    }
}
