namespace AiCloud.Isolation;

/// <inheritdoc cref="IWitnessGrain"/>
[GrainType("witness")]
internal sealed class WitnessGrain(IDatabasePulse pulse) : Grain, IWitnessGrain
{
    public async Task<bool> ReachesDatabase(CancellationToken cancellation)
    {
        DeactivateOnIdle();
        return await pulse.Answers(cancellation);
    }
}
