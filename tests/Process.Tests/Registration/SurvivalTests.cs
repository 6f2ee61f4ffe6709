using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

public sealed class SurvivalTests
{
    public static TheoryData<DatabaseProvider> Databases => FaultMatrix.Databases(DatabaseProvider.Sqlite);

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_registered_is_still_there_after_kill_9_and_repeats_answer_as_before(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var people = new[] { new Attempt(api, Attempt.NewPhone()), new Attempt(api, Attempt.NewEmail()) };
        var completions = new List<Reply>();
        var sessions = new List<string>();
        foreach (var person in people)
        {
            completions.Add(await person.Register());
            sessions.Add((await person.SignIn()).Text("token"));
        }
        var begun = new Attempt(api, Attempt.NewEmail());
        var started = await begun.Start();

        await deployment.Kill();
        await deployment.Start();

        foreach (var (person, completed, session) in people.Zip(completions, sessions))
        {
            var account = Attempt.AccountOf(completed);
            var view = await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account", token: session), Api.IsFinal, "the account");
            Assert.Equal((200, account), (view.Status, view.Text("id")));
            var signedIn = await person.SignIn();
            Assert.Equal((201, account), (signedIn.Status, Attempt.AccountOf(signedIn)));
            await AnswersAgain(api, person, completed);
        }
        var again = await Api.Until(begun.StartOnce, Api.IsFinal, "the start again");
        Assert.Equal(201, again.Status);
        foreach (var member in new[] { "id", "token", "state", "codeExpiresAt", "expiresAt" }) Assert.Equal(started.Text(member), again.Text(member));
        await deployment.AssertSound(accounts: people.Length);
    }

    private static async Task AnswersAgain(Api api, Attempt person, Reply completed)
    {
        var again = await person.Complete();
        Assert.Equal((201, Attempt.AccountOf(completed)), (again.Status, Attempt.AccountOf(again)));
        // A fresh session takes the place of the one whose token may have been lost.
        var (old, fresh) = (completed.Body!["session"]!["token"]!.GetValue<string>(), again.Body!["session"]!["token"]!.GetValue<string>());
        Assert.NotEqual(old, fresh);
        Assert.Equal(200, (await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account", token: fresh), Api.IsFinal, "the account")).Status);
        Assert.NotEqual(200, (await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account", token: old), Api.IsFinal, "the account")).Status);
        // Another act under another key is not a repeat.
        var another = Attempt.NewKey();
        Assert.Equal("already_completed", (await Api.Until(() => person.CompleteOnce(another), Api.IsFinal, "a refusal")).Code);
    }
}
