using AiCloud.Staff;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Services;

/// <summary>Decisions about services that may ask, and that they outlive the actor.</summary>
public sealed class ServiceClientsTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly StaffActor Ann = new() { Staff = "ann" }, Bo = new() { Staff = "bo" };

    [Fact]
    public void Who_was_created_by_the_proposer_a_day_ago_may_approve_and_an_hour_ago_may_not()
    {
        var (state, _) = new ServiceClientsState().Propose(Proposal("c", "op"), Now);
        StaffActor Creature(TimeSpan age) => new() { Staff = "new", Creators = ["ann", "bo"], CreatedAt = Now - age };
        Refused(RefusalCode.SecondPersonNeeded, state.Approve(Act("c", Creature(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1))), Now).Outcome);
        Granted(state.Approve(Act("c", Creature(TimeSpan.FromHours(24))), Now).Outcome);
    }

    [Fact]
    public void A_repeat_finds_what_it_did_and_another_body_under_its_name_is_refused()
    {
        var (state, first) = new ServiceClientsState().Propose(Proposal("c", "op"), Now);
        Assert.Equal((state, Granted(first)), Unwrap(state.Propose(Proposal("d", "op"), Now)));
        Refused(RefusalCode.IdempotencyKeyReused, state.Propose(Proposal("d", "op") with { Types = ["other"] }, Now).Outcome);
        state = state.Approve(Act("c", Bo), Now).Next;
        (state, var token) = state.Issue(Order("t", days: 2), Now);
        Assert.Equal((state, Granted(token)), Unwrap(state.Issue(Order("t", days: 2), Now.AddHours(1))));
        Refused(RefusalCode.IdempotencyKeyReused, state.Issue(Order("t", days: 3), Now).Outcome);
    }

    [Fact]
    public void What_is_published_is_what_works()
    {
        var state = new ServiceClientsState().Propose(Proposal("c", "op"), Now).Next;
        Refused(RefusalCode.SecondPersonNeeded, state.Issue(Order("t", days: 2), Now).Outcome);
        state = state.Approve(Act("c", Bo), Now).Next.Issue(Order("t", days: 2), Now).Next;
        Assert.Equal(["t"], state.Approve(Act("c", Bo), Now).Next.Grants(Now.AddDays(2).AddTicks(-1)).Select(grant => grant.Token));
        Assert.Empty(state.Grants(Now.AddDays(2)));
        Assert.Empty(state.Revoke(Act("c", Ann), "t", Now).Next.Grants(Now));
        Assert.Empty(state.End(Act("c", Ann), Now).Next.Grants(Now));
    }

    [Theory, InlineData(ServiceClientsState.ClientsMax - 1, true), InlineData(ServiceClientsState.ClientsMax, false)]
    public void There_are_at_most_two_hundred_services(int known, bool room)
    {
        var state = Enumerable.Range(0, known).Aggregate(new ServiceClientsState(), (state, i) => state.Propose(Proposal($"c{i}", $"op{i}"), Now).Next);
        Assert.Equal(room ? null : RefusalCode.TooManyServiceClients, state.Propose(Proposal("more", "more"), Now).Outcome.Refusal?.Code);
        Assert.Null(state.End(Act("c0", Bo), Now).Next.Propose(Proposal("more", "more"), Now).Outcome.Refusal);
    }

    [Fact]
    public async Task Services_and_tokens_outlive_the_actor_and_are_told_only_when_they_changed()
    {
        var actor = cluster.Grains.GetGrain<IServiceClientsGrain>(IServiceClientsGrain.Key);
        Granted(await actor.Propose(Proposal("kept", "kept")));
        Granted(await actor.Approve(Act("kept", Bo)));
        Granted(await actor.Issue(Order("t", days: 1) with { Act = Act("kept", Bo) }));
        await cluster.Forget(actor);
        var told = await actor.Published(null);
        Assert.Equal(("kept", "t"), (told.Grants!.Single().Client, told.Grants![0].Token));
        Assert.Null((await actor.Published(told.Revision)).Grants);
        Granted(await actor.Revoke(Act("kept", Ann), "t"));
        Assert.Empty((await actor.Published(told.Revision)).Grants!);
    }

    private static (ServiceClientsState, T) Unwrap<T>((ServiceClientsState Next, Outcome<T> Outcome) decided) where T : class => (decided.Next, Granted(decided.Outcome));

    private static ServiceClientProposal Proposal(string id, string operation) => new() { Operation = operation, Id = id, Name = "A service", Types = ["storage"], By = Ann };

    private static ServiceClientAct Act(string client, StaffActor by) => new() { Operation = $"{by.Staff} acts", Client = client, By = by };

    private static ServiceTokenOrder Order(string id, int days) => new() { Act = Act("c", Ann), Id = id, Digest = [1], Days = days };
}
