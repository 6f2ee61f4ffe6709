using System.Diagnostics;
using System.Text;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Staff;

/// <summary>Who of the staff is calling, and may they. Every request asks the member's actor, so that an end or a lost role counts at once.</summary>
internal sealed class StaffDesk(IGrainFactory grains, Tokens tokens, StaffTokens given, DerivedIds ids, TimeProvider clock)
{
    private const char Join = '~';
    private const int LongestTarget = 200;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile StaffBootstrapped? _bootstrapped;
    private long _readAt;

    /// <summary>
    /// The member behind a token, if they have the role: 404 for a token that is no staff token, 403 (noted in the audit) without the role.
    /// For calls that change nothing; others go through <see cref="Act"/>.
    /// </summary>
    /// <param name="bearer">The token.</param>
    /// <param name="role">One of <see cref="StaffRoles"/>, or several separated by a space of which any one is enough; null when being a member is enough.</param>
    /// <param name="action">For the audit of a refusal.</param>
    /// <param name="target">Likewise: opaque ids, kinds and labels only.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<Answer<StaffMember>> Authorize(BearerToken bearer, string? role, string action = "read", string target = "", CancellationToken cancellation = default)
    {
        if (await Read(bearer, cancellation) is not { } named) return ProblemCode.NotFound;
        return Answer<StaffMember>.From(await Repeatable.Call(() => Grain(named).Authorize(Call(named, role, action, target, null), cancellation)));
    }

    /// <summary>
    /// Has a member do something: noted in the audit before it is begun and again, with what came of it, before it is answered. An act that ends in
    /// an exception leaves the first note alone, since nobody knows; the same Idempotency-Key repeats it.
    /// </summary>
    /// <param name="bearer">The token.</param>
    /// <param name="act">What is done.</param>
    /// <param name="carryOut">Does it, under the operation id given: the member's own, so that two members' keys never meet.</param>
    /// <param name="outcome">The word for the audit; <c>done</c> when absent.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<Answer<T>> Act<T>(
        BearerToken bearer, StaffDeed act, Func<StaffMember, string, Task<Answer<T>>> carryOut, Func<T, string>? outcome = null, CancellationToken cancellation = default) where T : class
    {
        if (await Read(bearer, cancellation) is not { } named) return ProblemCode.NotFound;
        var call = Call(named, act.Role, act.Action, act.Target, act.Operation);
        var authorized = await Repeatable.Call(() => Grain(named).Authorize(call, cancellation));
        if (authorized.Refusal is { } refusal) return refusal;
        var answer = await carryOut(authorized.Value!, call.Operation!);
        var conclusion = new StaffConclusion
        {
            Action = call.Action,
            Target = call.Target,
            Operation = call.Operation!,
            Trace = call.Trace,
            Outcome = answer.Problem is { } problem ? problem.Code.Name() : outcome?.Invoke(answer.Value!) ?? IAuditLog.Done,
        };
        await Repeatable.Call(async () => { await Grain(named).Conclude(conclusion, CancellationToken.None); return true; });
        return answer;
    }

    /// <summary>Calls the member's own actor, which checks the token itself.</summary>
    public async Task<Answer<T>> Ask<T>(BearerToken bearer, StaffDeed act, Func<IStaffGrain, StaffCall, Task<Outcome<T>>> ask, CancellationToken cancellation) where T : class
    {
        if (await Read(bearer, cancellation) is not { } named) return ProblemCode.NotFound;
        var call = Call(named, act.Role, act.Action, act.Target, act.Operation);
        return Answer<T>.From(await Repeatable.Call(() => ask(Grain(named), call)));
    }

    /// <summary>Makes a token for a member. Its secret follows from its id, so that a repeat can be answered without storing it.</summary>
    public (NewStaffToken Token, string Id) NewToken(string member, string id)
    {
        var issued = tokens.IssueDerived(Tokens.Staff, $"{member}{Join}{id}");
        return (new NewStaffToken { Id = id, Digest = issued.SecretDigest }, $"{member}{Join}{id}");
    }

    /// <summary>The text of a token that an actor keeps.</summary>
    public string Text(string id, StaffTokenView view) => tokens.RepeatDerived(Tokens.Staff, id, view.Digest)!.Text;

    private async ValueTask<Named?> Read(BearerToken bearer, CancellationToken cancellation)
    {
        if (tokens.TryRead(bearer.Value, Tokens.Staff, out var token) && token.Id.Split(Join) is [var member, var id])
            return new Named(member, new StaffProof { Token = id, Digest = token.SecretDigest });
        foreach (var (digest, owner) in (await Bootstrapped(cancellation)).Tokens)
            if (given.Matches(digest, bearer.Value)) return new Named(owner, new StaffProof { Token = StaffToken.Bootstrap, Digest = Encoding.UTF8.GetBytes(digest) });
        return null;
    }

    // Of the tokens that settings gave there are two and never more: a copy, so that a stranger's text costs no call to the one register.
    private async ValueTask<StaffBootstrapped> Bootstrapped(CancellationToken cancellation)
    {
        if (_bootstrapped is { } known && (known.Ended || clock.GetElapsedTime(Interlocked.Read(ref _readAt)) < Fresh)) return known;
        var read = await Repeatable.Call(() => grains.GetGrain<IStaffRegisterGrain>(IStaffRegisterGrain.Key).BootstrapTokens(cancellation));
        Interlocked.Exchange(ref _readAt, clock.GetTimestamp());
        return _bootstrapped = read;
    }

    private StaffCall Call(Named named, string? role, string action, string target, OperationId? operation) => new()
    {
        Proof = named.Proof,
        Role = role,
        Action = action,
        Target = Plain(target),
        Operation = operation is null ? null : OperationOf(operation, named.Member),
        Trace = Trace(),
    };

    /// <summary>
    /// The operation id of a member's act. A key that the client chose is not written down: it may say anything, and two members may choose the same.
    /// </summary>
    public string OperationOf(OperationId operation, string member) =>
        operation.FromClient ? ids.FromIdempotencyKey(operation.Value, $"staff-act/{member}") : operation.Value;

    // A target comes out of an address, where anything can stand.
    private static string Plain(string target) =>
        new([.. target.Take(LongestTarget).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '~' or '/' ? c : '?')]);

    internal static string Trace() => Activity.Current?.TraceId.ToHexString() ?? "";

    private IStaffGrain Grain(Named named) => grains.GetGrain<IStaffGrain>(named.Member);

    private sealed record Named(string Member, StaffProof Proof)
    {
        public override string ToString() => nameof(Named);
    }
}

/// <summary>Something that a member of staff does.</summary>
/// <param name="Role">Role needed; null when being a member is enough.</param>
/// <param name="Action">For the audit.</param>
/// <param name="Target">For the audit: opaque ids, kinds and labels only.</param>
/// <param name="Operation">Names the act; null for one that changes nothing.</param>
internal sealed record StaffDeed(string? Role, string Action, string Target, OperationId? Operation);
