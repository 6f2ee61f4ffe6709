using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Registration;

public sealed class SurvivalTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Who_registered_is_still_there_after_kill_9(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var people = new[] { new Attempt(api, Attempt.NewPhone()), new Attempt(api, Attempt.NewEmail()) };
        var accounts = new List<string>();
        var sessions = new List<string>();
        foreach (var person in people)
        {
            accounts.Add(Attempt.AccountOf(await person.Register()));
            sessions.Add((await person.SignIn()).Text("token"));
        }

        await deployment.Kill();
        await deployment.Start();

        foreach (var (person, account, session) in people.Zip(accounts, sessions))
        {
            var view = await Api.Until(() => api.Send(HttpMethod.Get, "/v1/account", token: session), Api.IsFinal, "the account");
            Assert.Equal((200, account), (view.Status, view.Text("id")));
            var signedIn = await person.SignIn();
            Assert.Equal((201, account), (signedIn.Status, Attempt.AccountOf(signedIn)));
        }
        await deployment.AssertSound(accounts: people.Length);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_repeat_after_kill_9_answers_as_before(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var begun = new Attempt(api, Attempt.NewEmail());
        var first = await begun.Start();
        var done = new Attempt(api, Attempt.NewPhone());
        var completed = await done.Register();

        await deployment.Kill();
        await deployment.Start();

        var again = await Api.Until(begun.StartOnce, Api.IsFinal, "the start again");
        Assert.Equal(201, again.Status);
        Assert.Equal((first.Text("id"), first.Text("token")), (again.Text("id"), again.Text("token")));
        Assert.Equal(first.Text("codeExpiresAt"), again.Text("codeExpiresAt"));

        var completedAgain = await done.Complete();
        Assert.Equal(201, completedAgain.Status);
        Assert.Equal(Attempt.AccountOf(completed), Attempt.AccountOf(completedAgain));
        // A fresh session takes the place of the one whose token may have been lost.
        var (old, fresh) = (completed.Body!["session"]!["token"]!.GetValue<string>(), completedAgain.Body!["session"]!["token"]!.GetValue<string>());
        Assert.NotEqual(old, fresh);
        Assert.Equal(200, (await api.Send(HttpMethod.Get, "/v1/account", token: fresh)).Status);
        Assert.NotEqual(200, (await api.Send(HttpMethod.Get, "/v1/account", token: old)).Status);
        // Another act under another key is not a repeat.
        Assert.Equal("already_completed", (await done.CompleteOnce(Attempt.NewKey())).Code);
    }
}
