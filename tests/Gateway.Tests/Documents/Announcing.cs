using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Documents;

/// <summary>Announcing to a gateway under test.</summary>
internal static class Announcing
{
    /// <summary>Announces a version through its actor, and waits until this process has heard of it.</summary>
    public static async Task<DocumentVersion> Announce(this IServiceProvider gateway, string kind, string version, Func<DraftVersion, DraftVersion>? change = null)
    {
        var announced = await gateway.GetRequiredService<IGrainFactory>().Announce(kind, version, change);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (gateway.GetRequiredService<DocumentCatalog>().Current.Find(kind, version) is null) await Task.Delay(20, patience.Token);
        return announced;
    }
}
