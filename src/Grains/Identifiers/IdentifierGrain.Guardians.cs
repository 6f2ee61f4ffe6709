using AiCloud.Challenges;
using AiCloud.Guardians;

namespace AiCloud.Identifiers;

/// <summary>The contact as that of a guardian (C2.1b).</summary>
internal sealed partial class IdentifierGrain : IGuardianContactGrain
{
    private WardContact Wards => State.Wards ?? new WardContact();

    public async Task<Outcome<SendGrant>> GrantInvitation(SendRequest request, string inviterKey, CancellationToken cancellation)
    {
        if (Wards.IsBlocked(inviterKey, guardians.Value.BlocksForAll, clock.GetUtcNow())) return RefusalCode.GuardianLimit;
        var granted = await GrantSend(request, cancellation);
        return granted.Refusal is { } spent ? new Refusal(RefusalCode.GuardianLimit, spent.RetryAfter) : granted;
    }

    public async Task<Outcome<Done>> TakeWard(Guid account, DateTimeOffset until, CancellationToken cancellation)
    {
        var (next, refusal) = Wards.Take(account, until, guardians.Value.MinorsPerContact, clock.GetUtcNow());
        if (refusal is { } full) return full;
        await KeepWards(next);
        return Done.It;
    }

    public async Task<Done> ReleaseWard(Guid account, CancellationToken cancellation)
    {
        await KeepWards(Wards.Release(account));
        return Done.It;
    }

    public Task<Guid[]> LostWards(CancellationToken cancellation) => Task.FromResult<Guid[]>([.. Wards.Lost.Select(ward => ward.Account)]);

    public async Task<Done> BlockInviter(string inviterKey, CancellationToken cancellation)
    {
        await KeepWards(Wards.Block(inviterKey, guardians.Value.BlockedFor, clock.GetUtcNow()));
        return Done.It;
    }

    public async Task<Outcome<GuardianSession>> OpenSession(NewGuardianSession request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var proven = request.Proven;
        if (proven.Purpose != ChallengePurpose.Guardian || proven.Subject != GuardianSubjects.SignIn(proven.Challenge)
            || proven.IdentifierKey != this.GetPrimaryKeyString() || now >= proven.ExpiresAt) return RefusalCode.NotFound;
        if (Wards.Accounts(now).Length == 0) return RefusalCode.NotFound;
        var session = new StoredGuardianSession(request.Id, proven.Challenge, request.SecretDigest, now + guardians.Value.SessionLifetime) { OpenedAt = now };
        await KeepWards(Wards.Open(session, now));
        return Shown(session, now);
    }

    public Task<Outcome<GuardianSession>> Session(GuardianProof proof, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<Outcome<GuardianSession>>(Wards.Find(proof, now) is { } session ? Shown(session, now) : RefusalCode.NotFound);
    }

    public Task<Outcome<GuardianContactData>> OwnContactData(GuardianProof proof, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Wards.Find(proof, now) is null) return Task.FromResult<Outcome<GuardianContactData>>(RefusalCode.NotFound);
        return Task.FromResult<Outcome<GuardianContactData>>(new GuardianContactData
        {
            Accounts = Wards.Accounts(now),
            Sessions = [.. Wards.Sessions.Where(session => session.ExpiresAt > now).Select(session => new GuardianSessionTimes(session.OpenedAt, session.ExpiresAt))],
            Blocked = [.. Wards.Blocks.Where(block => block.Until > now).Select(block => block.Until)],
        });
    }

    public async Task<Done> EndSession(GuardianProof proof, CancellationToken cancellation)
    {
        if (Wards.Find(proof, clock.GetUtcNow()) is not null) await KeepWards(Wards.End(proof.Session));
        return Done.It;
    }

    private GuardianSession Shown(StoredGuardianSession session, DateTimeOffset now) =>
        new() { Id = session.Id, ExpiresAt = session.ExpiresAt, Accounts = Wards.Accounts(now), OpenedAt = session.OpenedAt };

    private Task KeepWards(WardContact next) => ReferenceEquals(next, State.Wards) ? Task.CompletedTask : Keep(State with { Wards = next });
}
