using AiCloud.Challenges;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Services;
using AiCloud.Storage;

namespace AiCloud.Guardians;

/// <summary>What the guardian says, with the token that only the invitation's message carries.</summary>
internal sealed partial class GuardianInvitationGrain
{
    public async Task<Outcome<InvitationView>> View(byte[] proof, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(proof, now) is { } refusal) return refusal;
        await documents.Get(cancellation); // which say whether a check is asked for
        return View(now);
    }

    public Task<Outcome<GuardianContact>> Contact(byte[] proof, GuardianContact? named, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(proof, now) is { } refusal) return Task.FromResult<Outcome<GuardianContact>>(refusal);
        return Task.FromResult<Outcome<GuardianContact>>(State.At(now) == InvitationState.Open ? Provable(named) : RefusalCode.InvitationExpired);
    }

    public async Task<Outcome<InvitationView>> Proven(byte[] proof, ChallengeProven proven, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(proof, now) is { } refusal) return refusal;
        await documents.Get(cancellation);
        if (State.Challenge == proven.Challenge) return View(now);
        if (proven.Purpose != ChallengePurpose.Guardian || proven.Subject != GuardianSubjects.Invitation(Id) || now >= proven.ExpiresAt) return RefusalCode.NotFound;
        if (State.At(now) != InvitationState.Open) return RefusalCode.InvitationExpired;
        var contact = new GuardianContact { Contact = proven.Contact, IdentifierKey = proven.IdentifierKey };
        if (Provable(contact).Refusal is { } unfit) return unfit;
        await this.Keep(stored, State with { Proven = Sealed(contact, "proven"), Challenge = proven.Challenge });
        return View(now);
    }

    public async Task<Outcome<InvitationView>> Accept(AcceptResponsibility request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        var (repeated, closed) = State.MayAnswer(request.Operation, request.Fingerprint, GuardianAnswer.Accept, now);
        if (closed is { } answered) return answered;
        if (repeated) return View(now);
        var published = await documents.Get(cancellation);
        var required = published.RequiredAt(now);
        if (required.Count == 0) return new Refusal(RefusalCode.Busy, TimeSpan.FromSeconds(1)); // without the texts nobody can say what is accepted
        if (GuardianPurpose.Refuse(published, now) is { } unnamed) return unnamed;
        if (State.MayAccept(request, NeedsIdentity(published, now), required) is { } missing) return missing;
        var proven = ProvenIdentity();
        if (!SameName(request.Name, proven?.Name)) return RefusalCode.GuardianNameDiffers;
        var name = proven?.Name ?? RealName.Read(request.Name)!;

        // The place first: it is what may be refused. Until the account opens it is kept only as long as the attempt can last.
        var contact = Unsealed<GuardianContact>(State.Proven, "proven");
        var until = now + options.Value.AnswerWithin;
        var taken = await Repeatable.Call(() => ContactActor(contact.IdentifierKey).TakeWard(State.Account, until + TimeSpan.FromHours(1), cancellation));
        if (taken.Refusal is { } full) return full;
        var binding = new GuardianBinding
        {
            Invitation = Id,
            Contact = contact,
            Name = name,
            Relationship = request.Relationship,
            Assurance = State.Assurance,
            Identity = proven?.Identity,
            AcceptedAt = now,
            Documents = [.. required.Select(text => new AcceptedText { Document = text.Reference, Incorporated = [.. text.Incorporated] })],
            Language = request.Language,
            Channel = request.Channel,
            Network = request.Network,
        };
        await this.Keep(stored, State with
        {
            State = InvitationState.Accepted,
            Binding = Sealed(binding, "binding"),
            Withdrawable = true,
            Answered = new AnsweredBy(request.Operation, request.Fingerprint),
            ExpiresAt = until,
        });
        log.Accepted(Id, State.Account);
        return View(now);
    }

    public async Task<Outcome<InvitationView>> Decline(DeclineInvitation request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        var (repeated, closed) = State.MayAnswer(request.Operation, request.Fingerprint, request.Unknown ? GuardianAnswer.Unknown : GuardianAnswer.Decline, now);
        if (closed is { } answered) return answered;
        if (!repeated)
        {
            // Accepted before, and withdrawn before the account took it up. The place first: giving it up twice is no error.
            if (State.State == InvitationState.Accepted)
                await Repeatable.Call(() => ContactActor(Unsealed<GuardianContact>(State.Proven, "proven").IdentifierKey).ReleaseWard(State.Account, cancellation));
            // Nothing of a guardian who declined is kept but that they did.
            await this.Keep(stored, State with
            {
                State = request.Unknown ? InvitationState.Unknown : InvitationState.Declined,
                Proven = null,
                Binding = null,
                Withdrawable = false,
                Identity = null,
                IdentityConsent = null,
                Assurance = GuardianAssurance.Contact,
                Answered = new AnsweredBy(request.Operation, request.Fingerprint),
            });
            log.Declined(Id, State.Account, request.Unknown);
        }
        if (State.State == InvitationState.Unknown)
        {
            var invited = Unsealed<GuardianContact>(State.Invited, "invited");
            foreach (var inviter in State.InviterKeys) await Repeatable.Call(() => ContactActor(invited.IdentifierKey).BlockInviter(inviter, cancellation));
        }
        return View(now);
    }

    /// <summary>The contact that this guardian may prove.</summary>
    private Outcome<GuardianContact> Provable(GuardianContact? named)
    {
        var invited = Unsealed<GuardianContact>(State.Invited, "invited");
        if (!NeedsPhone(invited)) return named is null || named.IdentifierKey == invited.IdentifierKey ? invited : RefusalCode.GuardianPhoneNeeded;
        if (named is not { Contact.Kind: IdentifierKind.Phone }) return RefusalCode.GuardianPhoneNeeded;
        // A minor must not answer for themselves by naming their own phone on the guardian's page.
        return State.InviterKeys.Contains(named.IdentifierKey, StringComparer.Ordinal) ? RefusalCode.GuardianContactSame : named;
    }

    private bool NeedsPhone(GuardianContact invited) => options.Value.ProvesPhone && invited.Contact.Kind != IdentifierKind.Phone;

    private InvitationView View(DateTimeOffset now)
    {
        var (invited, inviter) = (Unsealed<GuardianContact>(State.Invited, "invited"), Unsealed<InviterShown>(State.Inviter, "inviter"));
        return new InvitationView
        {
            State = State.At(now),
            InviterMasked = inviter.Masked,
            InviterName = inviter.Name,
            InvitedMasked = invited.Contact.Masked,
            NeedsPhone = NeedsPhone(invited),
            ProvenMasked = State.Proven is null ? null : Unsealed<GuardianContact>(State.Proven, "proven").Contact.Masked,
            ExpiresAt = State.ExpiresAt,
            Assurance = State.Assurance,
            Locale = State.Locale,
            Registration = State.Registration,
            Account = State.Account,
            Identity = IdentityNow(now),
            MayWithdraw = State.At(now) == InvitationState.Accepted && State.Withdrawable,
        };
    }
}
