using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Staff;

/// <summary>Staff in a cluster whose audit can be made to fail.</summary>
public sealed class StaffCluster : ClusterFixture
{
    public RecordedAudit Audit { get; } = new();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IAuditLog>(Audit);
}

/// <summary>What was noted; refuses to note while told so.</summary>
public sealed class RecordedAudit : IAuditLog
{
    private readonly Lock gate = new();
    private readonly List<AuditNote> notes = [];

    public Func<AuditNote, bool> Fails { get; set; } = _ => false;

    public IReadOnlyList<AuditNote> Notes { get { lock (gate) return [.. notes]; } }

    public Task Append(AuditNote note, CancellationToken cancellation = default)
    {
        if (Fails(note)) throw new Orleans.Runtime.OrleansException("The audit cannot be written.");
        lock (gate) notes.Add(note);
        return Task.CompletedTask;
    }

    public Task<AuditEntry[]> Read(long after, int limit, CancellationToken cancellation = default) => Task.FromResult<AuditEntry[]>([]);
}

/// <summary>Members and register as actors: crashes between their steps, and the audit before and after.</summary>
public sealed class StaffGrainTests(StaffCluster cluster) : IClassFixture<StaffCluster>
{
    private static int count;

    private IStaffRegisterGrain Register => cluster.Grains.GetGrain<IStaffRegisterGrain>(IStaffRegisterGrain.Key);

    [Fact]
    public async Task A_member_whose_actor_could_not_be_told_is_told_by_the_repeat_and_by_the_reminder()
    {
        var (alpha, beta) = await Founded();
        foreach (var byReminder in new[] { false, true })
        {
            var member = $"untold-{Interlocked.Increment(ref count)}";
            Assert.Null((await Register.Propose(Proposing(alpha, member))).Refusal);
            for (var tries = 0; tries < 2; tries++) cluster.Faults.FailNext("staff", member, WriteFault.Before);
            var approving = new StaffDeciding { Operation = "approve-" + member, By = beta, Proposal = "p-" + member, Half = [2] };
            await Assert.ThrowsAnyAsync<Orleans.Runtime.OrleansException>(() => Register.Approve(approving));
            Assert.Equal(RefusalCode.NotFound, (await Call(member)).Refusal!.Code);
            if (byReminder)
            {
                await cluster.Forget(Register);
                await Register.AsReference<IRemindable>().ReceiveReminder("tell", default);
            }
            else
            {
                Assert.Equal(StaffProposalState.Approved, (await Register.Approve(approving)).Value!.State);
            }
            Assert.NotNull((await Activate(member)).Value);
        }
    }

    [Fact]
    public async Task An_act_that_nobody_could_note_is_not_allowed_to_begin()
    {
        var (alpha, beta) = await Founded();
        var member = await Member(alpha, beta);
        cluster.Audit.Fails = note => note.Outcome == IAuditLog.Intended;
        try
        {
            await Assert.ThrowsAnyAsync<Orleans.Runtime.OrleansException>(() => Call(member, "op"));
            Assert.NotNull((await Call(member)).Value); // what changes nothing needs no note
        }
        finally
        {
            cluster.Audit.Fails = _ => false;
        }
        Assert.NotNull((await Call(member, "op")).Value);
        Assert.Equal((member, IAuditLog.Intended), (cluster.Audit.Notes[^1].Staff, cluster.Audit.Notes[^1].Outcome));
    }

    [Fact]
    public async Task Refusals_are_counted_across_restarts_of_the_actor()
    {
        var (alpha, beta) = await Founded();
        var member = await Member(alpha, beta);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(RefusalCode.Forbidden, (await Call(member, "op", StaffRoles.ReadLedger)).Refusal!.Code);
            if (i % 10 == 0) await cluster.Forget(cluster.Grains.GetGrain<IStaffGrain>(member));
        }
        Assert.Equal(21, cluster.Audit.Notes.Count(note => note.Staff == member && note.Outcome == "forbidden"));
    }

    [Fact]
    public async Task An_ended_member_is_out_at_once_and_stays_out_after_a_restart()
    {
        var (alpha, beta) = await Founded();
        var member = await Member(alpha, beta);
        Assert.NotNull((await Call(member)).Value);
        Assert.True((await Register.Lower(new StaffLowering { Operation = "end-" + member, By = alpha, Member = member, Disable = true })).Value!.Disabled);
        Assert.Equal(RefusalCode.NotFound, (await Call(member)).Refusal!.Code);
        await cluster.Forget(cluster.Grains.GetGrain<IStaffGrain>(member), Register);
        Assert.Equal(RefusalCode.NotFound, (await Call(member)).Refusal!.Code);
    }

    private async Task<(string Alpha, string Beta)> Founded()
    {
        await Register.Bootstrap([Seed("alpha"), Seed("beta")]);
        return ("alpha", "beta");
    }

    private async Task<string> Member(string alpha, string beta)
    {
        var member = $"member-{Interlocked.Increment(ref count)}";
        Assert.Null((await Register.Propose(Proposing(alpha, member))).Refusal);
        Assert.Null((await Register.Approve(new StaffDeciding { Operation = "approve-" + member, By = beta, Proposal = "p-" + member, Half = [2] })).Refusal);
        Assert.NotNull((await Activate(member)).Value);
        return member;
    }

    private Task<Outcome<StaffTokenView>> Activate(string member) => cluster.Grains.GetGrain<IStaffGrain>(member).Activate(
        new StaffActivationProof { Proposal = "p-" + member, ProposerHalf = [1], ApproverHalf = [2], Operation = "activate" }, new NewStaffToken { Id = "first", Digest = [5] });

    private Task<Outcome<StaffMember>> Call(string member, string? operation = null, string? role = null) => cluster.Grains.GetGrain<IStaffGrain>(member).Authorize(
        new StaffCall { Proof = new StaffProof { Token = "first", Digest = [5] }, Role = role, Action = "act", Target = "target", Operation = operation, Trace = $"t{Interlocked.Increment(ref count)}" });

    private static StaffBootstrapMember Seed(string id) => new() { Id = id, Name = id, Digest = "s1." + id, Digests = ["s1." + id] };

    private static StaffProposing Proposing(string by, string member) => new()
    {
        Operation = "propose-" + member, By = by, Id = "p-" + member, Kind = StaffProposalKind.Member, Member = member, Name = "N", Roles = [StaffRoles.WriteDocuments], Half = [1],
    };
}
