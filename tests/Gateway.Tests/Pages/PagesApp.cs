using System.Collections.Concurrent;
using AiCloud.Passwords;
using System.Net.Http.Json;
using AiCloud.Documents;
using AiCloud.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AiCloud.Pages;

/// <summary>The whole gateway with an embedded silo on a throw-away folder, as a person starts it.</summary>
public sealed class PagesApp : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("aicloud-pages-").FullName;
    private readonly ConcurrentDictionary<string, Message> handedOut = new();
    private GatewayProcess process = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>A client that keeps nothing and follows nothing.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => process.App.Services;

    internal ShiftedClock Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        process = await GatewayHost.Build(
            ["--urls", "http://127.0.0.1:0", $"--AiCloud:DataDirectory={folder}", "--AiCloud:Limits:PerNetwork=0", "--AiCloud:Identity:Mode=Development", "--AiCloud:Storage:Synchronous=Normal", "--AiCloud:Gateway:TrustedProxies:0=127.0.0.1"],
            services => services.WithCheapHashes().Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)),
            builder => builder.Logging.ClearProviders());
        await process.App.StartAsync();
        Address = new(process.App.Urls.Single());
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await process.App.StopAsync(new CancellationToken(canceled: true));
        await process.App.DisposeAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The codes sent to a contact, newest first.</summary>
    public async Task<string[]> Codes(string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(to)}");
        using var response = await Client.SendAsync(request);
        return [.. (await response.Content.ReadFromJsonAsync<Message[]>())!.Select(message => message.Code)];
    }

    /// <summary>Waits for a code to a contact that was not handed out before: a message may leave a moment after the reply.</summary>
    public async Task<string> Code(string to)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            using var response = await Client.GetAsync(new Uri($"/dev/outbox?to={Uri.EscapeDataString(to)}", UriKind.Relative));
            var newest = (await response.Content.ReadFromJsonAsync<Message[]>())!.FirstOrDefault(message => message.Code.Length > 0);
            if (newest is not null && newest != handedOut.GetValueOrDefault(to)) return (handedOut[to] = newest).Code;
            await Task.Delay(25);
        }
        throw new TimeoutException("No code came.");
    }

    /// <summary>Announces a version, and waits until this gateway knows of it.</summary>
    internal Task<DocumentVersion> Announce(string kind, string version, Func<DraftVersion, DraftVersion>? change = null) => Services.Announce(kind, version, change);

    private sealed record Message(string Code, DateTimeOffset SentAt);
}

/// <summary>Tests that announce versions and move the clock of an app of their own, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class AmendedPages : ICollectionFixture<PagesApp>
{
    public const string Name = "amended pages";
}

[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesApp>
{
    public const string Name = "pages";
}
