using AiCloud.Passwords;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Documents;
using AiCloud.Hosting;
using AiCloud.Probe;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace AiCloud.Live;

/// <summary>The real host as it starts for a developer, embedded and on Kestrel, with a folder of its own. Tests keep apart by their contacts.</summary>
public sealed class LiveGateway : IAsyncDisposable
{
    private readonly GatewayProcess process;
    private readonly string folder;
    private readonly bool keepsFolder;

    private LiveGateway(GatewayProcess process, string folder, bool keepsFolder, RecordedLog log, ShiftedClock clock)
    {
        (this.process, this.folder, this.keepsFolder, Log, Clock) = (process, folder, keepsFolder, log, clock);
        Address = new(process.App.Urls.Single());
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        Outbox = new(Client);
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public Outbox Outbox { get; }

    public RecordedLog Log { get; }

    internal ShiftedClock Clock { get; }

    public IServiceProvider Services => process.App.Services;

    public static Task<LiveGateway> Start(params (string Key, string Value)[] settings) => Start(null, null, settings);

    public static async Task<LiveGateway> Start(string? folder, Action<IServiceCollection>? replace, params (string Key, string Value)[] settings)
    {
        var (path, log, clock) = (folder ?? Directory.CreateTempSubdirectory("aicloud-gateway-").FullName, new RecordedLog(), new ShiftedClock());
        (string Key, string Value)[] all = [("urls", "http://127.0.0.1:0"), ("AiCloud:DataDirectory", path), ("AiCloud:Limits:PerNetwork", "0"), ("AiCloud:Identity:Mode", "Development"), ("AiCloud:Storage:Synchronous", "Normal"), .. settings];
        var process = await GatewayHost.Build(
            [.. all.Select(setting => $"--{setting.Key}={setting.Value}")],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.ForManySilos();
                services.WithCheapHashes();
                // Each of some 350 metrics sets room for 2,000 series aside, for every gateway of the process.
                services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 200 }));
                replace?.Invoke(services);
            },
            builder => builder.Logging.ClearProviders().AddProvider(log));
        await process.App.StartAsync();
        var gateway = new LiveGateway(process, path, folder is not null, log, clock);
        await gateway.BecomesReady();
        return gateway;
    }

    public async Task<Reply> Send(HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var content = body switch
        {
            null => null,
            HttpContent given => given,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body, Web), Encoding.UTF8, "application/json"),
        };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) Assert.True(request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"));
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Reply.Of(await Client.SendAsync(request));
    }

    public Task<Reply> Get(string path, string? token = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, token, headers);

    public Task<Reply> Post(string path, object? body, string? token = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, token, headers);

    public Task<Reply> Delete(string path, string? token = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, token, headers);

    /// <summary>Development outbox: codes sent to a contact, newest first.</summary>
    public async Task<string[]> Codes(string to) => [.. (await Outbox.To(to)).Select(message => message.Code)];

    /// <inheritdoc cref="Live.Outbox.Code" />
    public Task<string> Code(string to, int messages = 1) => Outbox.Code(to, messages);

    /// <inheritdoc cref="Live.Outbox.NextCode" />
    public Task<string> NextCode(string to) => Outbox.NextCode(to);

    /// <summary>How many rows of a kind are kept: what a refused request must not change.</summary>
    public async Task<long> Rows(string? name = null)
    {
        await using var connection = await Services.GetRequiredService<Database>().State.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM state WHERE @name IS NULL OR name = @name", new { name });
    }

    /// <summary>Every row, by name and key, with its version: whatever is written shows.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Kept()
    {
        await using var connection = await Services.GetRequiredService<Database>().State.OpenConnectionAsync();
        var rows = await connection.QueryAsync<(string Row, long Version)>("SELECT name || ' ' || key, version FROM state");
        return rows.ToDictionary(row => row.Row, row => row.Version, StringComparer.Ordinal);
    }

    /// <summary>The documents in force, by kind.</summary>
    internal DocumentReference InForce(string kind) => Services.GetRequiredService<DocumentCatalog>().Current.InForce(kind, Clock.GetUtcNow())!.Reference;

    public object PrivacyConsent => Privacy(InForce(DocumentCatalog.PrivacyKind));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // What the OpenAPI document does not show is a broken promise, and an unforeseen exception is a defect, whatever test met it.
        Assert.DoesNotContain(Log.Lines, line => line.Contains("does not declare", StringComparison.Ordinal) || line.Contains("unforeseen error", StringComparison.Ordinal));
        await process.App.StopAsync();
        await process.App.DisposeAsync();
        process.Dispose();
        if (!keepsFolder) Directory.Delete(folder, recursive: true);
    }

    internal static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static object Privacy(DocumentReference reference) => new { reference.Version, reference.Sha256 };

    private async Task BecomesReady()
    {
        for (var tries = 0; (await Client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode != System.Net.HttpStatusCode.OK; tries++)
        {
            Assert.True(tries < 400, string.Join('\n', Log.Lines));
            await Task.Delay(50);
        }
    }
}

/// <summary>System time that a test can move ahead; timers keep real time, since the silo's own stand on it.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long ahead, held;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Read(ref held) is var ticks and not 0 ? new(ticks, TimeSpan.Zero) : System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref ahead));

    /// <summary>Stands still at an instant, for what is decided to the millisecond.</summary>
    public void Hold(DateTimeOffset at) => Interlocked.Exchange(ref held, at.UtcTicks);

    /// <summary>Goes on from where it was held.</summary>
    public void GoOn()
    {
        if (Interlocked.Exchange(ref held, 0) is var ticks and not 0) Interlocked.Exchange(ref ahead, ticks - System.GetUtcNow().UtcTicks);
    }

    public void Advance(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);
}

/// <summary>A reply, read whole.</summary>
public sealed record Reply(int Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string this[string member] => Json.GetProperty(member) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Json.GetProperty(member).GetRawText();

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public Reply Is(int status)
    {
        Assert.True(Status == status, string.Create(CultureInfo.InvariantCulture, $"expected {status}, got {Status}: {Text}"));
        return this;
    }

    /// <summary>Checks what API.md promises of every problem, and hands it over.</summary>
    public Task<JsonElement> Problem(int status, string code) => Message.Problem(status, code);

    public static async Task<Reply> Of(HttpResponseMessage message) => new((int)message.StatusCode, await message.Content.ReadAsStringAsync(), message);
}

/// <summary>Changing one member of a request.</summary>
internal static class Requests
{
    public static JsonObject ToJson(this object request) => JsonNode.Parse(JsonSerializer.Serialize(request, LiveGateway.Web))!.AsObject();
}
