using AiCloud.Registration;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Contacts;

/// <summary>kill -9 while people add, replace and remove contacts: each ends in its place or where it was, with one account, and its owner is told (C2.1f).</summary>
public sealed class ContactCrashTests
{
    public static TheoryData<DatabaseProvider> Databases => FaultMatrix.IsFull ? [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql] : [DatabaseProvider.Sqlite];

    // One process dies with somebody at each step of each change.
    [Theory, MemberData(nameof(Databases))]
    public async Task A_crash_at_any_step_of_a_change_leaves_every_contact_with_one_account_and_a_repeat_ends_it(DatabaseProvider database)
    {
        await using var deployment = await Deployment.Start(database);
        var api = new Api(deployment);
        var changes = new List<(ContactStep Step, Change Change)>();
        foreach (var step in Enum.GetValues<ContactStep>())
        {
            changes.Add((step, await Change.Replacing(api)));
            if (step < ContactStep.Relinquished) changes.Add((step, await Change.Adding(api)));
            if (step >= ContactStep.Kept) changes.Add((step, await Change.Removing(api)));
        }
        // Nobody comes back to these: what they left has to be sound as it is.
        var left = new List<(ContactStep Step, Change Change)>();
        foreach (var step in new[] { ContactStep.Named, ContactStep.Owned, ContactStep.Kept }) left.Add((step, await Change.Replacing(api)));
        foreach (var (step, change) in changes.Concat(left))
        {
            _ = await deployment.Workers[0].StopAt($"stop-contact {step}", $"{step}-{change.Name}", change.Once);
        }

        await deployment.Kill();
        var (exit, said) = await deployment.Check();
        Assert.True(exit == 0, said);
        await deployment.Start();
        foreach (var (step, change) in changes) await change.Ends(told: step < ContactStep.Told);
        await deployment.Kill();
        (exit, said) = await deployment.Check();
        Assert.True(exit == 0 && said.Contains($"({changes.Count + left.Count} open)", StringComparison.Ordinal), said);
    }

    /// <summary>One person's change, with what their contacts are before and after.</summary>
    private sealed class Change(Api api, Attempt person, string session, Func<Task<Reply>> act)
    {
        private const string Path = "/v1/account/contacts";

        public string Name => person.Id;

        /// <summary>Contacts with which the person signs in once it is done.</summary>
        public required string[] Kept { get; init; }

        /// <summary>Contacts with which nobody does any more.</summary>
        public string[] Gone { get; init; } = [];

        public Task<Reply> Once() => act();

        public async Task Ends(bool told)
        {
            var done = await Api.Until(act, Api.IsFinal, "the change");
            Assert.True(done.Status is 200 or 204, done.ToString());
            var contacts = await Api.Until(() => api.Send(HttpMethod.Get, Path, token: session), Api.IsFinal, "the contacts");
            Assert.Equal(Kept.Length, contacts.Body!.AsArray().Count);
            foreach (var contact in Kept) Assert.Equal(201, (await SignIn(contact)).Status);
            foreach (var contact in Gone) Assert.Equal("credentials_wrong", (await SignIn(contact)).Code);
            // Messages of before are gone with the process; whoever was not told then is now.
            if (told) await Api.Until(() => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(person.Contact)}"), reply => reply.Status == 200 && reply.Body!.AsArray().Count > 0, "a notice");
        }

        public static async Task<Change> Adding(Api api)
        {
            var (person, session) = await Registered(api);
            var (further, confirm) = await Proving(api, session, null);
            return new(api, person, session, confirm) { Kept = [person.Contact, further] };
        }

        public static async Task<Change> Replacing(Api api)
        {
            var (person, session) = await Registered(api);
            var (further, confirm) = await Proving(api, session, (await Contacts(api, session))[0]);
            return new(api, person, session, confirm) { Kept = [further], Gone = [person.Contact] };
        }

        public static async Task<Change> Removing(Api api)
        {
            var (person, session) = await Registered(api);
            var (further, confirm) = await Proving(api, session, null);
            Assert.Equal(200, (await Api.Until(confirm, Api.IsFinal, "a second contact")).Status);
            var first = (await Contacts(api, session))[0];
            return new(api, person, session, () => api.Send(HttpMethod.Delete, $"{Path}/{first}", token: session)) { Kept = [further], Gone = [person.Contact] };
        }

        private static async Task<(Attempt Person, string Session)> Registered(Api api)
        {
            var person = new Attempt(api, Attempt.NewEmail());
            return (person, (await person.Register()).Body!["session"]!["token"]!.GetValue<string>());
        }

        private static async Task<string[]> Contacts(Api api, string session) =>
            [.. (await Api.Until(() => api.Send(HttpMethod.Get, Path, token: session), Api.IsFinal, "the contacts")).Body!.AsArray().Select(contact => contact!["id"]!.GetValue<string>())];

        private static async Task<(string Contact, Func<Task<Reply>> Confirm)> Proving(Api api, string session, string? replaces)
        {
            var (further, key, confirmation) = (Attempt.NewEmail(), Attempt.NewKey(), Attempt.NewKey());
            var begun = await Api.Until(() => api.Send(HttpMethod.Post, Path, new { method = "email", email = further, replaces }, session, key), Api.IsFinal, "a code");
            Assert.True(begun.Status == 201, begun.ToString());
            var outbox = await Api.Until(() => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(further)}"), reply => reply.Status == 200 && reply.Body!.AsArray().Count > 0, "a code");
            var answer = new { challenge = begun.Text("id"), code = outbox.Body!.AsArray()[0]!["code"]!.GetValue<string>() };
            return (further, () => api.Send(HttpMethod.Post, $"{Path}/confirmation", answer, session, confirmation));
        }

        private Task<Reply> SignIn(string contact) =>
            Api.Until(() => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = contact, password = person.Password }, key: Attempt.NewKey()), Api.IsFinal, "an answer");
    }
}
