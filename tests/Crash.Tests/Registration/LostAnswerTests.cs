using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

public sealed class LostAnswerTests
{
    public static TheoryData<DatabaseProvider> Databases => FaultMatrix.Databases(DatabaseProvider.Sqlite);

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_repeats_every_lost_answer_with_its_key_has_one_account_and_lost_no_try(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        await using var network = await DroppingProxy.Start(deployment.Address);
        var direct = new Api(deployment);
        var api = new Api(network.Address);
        var person = new Attempt(api, Attempt.NewEmail());
        var tries = (await person.Start()).Body!["attemptsLeft"]!.GetValue<int>();

        var key = Attempt.NewKey();
        Assert.Equal(0, (await person.VerifyOnce("no code", key)).Status); // lost
        var wrong = await person.VerifyOnce("no code", key);
        Assert.Equal(("code_wrong", tries - 1), (wrong.Code, wrong.Body!["attemptsLeft"]!.GetValue<int>()));
        Assert.Equal(tries - 1, (await View(direct, person)).Body!["attemptsLeft"]!.GetValue<int>());

        // Resent once, although it was asked for twice.
        var resend = Attempt.NewKey();
        Task<Reply> Resend() => api.Send(HttpMethod.Post, $"/v1/registrations/{person.Id}/code", token: person.Token, key: resend);
        Assert.Equal(202, (await Api.Until(Resend, reply => reply.Status == 202, "a second code")).Status);
        await person.Code(messages: 2);

        await person.Verify(messages: 2);
        var completed = await person.Complete();
        Assert.True(completed.Status == 201, completed.ToString());
        var signIn = Attempt.NewKey();
        Task<Reply> SignIn() => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = person.Contact, password = person.Password }, key: signIn);
        Assert.Equal(0, (await SignIn()).Status);
        var signedIn = await SignIn();
        Assert.Equal((201, Attempt.AccountOf(completed)), (signedIn.Status, Attempt.AccountOf(signedIn)));
        // The completion's session and the sign-in's: those whose tokens were lost are gone.
        var sessions = await direct.Send(HttpMethod.Get, "/v1/account/sessions", token: signedIn.Text("token"));
        Assert.Equal(2, sessions.Body!.AsArray().Count);
        var messages = await direct.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(person.Contact)}");
        Assert.Equal(2, messages.Body!.AsArray().Count);

        // What is done with the session: the password is changed once, and what is ended or set stays so.
        var session = signedIn.Text("token");
        var (change, next) = (Attempt.NewKey(), $"Pass-{Guid.NewGuid():N}");
        await Twice(204, () => api.Send(HttpMethod.Post, "/v1/account/password", new { currentPassword = person.Password, newPassword = next, endOtherSessions = true }, session, change));
        await Twice(200, () => api.Send(HttpMethod.Patch, "/v1/account", new { displayName = "Somebody" }, session));
        await Twice(204, () => api.Send(HttpMethod.Delete, "/v1/account/sessions", token: session));
        Assert.Single((await direct.Send(HttpMethod.Get, "/v1/account/sessions", token: session)).Body!.AsArray());
        await Twice(404, () => api.Send(HttpMethod.Delete, "/v1/sessions/current", token: session)); // it has ended
        Assert.Equal(201, (await direct.Send(HttpMethod.Post, "/v1/sessions", new { identifier = person.Contact, password = next })).Status);
        var undecided = new Attempt(api, Attempt.NewEmail());
        await undecided.Start();
        await Twice(204, () => api.Send(HttpMethod.Delete, $"/v1/registrations/{undecided.Id}", token: undecided.Token));
        Assert.True(network.Lost >= 14, $"{network.Lost}");
        await deployment.AssertSound(accounts: 1);
    }

    private static async Task Twice(int status, Func<Task<Reply>> call)
    {
        Assert.Equal(0, (await call()).Status); // lost
        var repeated = await call();
        Assert.True(repeated.Status == status, repeated.ToString());
    }

    private static Task<Reply> View(Api api, Attempt person) => api.Send(HttpMethod.Get, $"/v1/registrations/{person.Id}", token: person.Token);
}
