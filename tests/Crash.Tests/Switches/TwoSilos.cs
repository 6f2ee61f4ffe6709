using AiCloud.Running;
using AiCloud.Storage;

namespace AiCloud.Switches;

/// <summary>Two silos and a gateway that know the members of staff of <see cref="Publisher"/>, for tests that take turns and leave no switch thrown.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    public const string Name = "two silos";

    internal Deployment Deployment { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Deployment = await Deployment.Start(DatabaseProvider.PostgreSql, silos: 2, settings: [.. Publisher.Settings]);

    public ValueTask DisposeAsync() => Deployment is null ? default : Deployment.DisposeAsync();
}

[CollectionDefinition(TwoSilos.Name)]
public sealed class TwoSilosInTurns : ICollectionFixture<TwoSilos>;
