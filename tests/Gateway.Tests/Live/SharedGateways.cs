[assembly: AssemblyFixture(typeof(AiCloud.Live.SharedGateways))]

namespace AiCloud.Live;

/// <summary>Gateways for the whole assembly, each started when a test first asks for it.</summary>
public sealed class SharedGateways : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task<LiveGateway>? steady, moving, staffed;

    /// <summary>Its clock is nobody's to move.</summary>
    public Task<LiveGateway> Steady { get { lock (gate) return steady ??= LiveGateway.Start(); } }

    /// <summary>For the tests of the collection <see cref="MovingClock"/>, which run one after the other and move its clock ahead.</summary>
    public Task<LiveGateway> Moving { get { lock (gate) return moving ??= LiveGateway.Start(); } }

    /// <summary>Has two members of staff and kinds of documents for rehearsing.</summary>
    public Task<LiveGateway> Staffed { get { lock (gate) return staffed ??= LiveGateway.Start(AiCloud.Requests.RehearsedStaffPost.Settings); } }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in new[] { steady, moving, staffed })
            if (started is not null) await (await started).DisposeAsync();
    }
}

/// <summary>Names the collection of tests that move the clock.</summary>
[CollectionDefinition(Name)]
public sealed class MovingClock
{
    public const string Name = "moving clock";
}
