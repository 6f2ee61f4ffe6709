using AiCloud.Hosting;
using AiCloud.Running;
using AiCloud.Storage;

[assembly: AssemblyFixture(typeof(PlainCluster))]

namespace AiCloud.Hosting;

/// <summary>A silo and a gateway without settings of a test's own, started when the first test asks; for tests that only look, each with contacts of its own.</summary>
public sealed class PlainCluster : IAsyncDisposable
{
    private readonly Lazy<Task<Deployment>> _deployment = new(() => Running.Deployment.Start(DatabaseProvider.PostgreSql));

    internal Task<Deployment> Deployment => _deployment.Value;

    public async ValueTask DisposeAsync()
    {
        if (_deployment.IsValueCreated) await (await _deployment.Value).DisposeAsync();
    }
}
