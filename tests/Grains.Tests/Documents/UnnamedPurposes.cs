using AiCloud.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Documents;

/// <summary>A cluster whose privacy agreement says nothing yet of guardians and of the authority on numbers.</summary>
public sealed class UnnamedPurposes : ClusterFixture
{
    /// <summary>How often the authority was asked; it says that the number changed hands.</summary>
    public CountingAuthority Authority { get; } = new();

    public override IReadOnlyList<DocumentVersion> Texts { get; } =
        [.. TestTexts.First.Select(text => text.Kind == DocumentCatalog.PrivacyKind ? text with { Processing = Amendments.Table } : text)];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IRecycledNumberCheck>(Authority);

    /// <summary>Announces a text whose table has these rows beside the former ones.</summary>
    public async Task<DocumentVersion> Announce(string label, params string[] purposes)
    {
        var version = await Grains.Announce(DocumentCatalog.PrivacyKind, label, draft => draft with
        {
            Processing = [.. Amendments.Table, .. purposes.Select(purpose => Amendments.Purpose(purpose, necessary: true, "phone"))],
        });
        await Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>().Renew(default);
        return version;
    }

    public sealed class CountingAuthority : IRecycledNumberCheck
    {
        public int Asked { get; private set; }

        public Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation)
        {
            Asked++;
            return Task.FromResult(NumberStanding.Changed);
        }
    }
}
