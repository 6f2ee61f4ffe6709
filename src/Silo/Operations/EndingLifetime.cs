namespace AiCloud.Operations;

/// <summary>
/// Lets a host end once <see cref="Ending"/> heard that it shall. A host that listened to the signals itself might hear them first, and what it then cut off
/// would look like a failure to whoever started it.
/// </summary>
internal sealed class EndingLifetime(Ending ending, IHostApplicationLifetime host) : IHostLifetime, IDisposable
{
    private CancellationTokenRegistration _asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _asked = ending.Asked.Register(host.StopApplication);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _asked.Dispose();
}

internal static class EndingFeature
{
    /// <summary>Makes <paramref name="ending"/> the only one of the process that hears signals.</summary>
    public static IServiceCollection AddEnding(this IServiceCollection services, Ending ending) =>
        services.AddSingleton<IHostLifetime>(built => new EndingLifetime(ending, built.GetRequiredService<IHostApplicationLifetime>()));
}
