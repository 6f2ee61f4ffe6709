using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(AiCloud.Hosting.LongestFirst))]

namespace AiCloud.Hosting;

/// <summary>What takes turns for longest begins first: begun last, it would run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(StartTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(each => !Array.Exists(Longest, name => each.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal))).ThenBy(each => each.UniqueID, StringComparer.Ordinal)];
}
