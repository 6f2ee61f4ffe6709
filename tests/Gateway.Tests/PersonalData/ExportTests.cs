using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AiCloud.Expiry;
using AiCloud.Live;
using AiCloud.Protection;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.PersonalData;

/// <summary>A person's copy of everything held about them, over HTTP with real keys (C2.4a; L-17: PIPL 45).</summary>
[Collection(MovingClock.Name)]
public sealed class ExportTests(SharedGateways gateways) : IAsyncLifetime
{
    private const string Path = "/v1/account/data/exports";
    private static readonly TimeSpan Day = TimeSpan.FromHours(24), Moment = TimeSpan.FromSeconds(2);

    private LiveGateway Gateway { get; set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await gateways.Moving;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task L_17_the_copy_holds_everything_in_clear_with_receipts_that_verify()
    {
        var person = Visitor.ByEmail(Gateway);
        var token = await person.Registered();
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", Patch("""{"displayName":"王 <小明> & Co"}"""), token)).Is(200);
        (await person.SignIn()).Is(201);
        var asked = (await Gateway.Post(Path, null, token)).Is(202);
        Assert.Equal($"{Path}/{asked["id"]}", asked.Header("Location"));
        var files = await Download(token, await Ready(token, asked["id"]));

        var data = JsonDocument.Parse(files["personal-data.json"]).RootElement;
        Assert.Equal("aicloud.personal-data/1", data.GetProperty("format").GetString());
        var account = data.GetProperty("account");
        Assert.Equal(("王 <小明> & Co", "1990-02-28", "en"), (Text(account, "displayName"), Text(account, "birthDate"), Text(account, "locale")));
        Assert.Equal(["capacity", "eligibility", "information"], Texts(account.GetProperty("declarations")).Order(StringComparer.Ordinal));
        Assert.Equal((person.Contact, "email"), (Text(data.GetProperty("contacts")[0], "address"), Text(data.GetProperty("contacts")[0], "kind")));
        Assert.Equal(2, data.GetProperty("sessions").GetArrayLength());
        Assert.True(data.GetProperty("credential").GetProperty("hasPassword").GetBoolean());
        Assert.DoesNotContain("argon2", Encoding.UTF8.GetString(files["personal-data.json"]), StringComparison.Ordinal);

        var acceptances = data.GetProperty("acceptances").EnumerateArray().ToArray();
        Assert.Equal(3, acceptances.Length);
        Assert.All(acceptances, acceptance => Assert.NotEqual("0000000000000000", Text(acceptance, "network")));
        var entries = data.GetProperty("ledger").EnumerateArray().ToArray();
        Assert.Equal(acceptances.Select(acceptance => Text(acceptance.GetProperty("document"), "sha256")), entries.Select(entry => Text(entry.GetProperty("document"), "sha256")));
        Assert.All(entries, entry => Assert.Contains(Text(entry.GetProperty("evidence"), "Language"), new[] { "zh-CN", "en" }));
        Assert.NotEmpty(data.GetProperty("budgets")[0].GetProperty("messages").EnumerateArray());
        Assert.Empty(data.GetProperty("disclosures").EnumerateArray());

        var keys = (await Gateway.Get("/.well-known/jwks.json")).Is(200).Json.GetProperty("keys").EnumerateArray()
            .Select(key => new EvidenceKey { Kid = Text(key, "kid"), X = Text(key, "x"), Y = Text(key, "y") }).ToArray();
        var receipts = files.Where(file => file.Key.StartsWith("receipts/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, receipts.Length);
        Assert.All(receipts, receipt => Assert.NotNull(EvidenceSigner.Verify(Encoding.ASCII.GetString(receipt.Value), "receipt+jws", keys)));

        foreach (var (language, title) in new[] { ("zh-CN", "您的个人信息"), ("en", "What is held about you") })
        {
            var page = Encoding.UTF8.GetString(files[$"personal-data.{language}.html"]);
            Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
            Assert.Contains("&lt;小明&gt; &amp; Co", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<小明>", page, StringComparison.Ordinal);
            Assert.Contains(person.Contact, page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(PersonalDataSchema.Json, files["schema.json"]);
    }

    [Fact]
    public async Task The_copy_is_sealed_in_the_database_and_nowhere_on_the_disk()
    {
        var person = Visitor.ByEmail(Gateway);
        var token = await person.Registered();
        var name = $"Lin {string.Concat(Guid.NewGuid().ToString("N")[..12].Select(c => (char)(c % 16 + 97)))}";
        (await Gateway.Send(HttpMethod.Patch, "/v1/account", Patch($$"""{"displayName":"{{name}}"}"""), token)).Is(200);
        await Download(token, await Ready(token, (await Gateway.Post(Path, null, token)).Is(202)["id"]));
        var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(Gateway.Services.GetRequiredService<Database>().Settings.File!)!);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != "lock"))
        {
            await using var open = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) < 0, file.Name);
        }
        Assert.DoesNotContain(Gateway.Log.Lines, line => line.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_can_be_downloaded_for_24_hours_to_the_moment_and_its_row_goes()
    {
        var token = await Visitor.ByPhone(Gateway).Registered();
        var id = await Ready(token, (await Gateway.Post(Path, null, token)).Is(202)["id"]);
        var until = DateTimeOffset.Parse((await Gateway.Get($"{Path}/{id}", token))["expiresAt"], CultureInfo.InvariantCulture);
        MoveTo(until - TimeSpan.FromMinutes(5));
        await Confirm(token);
        Gateway.Clock.Hold(until - TimeSpan.FromMilliseconds(1));
        try { (await Gateway.Get($"{Path}/{id}/archive", token)).Is(200); }
        finally { Gateway.Clock.GoOn(); }
        MoveTo(until + TimeSpan.FromMilliseconds(1));
        await (await Gateway.Get($"{Path}/{id}/archive", token)).Problem(410, "export_expired");
        var expired = (await Gateway.Get($"{Path}/latest", token)).Is(200);
        Assert.Equal("expired", expired["state"]);
        Assert.False(expired.Json.TryGetProperty("archive", out _));
        MoveTo(until + TimeSpan.FromMinutes(1));
        for (var shard = 0; shard < new ExpiryOptions().Shards; shard++) await Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<ISweeperGrain>(shard).Sweep();
        Assert.False(await HasRow(id));
    }

    [Fact]
    public async Task A_repeat_is_the_same_copy_a_new_one_replaces_it_and_the_fourth_in_a_day_is_refused()
    {
        var token = await Visitor.ByPhone(Gateway).Registered();
        var key = Visitor.Key();
        var first = await Ready(token, (await Gateway.Post(Path, null, token, key)).Is(202)["id"]);
        Assert.Equal(first, (await Gateway.Post(Path, null, token, key)).Is(202)["id"]);
        var second = await Ready(token, (await Gateway.Post(Path, null, token)).Is(202)["id"]);
        Assert.NotEqual(first, second);
        await (await Gateway.Get($"{Path}/{first}/archive", token)).Problem(404, "not_found");
        Assert.False(await HasRow(first));
        await Ready(token, (await Gateway.Post(Path, null, token)).Is(202)["id"]);
        var refused = await Gateway.Post(Path, null, token);
        await refused.Problem(429, "export_limit");
        var wait = int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture);
        Assert.InRange(wait, 86_000, 86_400);
        MoveTo(Gateway.Clock.GetUtcNow() + Day);
        await Confirm(token);
        (await Gateway.Post(Path, null, token)).Is(202);
    }

    [Fact]
    public async Task Ten_minutes_after_the_person_last_confirmed_who_they_are_they_confirm_it_again()
    {
        var token = await Visitor.ByPhone(Gateway).Registered();
        var id = await Ready(token, (await Gateway.Post(Path, null, token)).Is(202)["id"]);
        MoveTo(Gateway.Clock.GetUtcNow() + TimeSpan.FromMinutes(10));
        await (await Gateway.Post(Path, null, token)).Problem(403, "reauthentication_required");
        await (await Gateway.Get($"{Path}/{id}/archive", token)).Problem(403, "reauthentication_required");
        (await Gateway.Get($"{Path}/{id}", token)).Is(200); // how far it is tells nothing
        await Confirm(token);
        (await Gateway.Get($"{Path}/{id}/archive", token)).Is(200);
        (await Gateway.Post(Path, null, token)).Is(202);
    }

    [Fact]
    public async Task For_seven_days_after_the_password_changed_none_is_made()
    {
        var token = await Visitor.ByPhone(Gateway).Registered();
        (await Gateway.Post("/v1/account/password", new { currentPassword = "correct horse battery", newPassword = "another horse battery" }, token)).Is(204);
        var refused = await Gateway.Post(Path, null, token);
        await refused.Problem(403, "export_too_soon");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 604_700, 604_800);
        MoveTo(Gateway.Clock.GetUtcNow() + TimeSpan.FromDays(7));
        await Confirm(token, "another horse battery");
        (await Gateway.Post(Path, null, token)).Is(202);
    }

    // The attack: a session is stolen while a copy lies ready, and the thief changes the password first.
    [Fact]
    public async Task A_copy_that_was_ready_before_the_password_changed_is_handed_to_nobody_for_seven_days()
    {
        var token = await Visitor.ByPhone(Gateway).Registered();
        var key = Visitor.Key();
        var id = await Ready(token, (await Gateway.Post(Path, null, token, key)).Is(202)["id"]);
        (await Gateway.Get($"{Path}/{id}/archive", token)).Is(200);
        var changed = Gateway.Clock.GetUtcNow();
        (await Gateway.Post("/v1/account/password", new { currentPassword = "correct horse battery", newPassword = "another horse battery" }, token)).Is(204);
        var after = Gateway.Clock.GetUtcNow();
        var refused = await Gateway.Get($"{Path}/{id}/archive", token);
        await refused.Problem(403, "export_too_soon");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 604_700, 604_800);
        var held = (await Gateway.Post(Path, null, token, key)).Is(202); // the same request again is the same copy, and no way around
        Assert.Equal((id, "ready", false), (held["id"], held["state"], held.Json.TryGetProperty("archive", out _)));
        Assert.InRange(DateTimeOffset.Parse(held["heldUntil"], CultureInfo.InvariantCulture) - TimeSpan.FromDays(7), changed, after);
    }

    [Fact]
    public async Task Nobody_but_the_owner_gets_it()
    {
        var (owner, stranger) = (await Visitor.ByPhone(Gateway).Registered(), await Visitor.ByPhone(Gateway).Registered());
        var id = await Ready(owner, (await Gateway.Post(Path, null, owner)).Is(202)["id"]);
        foreach (var path in new[] { $"{Path}/{id}", $"{Path}/{id}/archive" })
        {
            await (await Gateway.Get(path, stranger)).Problem(404, "not_found");
            await (await Gateway.Get(path)).Problem(401, "unauthorized");
        }
        await (await Gateway.Get($"{Path}/latest", stranger)).Problem(404, "not_found");
        (await Gateway.Delete("/v1/sessions/current", owner)).Is(204);
        await (await Gateway.Get($"{Path}/{id}/archive", owner)).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_copy_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-test-export-").FullName;
        string token, id;
        await using (var before = await LiveGateway.Start(folder, null))
        {
            token = await Visitor.ByEmail(before).Registered();
            id = (await before.Post(Path, null, token)).Is(202)["id"]; // it may be made now, or by the process that comes after
        }
        await using (var after = await LiveGateway.Start(folder, null))
        {
            await Ready(token, id, after);
            Assert.Equal(System.Net.HttpStatusCode.OK, (await after.Client.SendAsync(Bearer($"{Path}/{id}/archive", token))).StatusCode);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_member_of_the_schema_has_a_label_in_both_languages_and_the_published_schema_is_the_one_in_the_documentation()
    {
        var schema = JsonDocument.Parse(PersonalDataSchema.Json).RootElement;
        Assert.All(Members(schema).Distinct(), member => Assert.True(DataTexts.Labels.ContainsKey(member),
            $"\"{member}\" is in the copy of what is held and has no name there: add it to DataTexts.Labels, in Chinese and English."));
        var documented = Repository.At("docs", "schemas", "personal-data-1.json");
        if (Environment.GetEnvironmentVariable("AICLOUD_WRITE_DOCS") is not null) File.WriteAllBytes(documented, PersonalDataSchema.Json);
        Assert.True(File.ReadAllBytes(documented).AsSpan().SequenceEqual(PersonalDataSchema.Json),
            "docs/schemas/personal-data-1.json is not what is served: run this test once with AICLOUD_WRITE_DOCS=1 and commit the file.");
    }

    [Fact]
    public async Task The_schema_is_served_to_anybody()
    {
        var reply = (await Gateway.Get(PersonalDataSchema.Path)).Is(200);
        Assert.Equal("application/schema+json", reply.Header("Content-Type"));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", reply["$schema"]);
    }

    private static IEnumerable<string> Members(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
                foreach (var member in properties.EnumerateObject()) yield return member.Name;
            foreach (var name in schema.EnumerateObject().SelectMany(member => Members(member.Value))) yield return name;
        }
        else if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in schema.EnumerateArray().SelectMany(Members)) yield return name;
        }
    }

    private async Task Confirm(string token, string password = "correct horse battery") => (await Gateway.Post("/v1/account/reauthentication", new { password }, token)).Is(200);

    private Task<string> Ready(string token, string id) => Ready(token, id, Gateway);

    private static async Task<string> Ready(string token, string id, LiveGateway gateway)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var reply = (await gateway.Get($"{Path}/{id}", token)).Is(200);
            if (reply["state"] == "ready")
            {
                Assert.Equal((5, 5), (reply.Json.GetProperty("progress").GetProperty("done").GetInt32(), reply.Json.GetProperty("progress").GetProperty("total").GetInt32()));
                return id;
            }
            Assert.Equal("preparing", reply["state"]);
            await Task.Delay(25);
        }
        throw new TimeoutException($"The copy was not made. {string.Join('\n', gateway.Log.Lines.Where(line => line.Contains("Collecting", StringComparison.Ordinal)).TakeLast(3))}");
    }

    private async Task<Dictionary<string, byte[]>> Download(string token, string id)
    {
        using var response = await Gateway.Client.SendAsync(Bearer($"{Path}/{id}/archive", token));
        Assert.Equal(("application/zip", "no-store"), (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.ToString()));
        Assert.EndsWith(".zip", response.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var open = await entry.OpenAsync();
            await open.CopyToAsync(bytes);
            files[entry.FullName] = bytes.ToArray();
        }
        return files;
    }

    private static HttpRequestMessage Bearer(string path, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }

    private static StringContent Patch(string json) => new(json, Encoding.UTF8, "application/merge-patch+json");

    private async Task<bool> HasRow(string id)
    {
        await using var connection = await Gateway.Services.GetRequiredService<Database>().State.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM state WHERE name = 'data-export' AND key = @id", new { id }) > 0;
    }

    private void MoveTo(DateTimeOffset instant)
    {
        if (instant > Gateway.Clock.GetUtcNow()) Gateway.Clock.Advance(instant - Gateway.Clock.GetUtcNow());
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);
}
