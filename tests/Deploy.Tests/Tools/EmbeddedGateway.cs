using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiCloud.Running;
using AiCloud.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(EmbeddedGateway))]

namespace AiCloud.Tools;

/// <summary>Gateway and silo in this process, as a developer starts them, with every instrument noted that they make. One for all tests.</summary>
public sealed class EmbeddedGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-deploy-");
    private readonly ConcurrentDictionary<Instrument, byte> _instruments = new();
    private readonly MeterListener _listener = new();
    private GatewayProcess? _process;

    internal Uri Address => new(_process!.App.Urls.Single());

    internal IServiceProvider Services => _process!.App.Services;

    /// <summary>Every instrument there is, also those that have measured nothing yet.</summary>
    internal IEnumerable<Instrument> Instruments => _instruments.Keys;

    public async ValueTask InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, _) => _instruments[instrument] = 0;
        _listener.Start();
        _process = await GatewayHost.Build(["--urls=http://127.0.0.1:0", $"--AiCloud:DataDirectory={_folder.FullName}", "--AiCloud:Limits:PerNetwork=0"],
            configure: builder => builder.Logging.ClearProviders());
        await _process.App.StartAsync();
        var api = new Api(Address);
        await Api.Until(() => api.Send(HttpMethod.Get, "/health/ready"), reply => reply.Status == 200, "ready");
        // Born with the first question to an endpoint or of a service, and with the first copy.
        _ = _process.App.Services.GetRequiredService<Identity.ExchangeMetrics>();
        _ = _process.App.Services.GetRequiredService<PersonalData.ExportMetrics>();
        _ = _process.App.Services.GetRequiredService<Identity.IdentityMetrics>();
        _ = _process.App.Services.GetRequiredService<Services.EntitlementMetrics>();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.App.StopAsync();
            await _process.App.DisposeAsync();
            _process.Dispose();
        }
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }
}
