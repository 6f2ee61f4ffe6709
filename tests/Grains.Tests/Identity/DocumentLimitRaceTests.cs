using static AiCloud.Identity.IdentityCluster;

namespace AiCloud.Identity;

/// <summary>One certificate, many accounts at once, on two silos and PostgreSQL (C2.1e).</summary>
public sealed class DocumentLimitRaceTests(IdentityOnPostgreSql cluster) : IClassFixture<IdentityOnPostgreSql>
{
    private static readonly DateOnly Born = new(1990, 5, 17);

    [Fact]
    public async Task Of_ten_accounts_at_once_exactly_three_are_proven_by_one_certificate()
    {
        var card = NewCard(Born);
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Person(Born)));
        var views = await Task.WhenAll(people.Select(person => cluster.Submit(person, ByCard(card))));
        Assert.Equal(3, views.Count(view => view.State == IdentityState.Verified));
        Assert.All(views.Where(view => view.State != IdentityState.Verified), view => Assert.Equal((IdentityState.Refused, IdentityReason.DocumentLimit), (view.State, view.Reason)));
        foreach (var (person, view) in people.Zip(views)) Assert.Equal(view.State, (await cluster.View(person)).State);
    }

    [Fact]
    public async Task Of_ten_by_one_network_ID_exactly_three_are_proven_though_the_subject_is_known_only_afterwards()
    {
        cluster.Check.Answers = question => Task.FromResult(question.Method == IdentityMethod.NetworkId
            ? new IdentityAnswer { Verdict = IdentityVerdict.Match, Subject = "one-subject" } : ScriptedCheck.Match);
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Person(Born)));
        var views = await Task.WhenAll(people.Select(person => cluster.Submit(person, ByNetworkId())));
        Assert.Equal(3, views.Count(view => view.State == IdentityState.Verified));
    }
}
