using System.Text;
using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Staff;

[GrainType("staff-register")]
internal sealed class StaffRegisterGrain(
    [PersistentState("staff-register", StorageNames.State)] IPersistentState<StaffRegister> stored,
    IOptions<StaffOptions> options, IAuditLog audit, TimeProvider clock) : Grain, IStaffRegisterGrain, IRemindable
{
    private const string Reminder = "tell";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private StaffRegister State => stored.State;
    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<StaffBootstrapped> Bootstrap(StaffBootstrapMember[] members, CancellationToken cancellation)
    {
        var (next, result) = State.Bootstrap(members, Now);
        var made = next.Members.Skip(State.Members.Length).ToArray();
        foreach (var member in made) await audit.Append(Note(member, IAuditLog.Intended), cancellation);
        await Carry(next);
        foreach (var member in made) await audit.Append(Note(member, IAuditLog.Done), cancellation);
        return result;
    }

    public Task<StaffBootstrapped> BootstrapTokens(CancellationToken cancellation) => Task.FromResult(State.Bootstrap([], Now).Result);

    public Task<StaffStanding[]> Members(CancellationToken cancellation) => Task.FromResult(State.Members);

    public Task<StaffProposal[]> Proposals(CancellationToken cancellation) =>
        Task.FromResult(State.Proposals.Reverse().Select(proposal => proposal.At(Now)).ToArray());

    public Task<Outcome<StaffProposal>> Propose(StaffProposing proposing, CancellationToken cancellation) => Carry(State.Propose(proposing, options.Value, Now));

    public Task<Outcome<StaffProposal>> Approve(StaffDeciding deciding, CancellationToken cancellation) => Carry(State.Approve(deciding, options.Value, Now));

    public Task<Outcome<StaffProposal>> Reject(StaffDeciding deciding, CancellationToken cancellation) => Carry(State.Reject(deciding, Now));

    public Task<Outcome<StaffStanding>> Lower(StaffLowering lowering, CancellationToken cancellation) => Carry(State.Lower(lowering));

    public Task ReceiveReminder(string reminderName, TickStatus status) => TellAll();

    private async Task<Outcome<T>> Carry<T>((StaffRegister Next, Outcome<T> Result) decided) where T : class
    {
        await Carry(decided.Next);
        return decided.Result;
    }

    // Kept, then told: a crash between the two leaves the reminder, which was made before, to tell. A member who is being ended can act until
    // then, at most one period; told first, a member could act in a role that nobody decided.
    private async Task Carry(StaffRegister next)
    {
        if (next.Untold.Length > 0) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
        await this.Keep(stored, next);
        if (next.Untold.Length > 0) await TellAll();
    }

    private static AuditNote Note(StaffStanding member, string outcome) => new(AuditNote.System, "staff.bootstrap", member.Id, outcome, "bootstrap", "");

    private async Task TellAll()
    {
        var next = State;
        foreach (var untold in State.Untold)
        {
            var actor = GrainFactory.GetGrain<IStaffGrain>(untold.Id);
            await Repeatable.Call(async () =>
            {
                await actor.Tell(State.Find(untold.Id)!, untold.Activation);
                if (untold.BootstrapDigest is { } digest) await actor.Equip(Encoding.UTF8.GetBytes(digest));
                return true;
            });
            next = next.Told(untold);
        }
        await this.Keep(stored, next);
        if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
    }
}
