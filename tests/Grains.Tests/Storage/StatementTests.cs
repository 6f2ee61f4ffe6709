using AiCloud.Accounts;
using AiCloud.Identifiers;
using AiCloud.Registration;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Storage;

/// <summary>What the steps of a sign-up cost the database (DESIGN §10): round trips, counted by the driver itself.</summary>
public sealed class StatementTests(PostgreSqlFixture cluster, ITestOutputHelper output) : IClassFixture<PostgreSqlFixture>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_code_request_costs_three_statements_with_a_key_of_the_callers_or_without(bool keyed)
    {
        await Warm();
        using var counter = cluster.Count();
        Granted(await cluster.NewPerson().Start(minted: true, keyed: keyed));
        Show("code request", counter);
        Assert.InRange(OnThePath(counter), 1, 3);
    }

    [Fact]
    public async Task A_repeated_start_costs_nothing_while_it_is_remembered_and_five_statements_when_it_is_not()
    {
        await Warm();
        var person = cluster.NewPerson();
        Granted(await person.Start(minted: true, keyed: true));
        using var counter = cluster.Count();
        Granted(await person.Start(minted: true, keyed: true));
        Assert.Equal(0, OnThePath(counter));
        await cluster.Forget(person.Registration);
        counter.Reset();
        Granted(await person.Start(minted: true, keyed: true));
        Show("forgotten repeat", counter);
        Assert.InRange(OnThePath(counter), 1, 5); // grant, lost write, read, grant given back
    }

    [Fact]
    public async Task A_completed_sign_up_costs_ten_statements_with_its_actors_in_memory()
    {
        await Warm();
        using var counter = cluster.Count();
        await Walk(cluster.NewPerson(), forget: false);
        Show("sign-up, warm", counter);
        Assert.InRange(OnThePath(counter), 1, 10);
    }

    [Fact]
    public async Task And_fourteen_with_every_step_on_a_fresh_activation()
    {
        await Warm();
        using var counter = cluster.Count();
        await Walk(cluster.NewPerson(), forget: true);
        Show("sign-up, every step on fresh activations", counter);
        Assert.InRange(OnThePath(counter), 1, 14);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_try_at_a_password_costs_the_same_whether_or_not_anybody_has_the_contact__no_time_tells_it(bool forgotten)
    {
        var owner = await cluster.NewPerson().SignUp();
        var nobody = cluster.NewPerson();
        Granted(await nobody.Start(minted: true, keyed: true));
        var decoy = cluster.Grains.GetGrain<IAccountGrain>(AccountKeys.Of(Guid.CreateVersion7(cluster.Now)));
        await Try(nobody, decoy);
        await Try(owner, owner.AccountActor);
        if (forgotten) await cluster.Forget(nobody.Identifier, decoy, owner.Identifier, owner.AccountActor);
        using var counter = cluster.Count();
        await Try(nobody, decoy);
        var without = OnThePath(counter);
        counter.Reset();
        await Try(owner, owner.AccountActor);
        Assert.Equal((forgotten ? 3 : 1, forgotten ? 3 : 1), (without, OnThePath(counter)));

        static async Task Try(Registrant person, IAccountGrain account)
        {
            Granted(await person.Identifier.BeginSignIn(new SignInFrom { Network = 7, Site = 7 }));
            await account.Credential();
        }
    }

    private async Task Warm() => await cluster.NewPerson().SignUp(); // texts and queries are known

    private async Task Walk(Registrant person, bool forget)
    {
        Granted(await person.Start(minted: true, keyed: true));
        var code = await person.Code();
        await Forget();
        Granted(await person.Verify(code));
        await Forget();
        var request = person.Completion();
        Granted(await person.Registration.Prepare(request));
        await Forget();
        Granted(await person.Registration.Commit(request, person.Credential()));

        Task Forget() => forget ? cluster.Forget(person.Registration, person.Identifier) : Task.CompletedTask;
    }

    // The flusher carries entries into the ledger in batches of its own, while nobody waits.
    private static int OnThePath(StatementCounter counter) => counter.Statements.Count(text => !text.Contains("ledger", StringComparison.Ordinal) && !text.Contains("directory", StringComparison.Ordinal));

    private void Show(string what, StatementCounter counter)
    {
        output.WriteLine($"{what}: {OnThePath(counter)} statements, and {counter.Count - OnThePath(counter)} of the flusher");
        foreach (var statement in counter.Statements) output.WriteLine($"  {string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(14))}");
    }
}
