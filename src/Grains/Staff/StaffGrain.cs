using AiCloud.Storage;
using Microsoft.Extensions.Options;

namespace AiCloud.Staff;

[GrainType("staff")]
internal sealed class StaffGrain(
    [PersistentState("staff", StorageNames.State)] IPersistentState<StaffState> stored,
    IOptions<StaffOptions> options, IAuditLog audit, TimeProvider clock) : Grain, IStaffGrain
{
    private string Id => this.GetPrimaryKeyString();
    private StaffState State => stored.State;
    private StaffOptions Limits => options.Value;

    public async Task<Outcome<StaffMember>> Authorize(StaffCall call, CancellationToken cancellation)
    {
        var (next, token) = State.Use(call.Proof, Limits, clock.GetUtcNow());
        if (token is null) return RefusalCode.NotFound;
        await this.Keep(stored, next);
        if (State.Refuse(token, call.Role, Limits) is { } refusal)
        {
            await NoteRefusal(call, refusal, cancellation);
            return refusal;
        }
        // Before the act: one that nobody could note is not begun.
        if (call.Operation is not null) await audit.Append(Note(call, IAuditLog.Intended), cancellation);
        return new StaffMember { Standing = State.Standing!, TokenExpiresAt = token.ExpiresAt, Methods = token.Methods };
    }

    public Task Conclude(StaffConclusion conclusion, CancellationToken cancellation) => audit.Append(
        new AuditNote(Id, conclusion.Action, conclusion.Target, conclusion.Outcome, conclusion.Operation, conclusion.Trace), cancellation);

    public async Task<Outcome<StaffTokenView>> Rotate(StaffCall call, NewStaffToken token, CancellationToken cancellation)
    {
        var (next, result) = State.Rotate(call.Proof, token, Limits, clock.GetUtcNow());
        if (result.Refusal is null) await Noted(call, next, cancellation);
        return result;
    }

    public async Task<Outcome<Done>> Revoke(StaffCall call, CancellationToken cancellation)
    {
        var (next, token) = State.Use(call.Proof, Limits, clock.GetUtcNow());
        if (token is null) return RefusalCode.NotFound;
        await Noted(call, next with { Tokens = [.. next.Tokens.Where(other => other.Id != token.Id)] }, cancellation);
        return Done.It;
    }

    public async Task<Outcome<StaffTokenView>> Activate(StaffActivationProof proof, NewStaffToken token, CancellationToken cancellation)
    {
        var (next, result) = State.Activate(proof, token, Limits, clock.GetUtcNow());
        if (result.Refusal is not null) return result;
        await Noted(new StaffCall
        {
            Proof = new StaffProof { Token = token.Id, Digest = token.Digest },
            Action = "token.activate",
            Target = Id,
            Operation = proof.Operation,
            Trace = proof.Trace,
        }, next, cancellation);
        return result;
    }

    public Task Tell(StaffStanding standing, StaffActivation? activation, CancellationToken cancellation)
    {
        if (standing.Id != Id) throw new ArgumentException("The standing is another member's.", nameof(standing));
        return this.Keep(stored, State.Told(standing, activation));
    }

    public Task Equip(byte[] bootstrapDigest, CancellationToken cancellation) => this.Keep(stored, State.WithBootstrapToken(bootstrapDigest, clock.GetUtcNow()));

    public async Task<Outcome<AuditEntry[]>> Audit(StaffCall call, long after, int limit, CancellationToken cancellation)
    {
        var authorized = await Authorize(call with { Role = StaffRoles.Manage, Operation = null }, cancellation);
        return authorized.Refusal is { } refusal ? refusal : await audit.Read(after, limit, cancellation);
    }

    private async Task Noted(StaffCall call, StaffState next, CancellationToken cancellation)
    {
        await audit.Append(Note(call, IAuditLog.Intended), cancellation);
        await this.Keep(stored, next);
        await audit.Append(Note(call, IAuditLog.Done), cancellation);
    }

    // Counted in the state, so that neither a restart nor patience gives whoever holds a token a way to fill the table.
    private async Task NoteRefusal(StaffCall call, Refusal refusal, CancellationToken cancellation)
    {
        var (next, listed) = State.NoteRefusal(Limits, clock.GetUtcNow());
        if (listed is null) return;
        await this.Keep(stored, next);
        await audit.Append(listed == 0
            ? new AuditNote(Id, "more", "", Words(refusal), call.Trace, call.Trace)
            : Note(call with { Operation = call.Operation ?? call.Trace }, Words(refusal)), cancellation);
    }

    private AuditNote Note(StaffCall call, string outcome) => new(Id, call.Action, call.Target, outcome, call.Operation!, call.Trace);

    private static string Words(Refusal refusal) => refusal.Code == RefusalCode.SecondFactorRequired ? "second_factor_required" : "forbidden";
}
