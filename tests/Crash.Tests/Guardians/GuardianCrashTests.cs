using System.Text.RegularExpressions;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Guardians;

/// <summary>kill -9 while people of 17 register with a guardian: nobody's word is lost, and no account opens without one.</summary>
public sealed partial class GuardianCrashTests
{
    public static TheoryData<DatabaseProvider> Databases => FaultMatrix.Databases(DatabaseProvider.Sqlite);

    // One process dies with a completion standing at each of the steps; beside them one guardian has only just agreed, and one minor only just invited.
    [Theory, MemberData(nameof(Databases))]
    public async Task A_crash_at_any_step_leaves_a_guardian_who_stands_and_an_account_that_opens_once(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var families = await Task.WhenAll(FaultMatrix.Steps.Select(async step => (Step: (CompletionStep?)step, Family: await Family.Agreed(api))));
        var agreed = await Family.Agreed(api);
        var invited = await Family.Invited(api);
        foreach (var (step, family) in families)
        {
            _ = await deployment.Workers[0].StopAt($"stop {step}", $"{step}-{family.Minor.Id}", () => family.Minor.CompleteOnce());
        }

        await deployment.Kill();
        await deployment.Start();

        Assert.Equal("guardian_pending", (await invited.Minor.Complete()).Code);
        await invited.Agrees();
        foreach (var family in families.Select(each => each.Family).Append(agreed).Append(invited))
        {
            var completed = await family.Minor.Complete();
            Assert.True(completed.Status == 201, completed.ToString());
            var session = completed.Body!["session"]!["token"]!.GetValue<string>();
            var guardianship = await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account/guardian", token: session), Api.IsFinal, "the guardianship");
            Assert.Equal("standing", guardianship.Text("state"));
        }
        await deployment.AssertSound(accounts: families.Length + 2);
    }

    /// <summary>A minor invited their parent by e-mail, who proves a phone: no message waits for another.</summary>
    private sealed class Family(Api api, Attempt minor, string token)
    {
        private const string Name = "Test Match Parent", Card = "11010519800228002";
        private readonly string _identityKey = Attempt.NewKey(), _codeKey = Attempt.NewKey(), _verifyKey = Attempt.NewKey(), _acceptKey = Attempt.NewKey();

        public Attempt Minor => minor;

        public static async Task<Family> Invited(Api api)
        {
            var minor = new Attempt(api, Attempt.NewEmail()) { BirthDate = $"{TimeProvider.System.GetUtcNow().AddYears(-17):yyyy-MM-dd}" };
            await minor.Start();
            await minor.Verify();
            var needed = await minor.Complete();
            Assert.Equal("guardian_required", needed.Code);
            var (mailbox, key) = (Attempt.NewEmail(), Attempt.NewKey());
            var invited = await Final(() => api.Send(HttpMethod.Post, $"/v1/registrations/{minor.Id}/guardian", new { method = "email", email = mailbox }, minor.Token, key));
            Assert.True(invited.Status == 202, invited.ToString());
            var outbox = await Api.Until(() => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(mailbox)}"), reply => reply.Status == 200 && reply.Body!.AsArray().Count > 0, "an invitation");
            return new Family(api, minor, Link().Match(outbox.Body!.AsArray()[0]!["text"]!.GetValue<string>()).Groups[1].Value);
        }

        public static async Task<Family> Agreed(Api api)
        {
            var family = await Invited(api);
            await family.Agrees();
            return family;
        }

        public async Task Agrees()
        {
            var (path, phone) = ($"/v1/guardian-invitations/{token.Split('.')[2]}", Attempt.NewPhone());
            var challenge = await Final(() => api.Send(HttpMethod.Post, $"{path}/code", new { phone }, token, _codeKey));
            Assert.True(challenge.Status == 202, challenge.ToString());
            var outbox = await Api.Until(() => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(phone)}"), reply => reply.Status == 200 && reply.Body!.AsArray().Count > 0, "a code");
            var code = outbox.Body!.AsArray()[0]!["code"]!.GetValue<string>();
            var proven = await Final(() => api.Send(HttpMethod.Post, $"{path}/verification", new { challenge = challenge.Text("id"), code }, token, _verifyKey));
            Assert.True(proven.Status == 200, proven.ToString());
            if (proven.Body!["identity"] is not null) await Identifies(path, proven);
            var accepted = await Final(() => api.Send(HttpMethod.Post, $"{path}/acceptance", new
            {
                name = Name, relationship = "mother", declarations = new { adult = true, responsibility = true },
                acceptances = proven.Body!["documents"]!.AsArray().Select(document => new
                {
                    kind = document!["kind"]!.GetValue<string>(), version = document["version"]!.GetValue<string>(), sha256 = document["sha256"]!.GetValue<string>(),
                }).ToArray(),
            }, token, _acceptKey));
            Assert.True(accepted.Status == 200, accepted.ToString());
        }

        // Where there is a check: that of developers knows people by their names.
        private async Task Identifies(string path, Reply proven)
        {
            var privacy = proven.Body!["documents"]!.AsArray().Single(document => document!["kind"]!.GetValue<string>() == "privacy-agreement")!;
            var passed = await Final(() => api.Send(HttpMethod.Post, $"{path}/identity", new
            {
                consent = new { kind = "privacy-agreement", version = privacy["version"]!.GetValue<string>(), sha256 = privacy["sha256"]!.GetValue<string>() },
                method = "certificate", kind = "resident_id_card", number = Card + CertificateParsing.CheckCharacter(Card), name = Name,
            }, token, _identityKey));
            Assert.True(passed.Status == 200, passed.ToString());
        }

        private static Task<Reply> Final(Func<Task<Reply>> ask) => Api.Until(ask, Api.IsFinal, "an answer");
    }

    [GeneratedRegex("token=([A-Za-z0-9_.~-]+)")]
    private static partial Regex Link();
}
