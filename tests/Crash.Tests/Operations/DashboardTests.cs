using System.Net.Http.Headers;
using System.Text;
using AiCloud.Hosting;
using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Operations;

/// <summary>Orleans' dashboard: only where it was opened, only to who has the token, and no way from it to what is stored.</summary>
public sealed class DashboardTests(PlainCluster cluster)
{
    private const string Token = "a-token-of-more-than-thirty-two-characters";
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task It_opens_to_the_token_alone_and_shows_neither_state_nor_logs_nor_anything_of_people()
    {
        await using var deployment = await Deployment.Start(DatabaseProvider.PostgreSql, settings: ("AiCloud__Operations__DashboardToken", Token));
        var silo = deployment.Operations(0).Address;
        var person = new Attempt(new Api(deployment), Attempt.NewEmail()) { DisplayName = "Zoë of the dashboard" };
        await person.Register();

        foreach (var refused in new[] { null, new AuthenticationHeaderValue("Bearer", Token + "x"), new("Bearer", ""), Basic("any", "wrong"), Basic(Token, ""), new("Basic", "%%%"), new("Digest", Token) })
        {
            var answer = await Get(new Uri(silo, "/orleans/"), refused);
            Assert.Equal((401, "Basic"), ((int)answer.StatusCode, answer.Headers.WwwAuthenticate.Single().Scheme));
            Assert.Equal(401, (int)(await Get(new Uri(silo, "/orleans/DashboardCounters"), refused)).StatusCode);
        }

        var shown = new StringBuilder();
        foreach (var path in new[] { "/orleans/", "/orleans/index.min.js", "/orleans/DashboardCounters", "/orleans/ClusterStats", "/orleans/Reminders", "/orleans/Reminders/1", "/orleans/TopGrainMethods", "/orleans/GrainTypes", "/orleans/GrainStats/AiCloud.Accounts.AccountGrain" })
        {
            var answer = await Get(new Uri(silo, path), Basic("any", Token));
            Assert.True((int)answer.StatusCode == 200, $"{path}: {answer.StatusCode}");
            if (path != "/orleans/index.min.js") shown.Append(await answer.Content.ReadAsStringAsync());
        }
        Assert.Contains("AccountGrain", shown.ToString(), StringComparison.Ordinal);
        foreach (var ofPeople in new[] { person.Contact, person.DisplayName, "example.com" }) Assert.DoesNotContain(ofPeople, shown.ToString(), StringComparison.OrdinalIgnoreCase);

        // Ways to the state of an actor, and to the log.
        foreach (var path in new[] { "GrainState", "grainstate", "GrainState/", "%47rainState", "x/../GrainState", "Trace", "trace/", "%54race" })
        {
            var answer = await Get(new Uri(silo, $"/orleans/{path}?grainId=switches&grainType=AiCloud.Switches.SwitchesGrain"), new("Bearer", Token));
            Assert.True((int)answer.StatusCode == 404, $"{path}: {answer.StatusCode}");
        }
        // Not on the door that people use.
        foreach (var path in new[] { "/orleans/", "/orleans/DashboardCounters" }) Assert.Equal(404, (int)(await Get(new Uri(deployment.Address, path), new("Bearer", Token))).StatusCode);
    }

    [Fact]
    public async Task Where_nobody_opened_it_there_is_none_and_a_short_token_is_refused()
    {
        var deployment = await cluster.Deployment;
        Assert.Equal(404, (int)(await Get(new Uri(deployment.Operations(0).Address, "/orleans/"), new("Bearer", ""))).StatusCode);
        await using var silo = Child.Start("AiCloud.Silo", [], deployment.Settings.Append(new("AiCloud__Operations__DashboardToken", "short")).Append(new("AiCloud__Operations__Port", "0")));
        Assert.Equal(1, await silo.Exit());
        Assert.StartsWith("AiCloud:Operations:DashboardToken: ", Assert.Single(silo.Error), StringComparison.Ordinal);
    }

    private static AuthenticationHeaderValue Basic(string name, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static async Task<HttpResponseMessage> Get(Uri address, AuthenticationHeaderValue? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = credentials;
        return await Http.SendAsync(request);
    }
}
