using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Documents;
using AiCloud.Live;
using AiCloud.Probe;
using AiCloud.Protection;

namespace AiCloud.Consent;

/// <summary>What a stranger can do with a downloaded receipt (C2.5c, L-02).</summary>
public sealed class ReceiptTests(AmendedGateway amended) : IClassFixture<AmendedGateway>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aicloud-receipt-").FullName;
    private LiveGateway Gateway => amended.Gateway;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_receipt_says_who_accepted_which_text_when_and_how_and_holds_no_contact()
    {
        var person = Visitor.ByPhone(Gateway);
        var session = await person.Registered();
        var account = (await Gateway.Get("/v1/account", session)).Is(200)["id"];
        var accepted = (await Gateway.Get("/v1/account/acceptances", session)).Is(200).Json.EnumerateArray().ToArray();
        for (var i = 0; i < accepted.Length; i++)
        {
            var reply = (await Gateway.Get(accepted[i].GetProperty("receipt").GetString()!, session)).Is(200);
            Assert.Equal(("application/jose", "no-store"), (reply.Header("Content-Type"), reply.Header("Cache-Control")));
            var receipt = await Verified(reply.Text);
            Assert.Equal(("aicloud-receipt-1", "acceptance", "explicit", accepted[i].GetProperty("act").GetString()),
                (Text(receipt, "schemaVersion"), Text(receipt, "event"), Text(receipt, "manner"), Text(receipt, "act")));
            Assert.Equal(Guid.Parse(account), Guid.ParseExact(Text(receipt, "subject"), "N"));
            Assert.Equal(accepted[i].GetProperty("sha256").GetString(), receipt.GetProperty("document").GetProperty("sha256").GetString());
            Assert.Equal(accepted[i].GetProperty("incorporated").GetArrayLength(), receipt.GetProperty("incorporated").GetArrayLength());
            Assert.Equal(accepted[i].GetProperty("acceptedAt").GetDateTimeOffset(), receipt.GetProperty("at").GetDateTimeOffset());
            Assert.StartsWith(Gateway.Address.GetLeftPart(UriPartial.Authority), Text(receipt, "keys"), StringComparison.Ordinal);
            foreach (var secret in new[] { person.Contact, person.Contact[4..], session.Split('.')[2].Split('~')[1] }) Assert.DoesNotContain(secret, receipt.GetRawText(), StringComparison.Ordinal);
            Assert.False(receipt.TryGetProperty("notice", out _));
        }
        var consent = (await Verified((await Gateway.Get("/v1/account/acceptances/1/receipt", session)).Text)).GetProperty("purposes").EnumerateArray().ToArray();
        Assert.All(consent, purpose => Assert.Equal(purpose.GetProperty("necessary").GetBoolean() ? "given" : "undecided", purpose.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_name_that_the_caller_made_up_does_not_become_the_issuer_of_a_signed_receipt()
    {
        var session = await Visitor.ByEmail(Gateway).Registered();
        var receipt = await Verified((await Gateway.Get("/v1/account/acceptances/1/receipt", session, ("Host", "accounts.evil.example"))).Is(200).Text);
        Assert.DoesNotContain("evil.example", receipt.GetRawText(), StringComparison.Ordinal);
        Assert.Equal($"{Gateway.Address.GetLeftPart(UriPartial.Authority)}/.well-known/jwks.json", Text(receipt, "keys"));
    }

    [Fact]
    public async Task A_receipt_of_continued_use_carries_the_proof_of_notice__C2_5c()
    {
        var person = Visitor.ByEmail(Gateway);
        var session = await person.Registered();
        var announced = await amended.Announce("violation-rules");
        await person.SignIn();
        amended.MoveTo(announced.EffectiveAt);
        (await Gateway.Post("/v1/account/continuation", null, session)).Is(200);
        var link = (await Gateway.Get("/v1/account/acceptances", session)).Is(200).Json.EnumerateArray().Last().GetProperty("receipt").GetString()!;
        var receipt = await Verified((await Gateway.Get(link, session)).Is(200).Text);
        Assert.Equal(("deemed", "go_on", announced.Version), (Text(receipt, "manner"), Text(receipt, "act"), receipt.GetProperty("document").GetProperty("version").GetString()));
        var notice = receipt.GetProperty("notice");
        Assert.True(notice.GetProperty("announcedAt").GetDateTimeOffset() < notice.GetProperty("shownAt").GetDateTimeOffset());
        Assert.True(notice.GetProperty("shownAt").GetDateTimeOffset() < notice.GetProperty("effectiveAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Array, notice.GetProperty("pages").ValueKind);
    }

    [Fact]
    public async Task Every_decision_on_a_purpose_has_a_receipt_of_its_own__L_02()
    {
        var session = await Visitor.ByPhone(Gateway).Registered();
        var ids = new HashSet<string>();
        foreach (var (given, state) in new[] { (false, "refused"), (true, "given"), (false, "withdrawn") })
        {
            var privacy = Gateway.InForce(DocumentCatalog.PrivacyKind);
            var decided = (await Gateway.Send(HttpMethod.Put, "/v1/account/consents/display-name", new { given, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } }, session)).Is(200);
            var receipt = await Verified((await Gateway.Get(decided["receipt"], session)).Is(200).Text);
            var purpose = receipt.GetProperty("purposes").EnumerateArray().Single();
            Assert.Equal(("consent", "display-name", state), (Text(receipt, "event"), Text(purpose, "id"), Text(purpose, "state")));
            ids.Add(Text(receipt, "receiptId"));
            Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(3, ids.Count);
    }

    [Fact]
    public async Task Nobody_reads_another_persons_receipt_and_there_is_none_of_what_never_was()
    {
        var (mine, theirs) = (await Visitor.ByPhone(Gateway).Registered(), await Visitor.ByPhone(Gateway).Registered());
        var (one, other) = (await Verified((await Gateway.Get("/v1/account/acceptances/1/receipt", mine)).Text), await Verified((await Gateway.Get("/v1/account/acceptances/1/receipt", theirs)).Text));
        Assert.NotEqual(Text(one, "subject"), Text(other, "subject"));
        foreach (var id in new[] { "0", "99", "-1", "x", "1%20" }) await (await Gateway.Get($"/v1/account/acceptances/{id}/receipt", mine)).Problem(404, "not_found");
    }

    [Fact]
    [Trait("Takes", "long")]
    public async Task A_stranger_verifies_a_receipt_with_a_stock_library_and_the_texts_by_their_digests_and_a_changed_byte_fails()
    {
        var script = Repository.At("scripts", "receipt-check");
        if (!await Installed(script)) Assert.Skip("node, or the library from the registry, is not to be had here");
        var session = await Visitor.ByPhone(Gateway).Registered();
        var receipt = (await Gateway.Get("/v1/account/acceptances/2/receipt", session)).Is(200).Text; // the registration agreement, with two incorporated

        var (code, words) = await Check(script, Save("whole.jws", receipt));
        Assert.True(code == 0, words);
        Assert.Equal(3, words.Split('\n').Count(line => line.StartsWith("text ", StringComparison.Ordinal)));

        foreach (var part in new[] { 0, 1, 2 })
        {
            var parts = receipt.Split('.');
            var middle = parts[part].Length / 2;
            parts[part] = $"{parts[part][..middle]}{(parts[part][middle] == 'A' ? 'B' : 'A')}{parts[part][(middle + 1)..]}";
            Assert.Equal(1, (await Check(script, Save($"changed-{part}.jws", string.Join('.', parts)))).Code);
        }

        var reference = Gateway.InForce("registration-agreement");
        var text = JsonNode.Parse((await Gateway.Get($"/v1/documents/{reference.Kind}/versions/{reference.Version}")).Is(200).Text)!;
        Assert.Equal(0, (await Check(script, Save("whole.jws", receipt), Save("text.json", text.ToJsonString()))).Code);
        text["content"]!["zh-CN"] = text["content"]!["zh-CN"]!.GetValue<string>().Replace('。', '．');
        var (changed, why) = await Check(script, Save("whole.jws", receipt), Save("text.json", text.ToJsonString()));
        Assert.Equal(1, changed);
        Assert.Contains("is not the text that the receipt names", why, StringComparison.Ordinal);
    }

    /// <summary>Checks signature and type with the keys as served, and hands the payload over.</summary>
    private async Task<JsonElement> Verified(string jws)
    {
        var keys = (await Gateway.Get("/.well-known/jwks.json")).Is(200).Json.GetProperty("keys").EnumerateArray()
            .Select(key => new EvidenceKey { Kid = Text(key, "kid"), X = Text(key, "x"), Y = Text(key, "y") });
        Assert.Equal("receipt+jws", Text(JsonDocument.Parse(Base64Url.DecodeFromChars(jws.Split('.')[0])).RootElement, "typ"));
        return JsonDocument.Parse(EvidenceSigner.Verify(jws, "receipt+jws", keys) ?? throw new Xunit.Sdk.XunitException("The receipt does not verify.")).RootElement;
    }

    private async Task<(int Code, string Words)> Check(string script, params string[] files) => await Run("node", [Path.Combine(script, "check.mjs"), Gateway.Address.ToString(), .. files], script);

    private static async Task<bool> Installed(string script)
    {
        try
        {
            return Directory.Exists(Path.Combine(script, "node_modules", "jose")) || (await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], script)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Words)> Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, new StringBuilder(await said).Append(await failed).ToString());
    }

    private string Save(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
