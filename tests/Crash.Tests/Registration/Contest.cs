using AiCloud.Running;

namespace AiCloud.Registration;

/// <summary>
/// One contact with two proven registrations: the owner's, whose completion is stopped at a step, and a rival's. Whatever happens then, at
/// most one account opens, it is the one whose password signs in, and nobody hears of an account that is not there.
/// </summary>
internal sealed class Contest
{
    private Contest(CompletionStep step, Attempt owner, Attempt rival) => (Step, Owner, Rival) = (step, owner, rival);

    public CompletionStep Step { get; }
    public Attempt Owner { get; }
    public Attempt Rival { get; }
    public Task<Reply> Interrupted { get; private set; } = Task.FromResult(new Reply(0, null, null));
    public bool IsCommitted => Step >= CompletionStep.Owned;

    /// <summary>Two proven registrations for each step. The second code of a contact comes after the cool-down, so all wait for it together.</summary>
    public static async Task<Contest[]> Prepare(Api api, IEnumerable<CompletionStep> steps, Func<Attempt, Task<bool>>? suits = null) =>
        await Task.WhenAll(steps.Select((step, place) => Prepare(api, step, byPhone: suits is null && (place + place / 6) % 2 == 0, suits)));

    /// <summary>Lets the owner complete up to the step, in that process.</summary>
    public async Task Stop(Child worker)
    {
        var tag = $"{Step}-{Owner.Id}";
        Interrupted = await worker.StopAt($"stop {Step}", tag, () => Owner.CompleteOnce());
    }

    /// <summary>The owner goes on where the crash was; the rival comes later.</summary>
    public async Task OwnerReturns()
    {
        var reply = await Owner.Complete();
        Assert.True(reply.Status == 201, $"{Step}: {reply}");
        await Belongs(Owner, Attempt.AccountOf(reply), to: Rival);
        await IsRefused(Rival);
        await Belongs(Owner, Attempt.AccountOf(reply), to: Rival);
    }

    /// <summary>The rival completes at the latest after the hold's deadline, unless the owner's account was committed.</summary>
    public async Task RivalCompletes()
    {
        var reply = await Rival.Complete();
        if (!IsCommitted)
        {
            Assert.True(reply.Status == 201, $"{Step}: {reply}");
            await Belongs(Rival, Attempt.AccountOf(reply), to: Owner);
            return;
        }
        Assert.True(reply.Code == "account_exists", $"{Step}: {reply}");
        // "account_exists" is said only of an account that its owner can sign in to.
        var signedIn = await Owner.SignIn();
        Assert.True(signedIn.Status == 201, $"{Step}: {signedIn}");
    }

    /// <summary>The owner's client repeats, late: it is told what is, and changes nothing.</summary>
    public async Task OwnerComesLate()
    {
        var late = await Owner.Complete();
        if (IsCommitted)
        {
            Assert.True(late.Status == 201, $"{Step}: {late}");
            await Belongs(Owner, Attempt.AccountOf(late), to: Rival);
            return;
        }
        Assert.True(late.Code == "account_exists", $"{Step}: {late}");
        await Belongs(Rival, Attempt.AccountOf(await Rival.Complete()), to: Owner);
    }

    private static async Task Belongs(Attempt winner, string account, Attempt to)
    {
        var signedIn = await winner.SignIn();
        Assert.True(signedIn.Status == 201 && Attempt.AccountOf(signedIn) == account, $"{signedIn} instead of {account}");
        Assert.Equal("credentials_wrong", (await to.SignIn()).Code);
    }

    private static async Task IsRefused(Attempt attempt)
    {
        var reply = await attempt.Complete();
        Assert.True(reply.Code == "account_exists", reply.ToString());
    }

    private static async Task<Contest> Prepare(Api api, CompletionStep step, bool byPhone, Func<Attempt, Task<bool>>? suits)
    {
        while (true)
        {
            var contact = byPhone ? Attempt.NewPhone() : Attempt.NewEmail();
            var (owner, rival) = (new Attempt(api, contact), new Attempt(api, contact));
            await owner.Start();
            if (suits is not null && !await suits(owner)) continue;
            await owner.Verify(); // while its message is the contact's newest
            await rival.Start();
            await rival.Verify(messages: 2);
            return new Contest(step, owner, rival);
        }
    }
}
