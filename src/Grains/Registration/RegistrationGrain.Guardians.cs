using AiCloud.Accounts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Storage;
using AiCloud.Switches;

namespace AiCloud.Registration;

/// <summary>
/// 16 and 17: the attempt invites and asks how the invitation stands; the guardian's word is given to another actor, with another token (C2.1b).
/// The minor completes again once the guardian agreed: nothing secret is kept in between, and there is one way only to an account.
/// </summary>
internal sealed partial class RegistrationGrain : IGuardedRegistrationGrain
{
    private GuardianOptions GuardianLimits => guardians.Value;

    public async Task<Outcome<RegistrationView>> Invite(InviteByMinor request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        if (State.Guardian?.SentBy is { } sent && sent.Operation == request.Operation)
        {
            if (sent.Fingerprint != request.Fingerprint) return RefusalCode.IdempotencyKeyReused;
            // A crash may have come between: the same grant and the same invitation, whose message leaves once.
            var repeated = await Grant(request, State.Guardian.Invitation, cancellation);
            if (repeated.Value is { } grant) await Tell(request, grant.LeavesAt, cancellation);
            return View(now);
        }
        await AskGuardian(cancellation);
        if (Refuse(request.Proof, now) is { } ended) return ended;
        if (State.MayInvite(Stated(), request.To.IdentifierKey, GuardianLimits, now) is { } code) return metrics.Refused(new Refusal(code));
        if (GuardianPurpose.Refuse(await documents.Get(cancellation), now) is { } unnamed) return metrics.Refused(unnamed);
        if (switches.SendsPaused(request.To.Contact, SendPurposes.Guardian) is { } stopped) return metrics.Refused(new Refusal(RefusalCode.SendsPaused, stopped));

        // Named by attempt and number: whoever repeats after a crash meets the same grant and the same invitation.
        var number = (State.Guardian?.Invitations ?? 0) + 1;
        var id = ids.FromIdempotencyKey($"{AccountKeys.Of(State.Account)}/{number}", "guardian-invitation");
        var granted = await Grant(request, id, cancellation);
        if (granted.Refusal is { } spent) return metrics.Refused(spent);

        var former = State.Guardian?.Invitation;
        using (var key = envelope.Unwrap(State.Key!, Owner))
        {
            await Keep(State.Invited(new RegistrationGuardian
            {
                Invitation = id,
                Invitations = number,
                SentBy = new AnsweredBy(request.Operation, request.Fingerprint),
                Invited = key.ProtectText(request.To.Contact.Masked, Context("invited")),
            }, GuardianLimits, now));
        }
        await Tell(request, granted.Value!.LeavesAt, cancellation);
        if (former is not null) await Invitation(former).Void(cancellation);
        return View(now);
    }

    public async Task<Done> GuardianAnswered(CancellationToken cancellation)
    {
        if (State.State is not null && !State.HasExpired(clock.GetUtcNow())) await AskGuardian(cancellation);
        return Done.It;
    }

    private Task<Outcome<SendGrant>> Grant(InviteByMinor request, string invitation, CancellationToken cancellation) =>
        Repeatable.Call(() => GrainFactory.GetGrain<IGuardianContactGrain>(request.To.IdentifierKey).GrantInvitation(
            new SendRequest { Session = invitation, Number = 1, Network = request.Network }, State.IdentifierKey, cancellation));

    private Task<Outcome<InvitationStanding>> Tell(InviteByMinor request, DateTimeOffset leavesAt, CancellationToken cancellation) =>
        Repeatable.Call(() => Invitation(State.Guardian!.Invitation).Invite(new InviteGuardian
        {
            InviterKeys = [State.IdentifierKey],
            Account = State.Account,
            InviterMasked = Contact().Masked,
            To = request.To,
            Locale = State.Locale,
            SendsAt = leavesAt,
            ExpiresAt = State.ExpiresAt,
            PageAddress = request.PageAddress,
            Registration = Id,
        }, cancellation));

    /// <summary>How the newest invitation stands. An answer that is new is kept, the minor told once; "unknown" ends the attempt.</summary>
    private async Task<InvitationStanding?> AskGuardian(CancellationToken cancellation)
    {
        if (State is not { State: RegistrationState.AwaitingGuardian or RegistrationState.Verified, Guardian: { Answer: InvitationState.Open or InvitationState.Accepted } guardian })
            return null;
        var standing = await Repeatable.Call(() => Invitation(guardian.Invitation).Standing(cancellation));
        if (standing.State == InvitationState.Unknown)
        {
            await End();
            return standing;
        }
        var next = State.Answered(standing.State, standing.Binding?.AcceptedAt, GuardianLimits);
        if (ReferenceEquals(next, State)) return standing;
        await Keep(next); // first: told twice is worse than not at all, since the page says it too
        var text = standing.State == InvitationState.Accepted ? GuardianTexts.Agreed(State.ExpiresAt, State.Locale) : GuardianTexts.Declined(State.Locale);
        await messages.Send(Contact(), State.IdentifierKey, text, cancellation);
        return standing;
    }

    private GuardianProgress? Progress(DateTimeOffset now)
    {
        if (State.State is not (RegistrationState.Verified or RegistrationState.AwaitingGuardian)) return null;
        if (Stated() is not { } birth || !Age.NeedsGuardian(birth, now)) return null;
        using var key = envelope.Unwrap(State.Key!, Owner);
        return new GuardianProgress
        {
            State = State.Guardian?.Answer ?? InvitationState.Lapsed,
            InvitedMasked = State.Guardian is { } guardian ? key.UnprotectText(guardian.Invited, Context("invited")) : null,
            InvitationsLeft = Math.Max(0, GuardianLimits.Invitations - (State.Guardian?.Invitations ?? 0)),
        };
    }

    private DateOnly? Stated()
    {
        if (State.BirthDate is null) return null;
        using var key = envelope.Unwrap(State.Key!, Owner);
        return key.UnprotectJson<DateOnly>(State.BirthDate, Context("birth-date"));
    }

    private IGuardianInvitationGrain Invitation(string id) => GrainFactory.GetGrain<IGuardianInvitationGrain>(id);
}
