using AiCloud.Hosting;
using Orleans.Runtime.Placement;

namespace AiCloud.Isolation;

/// <summary>The other silos, as witnesses of whether the database is there.</summary>
internal interface IWitnesses
{
    /// <summary>Whether it answers one of them. False when nobody can be asked.</summary>
    Task<bool> Reach(CancellationToken cancellation);
}

/// <inheritdoc cref="IWitnesses"/>
internal sealed class Witnesses(IGrainFactory grains, ISiloStatusOracle silos) : IWitnesses
{
    private const int Asked = 5;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    public async Task<bool> Reach(CancellationToken cancellation)
    {
        // Others each time: those asked first may have lost it too.
        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(silos.SiloAddress)).OrderBy(_ => Guid.NewGuid());
        var answers = await Task.WhenAll(others.Take(Asked).Select(silo => Ask(silo, cancellation)));
        return answers.Contains(true);
    }

    private async Task<bool> Ask(SiloAddress silo, CancellationToken cancellation)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return await grains.GetGrain<IWitnessGrain>(Guid.NewGuid().ToString("N")).ReachesDatabase(cancellation).WaitAsync(LongestAnswer, cancellation);
        }
        catch (Exception failure) when (Patience.Passes(failure))
        {
            return false;
        }
        finally
        {
            RequestContext.Clear();
        }
    }
}
