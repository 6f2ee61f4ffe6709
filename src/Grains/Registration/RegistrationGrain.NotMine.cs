using AiCloud.Accounts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;

namespace AiCloud.Registration;

/// <summary>"The account with this number is not mine" (C2.1g).</summary>
internal sealed partial class RegistrationGrain : IRegistrationNotMine
{
    public async Task<Outcome<RegistrationView>> NotMine(byte[] proof, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(proof, now) is { } refusal) return refusal;
        switch (State.State)
        {
            case RegistrationState.AccountExists: break;
            case RegistrationState.CodeSent: return RefusalCode.NotVerified;
            case RegistrationState.Completed: return RefusalCode.AlreadyCompleted;
            default: return View(now); // nothing stands in the way (any more)
        }
        // Only numbers are given out again; an e-mail address without its owner is a matter for customer service.
        if (State.Kind != IdentifierKind.Phone) return metrics.Refused(new Refusal(RefusalCode.NumberNotChanged));
        // Of what an earlier try broke off, or the clock finished: whoever has the number by now, its former holder is nobody's guardian any more.
        await TellWards(cancellation);
        if ((await Identifier.Standing(cancellation)).Owner is { } owner)
        {
            var account = GrainFactory.GetGrain<IAccountNumbers>(AccountKeys.Of(owner));
            var claim = await Repeatable.Call(() => account.JudgeClaim(State.IdentifierKey, Id, cancellation));
            if (claim.Standing != NumberStanding.Changed) return metrics.Refused(Refused(claim, now));
            if ((await Repeatable.Call(() => account.LoseContact(State.IdentifierKey, Id, cancellation))).Refusal is { } kept) return metrics.Refused(kept);
            await TellWards(cancellation);
            if ((await Identifier.Standing(cancellation)).Owner is not null) return metrics.Refused(new Refusal(RefusalCode.AccountExists)); // somebody was faster
        }
        await Keep(State with { State = RegistrationState.Verified, Known = false, ExpiresAt = now + Limits.Lifetime });
        return View(now);
    }

    // The former holder was guardian of these. Before the attempt goes on: whoever repeats it after a crash tells the rest.
    private async Task TellWards(CancellationToken cancellation)
    {
        var contact = GrainFactory.GetGrain<IGuardianContactGrain>(State.IdentifierKey);
        foreach (var ward in await Repeatable.Call(() => contact.LostWards(cancellation)))
        {
            await Repeatable.Call(() => GrainFactory.GetGrain<IGuardedAccountGrain>(AccountKeys.Of(ward)).GuardianContactGone(State.IdentifierKey, cancellation));
            await Repeatable.Call(() => contact.ReleaseWard(ward, cancellation));
        }
    }

    private static Refusal Refused(NumberClaim claim, DateTimeOffset now) => claim.Standing switch
    {
        NumberStanding.Unknown => new Refusal(RefusalCode.NumberChangeUnknown, claim.Until - now),
        NumberStanding.Later => new Refusal(RefusalCode.NumberCheckUnavailable, TimeSpan.FromMinutes(1)),
        _ => new Refusal(RefusalCode.NumberNotChanged),
    };
}
