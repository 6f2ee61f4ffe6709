using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AiCloud.Pages;
using AiCloud.Protection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiCloud.Probe;

/// <summary>The gateway's frame with a handful of endpoints, on real Kestrel: what every endpoint inherits is tested here once.</summary>
public sealed class ProbeApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private ProbeApp(WebApplication app, RecordedLog log)
    {
        (this.app, Log) = (app, log);
        Address = new(app.Urls.Single());
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<ProbeApp> Start(
        Action<WebApplication>? endpoints = null, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ProbeApp).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddGatewayFrame();
        builder.Services.AddProtection(KeyRing.Generate(new CryptographicRandomness())).AddPages();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseGatewayFrame();
        app.MapPages();
        (endpoints ?? ProbeEndpoints.MapProbe)(app);
        await app.StartAsync();
        return new(app, log);
    }

    public Task<HttpResponseMessage> Post(string path, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public Task<HttpResponseMessage> Post(string path, byte[] body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Client.PostAsync(path, content);
    }

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}

/// <summary>One probe for tests that change nothing.</summary>
public sealed class SharedProbe : IAsyncLifetime
{
    public ProbeApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await ProbeApp.Start();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Reading problem documents.</summary>
public static class ProblemReading
{
    /// <summary>Checks what API.md promises of every problem, and hands it over.</summary>
    public static async Task<JsonElement> Problem(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {text}");
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        var type = new Uri(problem.GetProperty("type").GetString()!, UriKind.Absolute);
        Assert.Equal($"/problems/{code}", type.AbsolutePath);
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("traceId").GetString()));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("Accept-Language", response.Headers.Vary);
        if (status is 429 or 503) Assert.True(response.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        if (status == 401) Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        if (status == 405) Assert.NotEmpty(response.Content.Headers.Allow);
        return problem;
    }

    /// <summary>The field errors as "pointer code", sorted.</summary>
    public static string[] Errors(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}").Order(StringComparer.Ordinal)];
}
