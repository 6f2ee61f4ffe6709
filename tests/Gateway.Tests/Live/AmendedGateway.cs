using AiCloud.Clock;
using AiCloud.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Live;

/// <summary>A gateway of its own, with the database's clock moved like all others, whose texts are amended while people have accounts.</summary>
public sealed class AmendedGateway : IAsyncLifetime
{
    public LiveGateway Gateway { get; private set; } = null!;

    public DateTimeOffset Now => Gateway.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => Gateway = await LiveGateway.Start(null,
        services => services.AddSingleton<IDatabaseTime>(provider => new ClockAsDatabaseTime(provider.GetRequiredService<TimeProvider>())));

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>Announces another version of a kind, and waits until this process knows it.</summary>
    public async Task<DocumentVersion> Announce(string kind, Func<DraftVersion, DraftVersion>? change = null)
    {
        var grains = Gateway.Services.GetRequiredService<IGrainFactory>();
        var versions = await grains.GetGrain<IDocumentGrain>(kind).Versions();
        MoveTo(versions.Max(version => version.EffectiveAt)); // only one announced version of a kind at a time
        var announced = await grains.Announce(kind, $"1.{versions.Length}", change);
        await Gateway.Services.GetRequiredService<DocumentCatalog>().Renew(default);
        return announced;
    }

    /// <summary>Moves the clock past everything that is announced, so that a test begins with nothing under way.</summary>
    public async Task Settle()
    {
        var grains = Gateway.Services.GetRequiredService<IGrainFactory>();
        foreach (var kind in DocumentCatalog.Kinds) MoveTo((await grains.GetGrain<IDocumentGrain>(kind).Versions()).Max(version => version.EffectiveAt));
        await Gateway.Services.GetRequiredService<DocumentCatalog>().Renew(default);
    }

    /// <summary>Moves the clock ahead to an instant, or a little past it: real time goes on.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant > Now) Gateway.Clock.Advance(instant - Now);
    }

    /// <summary>A row for the privacy agreement's table beside those in force.</summary>
    public DraftVersion WithPurposes(DraftVersion draft, params ProcessingPurpose[] purposes)
    {
        var inForce = Gateway.Services.GetRequiredService<DocumentCatalog>().Current.InForce(DocumentCatalog.PrivacyKind, Now)!;
        return draft with { Processing = [.. inForce.Processing.Where(row => purposes.All(purpose => purpose.Id != row.Id)), .. purposes] };
    }
}
