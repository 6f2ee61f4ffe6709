using AiCloud.Passwords;
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
    private GatewayProcess process = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>A client that keeps nothing and follows nothing.</summary>
    public HttpClient Client { get; private set; } = null!;

    public Outbox Outbox { get; private set; } = null!;

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
        Outbox = new(Client);
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
    public async Task<string[]> Codes(string to) => [.. (await Outbox.To(to)).Select(message => message.Code)];

    /// <inheritdoc cref="Live.Outbox.NextCode" />
    public Task<string> Code(string to) => Outbox.NextCode(to);

    /// <summary>Announces a version, and waits until this gateway knows of it.</summary>
    internal Task<DocumentVersion> Announce(string kind, string version, Func<DraftVersion, DraftVersion>? change = null) => Services.Announce(kind, version, change);
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
