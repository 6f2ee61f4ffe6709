using System.Text;
using AiCloud.Registration;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Protection;

public sealed class LeakTests
{
    private readonly Needles _needles = new();

    [Theory, InlineData("Grüße & <b>+1"), InlineData("13800138000"), InlineData("someone@example.com")]
    public void A_secret_is_found_in_every_writing(string secret)
    {
        var needles = new Needles();
        needles.Add("secret", secret);
        foreach (var written in new[]
        {
            secret, secret.ToUpperInvariant(), Uri.EscapeDataString(secret), System.Text.Json.JsonSerializer.Serialize(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + secret + "c")),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), Convert.ToBase64String(Encoding.Unicode.GetBytes("x" + secret)),
        })
            Assert.NotEmpty(needles.In($"before {Latin(written, "log")} after"));
        Assert.NotEmpty(needles.In($"before {Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret))} after"));
        Assert.Empty(needles.In("before and after"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql, Traits = ["Takes", "long"])]
    public async Task Nothing_personal_and_no_secret_is_in_logs_traces_metrics_or_database(DatabaseProvider database)
    {
        await using var collector = await Collector.Start();
        await using var deployment = await Deployment.Start(database, settings:
        [
            ("PROCESSHOST_RECORD", "set"), ("Logging__LogLevel__Default", "Trace"), ("AiCloud__Identifiers__CodeLength", "8"), ("AiCloud__Identity__Mode", "Development"),
            .. collector.Settings,
        ]);
        var api = new Api(deployment);
        var people = await Task.WhenAll(Lead(api, Attempt.NewPhone()), Lead(api, Attempt.NewEmail()));
        await Hostile(api, people[0]);
        var metrics = await new HttpClient().GetStringAsync(new Uri(deployment.Address, "/metrics"));
        foreach (var child in deployment.Silos.Prepend(deployment.Gateway!)) await child.Stop(); // what is buffered is exported

        var said = string.Join('\n', deployment.All.SelectMany(child => child.Output.Concat(child.Error)));
        var recorded = string.Join('\n', Directory.GetFiles(Path.GetDirectoryName(deployment.RecordFile("any"))!, "record-*").Select(File.ReadAllText));
        var stored = await Dump.Of(deployment.PostgreSql ?? new DatabaseSettings { File = Path.Combine(deployment.DataDirectory, "accounts.db") });
        if (database == DatabaseProvider.Sqlite)
        {
            foreach (var file in Directory.GetFiles(deployment.DataDirectory, "accounts.db*")) stored += Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        }

        // What is searched is really there.
        Assert.Contains("trce:", said, StringComparison.Ordinal);
        Assert.Contains(people[0].Id, said, StringComparison.Ordinal);
        Assert.Contains("activity ", recorded, StringComparison.Ordinal);
        Assert.Contains("measurement ", recorded, StringComparison.Ordinal);
        Assert.Contains(collector.Texts, body => body.Contains("aicloud-accounts-gateway", StringComparison.Ordinal));
        Assert.Contains("identifier", stored, StringComparison.Ordinal);
        foreach (var (where, text) in new[] { ("log", said), ("record", recorded), ("export", string.Join('\n', collector.Texts)), ("metrics", metrics), ("database", stored) })
            Assert.True(_needles.In(Latin(text, where)) is [] , $"In the {where}:\n{string.Join("\n\n", _needles.In(Latin(text, where)))}");
    }

    // Dumps and exports are bytes already; the rest is text.
    private static string Latin(string text, string where) => where is "database" or "export" ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private async Task<Attempt> Lead(Api api, string contact)
    {
        // Letters only: a row of digits in a name is taken for a hidden contact. None of them vowels but one, so that no reserved word comes up.
        var unique = string.Concat(Guid.NewGuid().ToString("N")[..12].Select(c => "bdefgjkmnp"[c % 16]));
        var birth = new DateOnly(1900 + Random(60, 99), Random(1, 12), Random(13, 28));
        var person = new Attempt(api, contact, $"Päss wörd {Guid.NewGuid():N}") { BirthDate = birth.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), DisplayName = $"Zoë 张伟 {unique}" };
        if (contact.Contains('@', StringComparison.Ordinal)) _needles.AddEmail("contact", contact);
        else _needles.AddPhone("contact", contact);
        _needles.Add("password", person.Password);
        _needles.Add("display name", person.DisplayName);
        _needles.AddDate("birth date", birth);
        await person.Start();
        _needles.AddToken("registration token", person.Token);
        foreach (var wrong in new[] { "90417263", "x-" + unique })
        {
            _needles.Add("wrong code", wrong);
            var key = Attempt.NewKey();
            Assert.Equal("code_wrong", (await Answer(() => person.VerifyOnce(wrong, key))).Code);
        }
        _needles.Add("code", await person.Code());
        await person.Verify();
        var completed = await person.Complete();
        Assert.True(completed.Status == 201, completed.ToString());
        _needles.AddToken("session token", completed.Body!["session"]!["token"]!.GetValue<string>());
        var token = (await person.SignIn()).Text("token");
        _needles.AddToken("session token", token);
        var other = $"Other pass {Guid.NewGuid():N}";
        _needles.Add("wrong password", other);
        Assert.Equal("credentials_wrong", (await Answer(() => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = contact, password = other }))).Code);
        foreach (var path in new[] { "/v1/account", "/v1/account/acceptances", "/v1/account/sessions" })
            Assert.Equal(200, (await Answer(() => api.Send(HttpMethod.Get, path, token: token))).Status);
        var renamed = $"Renamed Zoë {unique}";
        _needles.Add("display name", renamed);
        Assert.Equal(200, (await Answer(() => api.Send(HttpMethod.Patch, "/v1/account", new { displayName = renamed }, token))).Status);
        await ProveName(api, token, birth, unique);
        var change = Attempt.NewKey();
        Assert.Equal(204, (await Answer(() => api.Send(HttpMethod.Post, "/v1/account/password", new { currentPassword = person.Password, newPassword = other }, token, change))).Status);
        return person;
    }

    // A check that is answered, and one that stays open with everything that was submitted (L-09).
    private async Task ProveName(Api api, string token, DateOnly birth, string unique)
    {
        var consent = (await Answer(() => api.Send(HttpMethod.Get, "/v1/account/consents", token: token))).Body!.AsArray().Single(purpose => purpose!["id"]!.GetValue<string>() == "identity-check")!;
        var text = consent["document"]!;
        var document = new { kind = text["kind"]!.GetValue<string>(), version = text["version"]!.GetValue<string>(), sha256 = text["sha256"]!.GetValue<string>() };
        var given = await Answer(() => api.Send(HttpMethod.Put, "/v1/account/consents/identity-check", new { given = true, document }, token));
        Assert.True(given.Status == 200, given.ToString());
        foreach (var (begins, status) in new[] { ("测试通过", 200), ("测试沉默", 202) })
        {
            var body = $"{Random(110_000, 659_999)}{birth:yyyyMMdd}{Random(100, 999)}";
            var number = body + AiCloud.Identity.CertificateParsing.CheckCharacter(body);
            var name = begins + string.Concat(unique.Select(c => (char)('a' + c % 26)));
            _needles.Add("certificate", number);
            _needles.Add("real name", name);
            var key = Attempt.NewKey();
            Assert.Equal(status, (await Answer(() => api.Send(HttpMethod.Post, "/v1/account/identity", new { method = "certificate", kind = "resident_id_card", number, name }, token, key))).Status);
        }
        Assert.Equal(200, (await Answer(() => api.Send(HttpMethod.Get, "/v1/account/identity", token: token))).Status);
    }

    // Secrets where they do not belong: an app's mistake, or someone who reads logs and wants to see what sticks.
    private async Task Hostile(Api api, Attempt person)
    {
        var unique = Guid.NewGuid().ToString("N")[..12];
        var secret = $"misplaced-{unique}";
        _needles.Add("misplaced secret", secret);
        var phone = person.Contact;
        foreach (var path in new[] { "/v1/registrations/", "/v1/account/sessions/", "/v1/documents/", "/v1/documents/privacy-agreement/versions/", "/problems/", "/nowhere/", "/v1/documents/x/diff?from=" })
            foreach (var value in new[] { secret, phone, $"%0d%0a{secret}", person.Token })
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options })
                    await api.Send(method, $"{path}{value}?phone={Uri.EscapeDataString(phone)}&token={person.Token}&q={secret}");
        foreach (var path in new[] { "/v1/registrations", "/v1/sessions", $"/v1/registrations/{person.Id}/verification", $"/v1/registrations/{person.Id}/completion" })
        {
            foreach (var body in new[]
            {
                $"{{\"{secret}\":\"{secret}\"", $"{{\"{secret}\":1}}", $"{{\"method\":\"{secret}\",\"phone\":\"{phone}\",\"email\":\"{secret}\"}}", $"[\"{secret}\"]", $"\"{secret}\"", secret,
                $"{{\"method\":\"phone\",\"phone\":[\"{phone}\"],\"identifier\":{{\"{secret}\":1}},\"password\":[\"{secret}\"],\"code\":{{\"x\":\"{secret}\"}}}}",
                $"{{\"identifier\":\"{secret}\\r\\nfail: {secret}\",\"password\":\"{secret}\",\"code\":\"{secret}\"}}", $"{{\"identifier\":\"{secret}\\ud800\",\"password\":\"{secret}\"}}",
                $"{{\"identifier\":\"{new string('x', 70_000)}{secret}\"}}",
            })
            {
                foreach (var type in new[] { "application/json", "text/plain", $"text/x-{unique}" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Address, $"{path}?q={secret}")) { Content = new StringContent(body, Encoding.UTF8) };
                    request.Content.Headers.Remove("Content-Type");
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", $"{type}; x={secret}");
                    foreach (var header in new[] { "Idempotency-Key", "User-Agent", "Accept-Language", "Accept", "Cookie", "X-Forwarded-For", "Referer", "Origin", "traceparent", "tracestate", "baggage", "X-Request-Id" })
                        request.Headers.TryAddWithoutValidation(header, header switch
                        {
                            // What a well-made tracing client sends, so that it is taken up.
                            "traceparent" when type != "text/plain" => "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            "tracestate" => $"vendor={secret}",
                            "baggage" => $"phone={secret}",
                            _ => secret,
                        });
                    request.Headers.Host = $"{secret}.example";
                    request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {(type == "text/plain" ? secret : person.Token)}");
                    await api.Send(request);
                }
            }
        }
        Assert.Equal(200, (await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready")).Status);
    }

    // Whoever writes at the wordiest level waits for its readers, and may be late.
    private static Task<Reply> Answer(Func<Task<Reply>> ask) => Api.Until(ask, Api.IsFinal, "an answer");

    private static int Random(int from, int to) => System.Security.Cryptography.RandomNumberGenerator.GetInt32(from, to + 1);
}
