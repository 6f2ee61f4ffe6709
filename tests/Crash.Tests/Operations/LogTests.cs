using System.Text.Json;
using AiCloud.Running;
using AiCloud.Storage;
using Npgsql;

namespace AiCloud.Operations;

/// <summary>Log lines of a cluster's processes, at the wordiest level.</summary>
public sealed class LogTests
{
    private const string Password = "hunter2-of-the-database";

    [Fact]
    public async Task Every_line_is_json_requests_carry_their_trace_and_no_secret_of_the_configuration_is_in_any()
    {
        await using var database = await TemporaryDatabase.Create();
        // The throw-away server trusts everybody: whether the password is right does not matter, whether it is told does.
        var settings = new DatabaseSettings { Provider = DatabaseProvider.PostgreSql, ConnectionString = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString) { Password = Password }.ConnectionString };
        await using var deployment = await Deployment.Start(settings, settings: [("AiCloud__Logs__Format", ""), ("PROCESSHOST_WORDY", "set"), ("Logging__LogLevel__Default", "Trace")]);
        var api = new Api(deployment);
        await new Attempt(api, Attempt.NewEmail()).Register();
        using var traced = new HttpRequestMessage(HttpMethod.Get, new Uri(deployment.Address, "/v1/documents"));
        traced.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Assert.Equal(200, (await api.Send(traced)).Status);
        foreach (var child in deployment.Silos.Prepend(deployment.Gateway!)) await child.Stop();

        var ring = JsonDocument.Parse(await File.ReadAllTextAsync(deployment.KeyFile)).RootElement;
        string[] secrets = [Password, settings.ConnectionString!, .. Strings(ring).Where(text => text.Length >= 32)];
        Assert.True(secrets.Length > 2);
        foreach (var child in deployment.All)
        {
            Assert.Empty(child.Error);
            // The one line that the test's own host program writes for itself.
            foreach (var line in Whole(child))
            {
                using var json = JsonDocument.Parse(line);
                foreach (var member in new[] { "time", "level", "category", "message" }) Assert.False(string.IsNullOrEmpty(json.RootElement.GetProperty(member).GetString()), line);
                Assert.False(json.RootElement.TryGetProperty("scopes", out _));
                foreach (var secret in secrets) Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
            }
            Assert.Contains(child.Output, line => line.Contains("\"level\":\"trace\"", StringComparison.Ordinal));
        }
        // One registration is one trace through both processes, without anybody to export it to.
        var gateway = Traces(deployment.Gateway!);
        Assert.Contains(gateway, trace => Traces(deployment.Silos[0]).Contains(trace));
    }

    // The console's writer is given up while a slow reader has not taken everything: of the very last line there may be half.
    private static IEnumerable<string> Whole(Child child)
    {
        var lines = child.Output.Where(line => line.Length > 0).ToArray();
        return lines is [.., var last] && !last.EndsWith('}') ? lines.SkipLast(1) : lines;
    }

    private static HashSet<string> Traces(Child child) => [.. Whole(child).Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.TryGetProperty("trace", out _)).Select(line => line.GetProperty("trace").GetString()!)];

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        _ => [],
    };
}
