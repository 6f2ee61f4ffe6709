using AiCloud.Identifiers;
using AiCloud.Networks;
using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Expiry;

/// <summary>What lapsed goes from the database, and nothing else does.</summary>
public sealed class SweepTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>, IDisposable
{
    private static readonly TimeSpan Grace = new ExpiryOptions().Grace, Millisecond = TimeSpan.FromMilliseconds(1);

    public void Dispose() => cluster.Steps.At = null;

    [Fact]
    public async Task An_attempt_goes_when_it_has_lapsed_and_not_before()
    {
        var person = cluster.NewPerson();
        var started = Granted(await person.Start());
        cluster.Clock.Advance(started.ExpiresAt + Grace - cluster.Now);
        await cluster.Sweep();
        Assert.True(await cluster.HasRow("registration", person.Id));
        cluster.Clock.Advance(2 * Millisecond);
        Assert.InRange(await cluster.Sweep(), 1, 100);
        Assert.False(await cluster.HasRow("registration", person.Id));
        Refused(RefusalCode.RegistrationExpired, await person.View()); // the activation in memory knows by its clock
        Assert.True(await cluster.HasRow("identifier", person.IdentifierKey)); // its budgets live on
    }

    [Fact]
    public async Task A_swept_attempt_may_be_started_again_and_its_old_activation_harms_nobody()
    {
        var person = cluster.NewPerson();
        var started = Granted(await person.Start());
        cluster.Clock.Advance(started.ExpiresAt - cluster.Now + TimeSpan.FromMinutes(1));
        await cluster.Sweep();
        Refused(RefusalCode.RegistrationExpired, await person.Start());
        await cluster.Forget(person.Registration);
        Assert.Equal(RegistrationState.CodeSent, Granted(await person.Start()).State);
    }

    [Fact]
    public async Task A_completion_under_way_is_never_swept_however_late_it_began()
    {
        var person = await cluster.NewPerson().Prove();
        cluster.Clock.Advance(Granted(await person.View()).ExpiresAt - cluster.Now - Millisecond);
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        cluster.Steps.At = async step =>
        {
            if (step != CompletionStep.AccountPrepared) return;
            reached.SetResult();
            await goOn.Task;
        };
        var completing = person.Complete();
        await reached.Task;
        cluster.Clock.Advance(TimeSpan.FromSeconds(80));
        await cluster.Sweep();
        Assert.True(await cluster.HasRow("registration", person.Id));
        goOn.SetResult();
        Granted(await completing);
        Assert.Equal(RegistrationState.Completed, Granted(await person.View()).State);
    }

    [Fact]
    public async Task A_completed_attempt_goes_when_it_lapses_and_account_and_contact_stay()
    {
        var person = await cluster.NewPerson().SignUp();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("registration", person.Id));
        Assert.True(await cluster.HasRow("account", person.Account.ToString("N")));
        Assert.True(await cluster.HasRow("identifier", person.IdentifierKey));
        await cluster.Forget(person.AccountActor, person.Identifier);
        Granted(await person.AccountActor.View(person.Session));
    }

    [Fact]
    public async Task Budgets_go_half_an_hour_after_their_last_window()
    {
        var person = cluster.NewPerson();
        Granted(await person.Start());
        var network = cluster.Grains.GetGrain<INetworkGrain>($"starts.{NewId()}");
        await network.Lease("op", 20);
        cluster.Clock.Advance(TimeSpan.FromHours(24.5) + SendBudget.Guessable + Grace);
        await cluster.Sweep();
        Assert.True(await cluster.HasRow("identifier", person.IdentifierKey));
        Assert.False(await cluster.HasRow("network", network.GetPrimaryKeyString()));
        cluster.Clock.Advance(2 * Millisecond);
        await cluster.Sweep();
        Assert.False(await cluster.HasRow("identifier", person.IdentifierKey));
        await cluster.Forget(person.Identifier);
        Assert.Null((await person.Identifier.Standing()).Owner);
    }

    [Fact]
    public async Task One_account_that_cannot_settle_does_not_hold_up_the_others()
    {
        var people = new List<Registrant>();
        for (var i = 0; i < 12; i++)
        {
            var person = await cluster.NewPerson().Prove();
            await person.Learn();
            cluster.Steps.At = step => step == CompletionStep.AccountPrepared ? throw new InvalidOperationException("crash") : ValueTask.CompletedTask;
            await Assert.ThrowsAsync<InvalidOperationException>(() => person.Complete());
            cluster.Steps.At = null;
            cluster.Clock.Advance(Millisecond);
            people.Add(person);
        }
        // The oldest cannot be read at all.
        await cluster.Rewrite<Accounts.AccountState>("account", people[0].Account.ToString("N"), state => state with { Contacts = [] });
        foreach (var person in people) await cluster.Forget(person.AccountActor);
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(12, await cluster.Wake());
        foreach (var person in people.Skip(1)) Assert.False(await cluster.HasRow("account", person.Account.ToString("N")));
        Assert.Equal(1, await cluster.Wake()); // and stays due
    }
}
