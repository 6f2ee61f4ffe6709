using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Reauthentication;
using AiCloud.Registration;
using AiCloud.Shredding;
using AiCloud.Switches;

namespace AiCloud.Accounts;

/// <summary>What the user of record does about a guardian, and what the clock does (C2.1b).</summary>
internal sealed partial class AccountGrain : IGuardedAccountGrain
{
    private static readonly TimeSpan TryPlaceAgain = TimeSpan.FromHours(1), AskPlaceAgain = TimeSpan.FromDays(1);

    public Task<Outcome<GuardianshipView>> Guardianship(SessionProof proof, CancellationToken cancellation) => Signed<GuardianshipView>(proof, async _ =>
    {
        await AskInvitation(cancellation);
        return GuardianshipNow();
    }, cancellation);

    public Task<Outcome<GuardianshipView>> Invite(SessionProof proof, InviteByWard request, CancellationToken cancellation) => Signed<GuardianshipView>(proof, async (session, signed) =>
    {
        await Keep(stored, signed);
        var now = clock.GetUtcNow();
        if (State.Ward?.Invitation is { } sent && sent.SentBy.Operation == request.Operation)
        {
            if (sent.SentBy.Fingerprint != request.Fingerprint) return RefusalCode.IdempotencyKeyReused;
            var repeated = await Grant(request, sent.Id, cancellation);
            if (repeated.Value is { } grant) await Tell(request, sent, grant.LeavesAt, cancellation);
            return GuardianshipNow();
        }
        if (!StepUp.IsRecent(session, StepUpLimits, now)) return RefusalCode.ReauthenticationRequired; // a repeat is answered however late it comes
        await AskInvitation(cancellation);
        if (Wards.MayInvite(State, request.To.IdentifierKey, GuardianLimits, now) is { } code) return code;
        if (GuardianPurpose.Refuse(await documents.Get(cancellation), now) is { } unnamed) return unnamed;
        if (switches.SendsPaused(request.To.Contact, SendPurposes.Guardian) is { } stopped) return new Refusal(RefusalCode.SendsPaused, stopped);
        var former = State.Ward!.Invitation;
        var number = (former?.Number ?? 0) + 1;
        var id = ids.FromIdempotencyKey($"{Id}/{number}", "guardian-invitation-of-account");
        var granted = await Grant(request, id, cancellation);
        if (granted.Refusal is { } spent) return spent;
        var invitation = new WardInvitation
        {
            Id = id,
            Number = number,
            Sent = Wards.SentWith(State, now),
            SentBy = new AnsweredBy(request.Operation, request.Fingerprint),
            Invited = vault.SealInvited(Id, State, request.To.Contact.Masked),
            ExpiresAt = now + GuardianLimits.AnswerWithin,
        };
        await Keep(stored, Wards.Invited(State, invitation));
        await Tell(request, invitation, granted.Value!.LeavesAt, cancellation);
        if (former is not null) await Invitation(former.Id).Void(cancellation);
        return GuardianshipNow();
    }, cancellation);

    public Task<Outcome<GuardianshipView>> ReportLoss(SessionProof proof, CancellationToken cancellation) => SignedRecently<GuardianshipView>(proof, async (_, signed) =>
    {
        await Keep(stored, signed);
        var now = clock.GetUtcNow();
        if (State.Ward is { Loss: GuardianLoss.ContactLost }) return GuardianshipNow(); // said before
        if (Wards.StateOf(State, now) != GuardianshipState.Standing) return RefusalCode.GuardianNotNeeded;
        await Keep(stored, Wards.Lost(State, GuardianLoss.ContactLost, GuardianLimits, now).WithNews(GuardianNews.ContactLost, now).WithEntry(GuardianAct("guardian_contact_lost", "user", now)));
        log.GuardianshipChanged(Id, "guardian_contact_lost");
        await TellGuardian(cancellation);
        return GuardianshipNow();
    }, cancellation);

    public async Task<Done> GuardianContactGone(string identifierKey, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation) || State.Ward?.Guardian?.IdentifierKey != identifierKey) return Done.It;
        var now = clock.GetUtcNow();
        if (now >= State.Ward.AdultAt) return Done.It; // ended by clock
        await Keep(stored, Wards.ContactGone(State, GuardianLimits, now).WithEntry(GuardianAct("guardian_contact_gone", "number_authority", now)));
        log.GuardianshipChanged(Id, "guardian_contact_gone");
        await TellUser(GuardianTexts.ContactGone(State.Ward!.NameBy!.Value, State.Locale), cancellation);
        await GiveUpPlaces(cancellation);
        return Done.It;
    }

    public Task<Outcome<AccountView>> AcceptOfAge(SessionProof proof, AcceptOfAge request, CancellationToken cancellation) => Signed<AccountView>(proof, async (session, next) =>
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        if (Wards.StateOf(next, now) != GuardianshipState.OfAge)
        {
            await Keep(stored, next);
            return ViewNow(published, now); // said before, or never needed
        }
        var refusal = CompletionRules.CheckAcceptances(request.Acceptances, published.RequiredAt(now))?.Code ?? (request.DeclaresCapacity ? null : RefusalCode.DeclarationMissing);
        if (refusal is { } missing)
        {
            await Keep(stored, next);
            return missing;
        }
        if (next.Ward is { } ward)
        {
            next = EndWard(next, ward);
            log.GuardianshipChanged(Id, "guardian_ended_of_age");
        }
        var by = new AcceptanceEvidence(request.Language, request.Channel, session.Id, request.Network);
        var texts = published.RequiredAt(now).Select(text => (published.Find(text.Reference.Kind, text.Reference.Version)!, text.Incorporated.ToArray()));
        var accepted = vault.Accepted(Id, next, texts, AcceptanceManner.Explicit, "coming_of_age", by, now);
        await Keep(stored, next.WithAccepted(Id, accepted, published) with
        {
            OfAgeSince = null,
            Declarations = [.. next.Declarations.Union(["capacity"])],
        });
        await TellGuardian(cancellation);
        await GiveUpPlaces(cancellation);
        return ViewNow(published, now);
    }, cancellation);

    public async Task<Done> GuardianAnswered(CancellationToken cancellation)
    {
        if (await IsOpen(owned: false, cancellation)) await AskInvitation(cancellation);
        return Done.It;
    }

    /// <summary>What of a guardianship is due by clock.</summary>
    private async Task DoGuardianDue(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.Ward is not { } ward) return;
        if (now >= ward.AdultAt)
        {
            await Keep(stored, EndWard(State, ward));
            log.GuardianshipChanged(Id, "guardian_ended_of_age");
            await TellGuardian(cancellation);
            await TellUser(GuardianTexts.OfAge(State.Locale), cancellation);
            return;
        }
        if (ward.OldEnoughAt is { } sixteen && now >= sixteen)
        {
            await Keep(stored, Wards.OldEnough(State).WithNews(GuardianNews.OldEnough, now).WithEntry(GuardianAct("guardianship_re_decided", "clock", sixteen)));
            log.GuardianshipChanged(Id, "old_enough");
            await TellUser(GuardianTexts.OldEnough(ward.Stands, State.Locale), cancellation);
            await TellGuardian(cancellation);
        }
        if (ward.Invitation is { Answer: InvitationState.Open } open && now >= open.ExpiresAt)
        {
            await AskInvitation(cancellation);
            if (State.Ward?.Invitation is { Answer: InvitationState.Open }) await Keep(stored, Wards.Answered(State, InvitationState.Lapsed));
        }
        if (State.Ward is { PlaceDue: { } place, Guardian: { } standing } due && now >= place)
        {
            var kept = await GrainFactory.GetGrain<IGuardianContactGrain>(standing.IdentifierKey).TakeWard(Guid.ParseExact(Id, "N"), due.AdultAt, cancellation);
            if (kept.Refusal is { Code: RefusalCode.NotFound }) await GuardianContactGone(standing.IdentifierKey, cancellation); // the contact is not theirs any more
            else await Keep(stored, State with { Ward = due with { PlaceDue = now + (kept.Refusal is null ? AskPlaceAgain : TryPlaceAgain) } });
        }
        if (State.Ward is { Loss: not null, NameBy: { } nameBy } && now >= nameBy)
        {
            await Keep(stored, Wards.NotNamed(State).WithEntry(GuardianAct("guardian_not_named", "clock", now)));
            await TellUser(GuardianTexts.StillMissing(State.Locale), cancellation);
        }
    }

    /// <summary>Gives up places of former guardians. What was decided stands, whether or not it can be done now: the row is due until it is.</summary>
    private async Task GiveUpPlaces(CancellationToken cancellation)
    {
        if (State.LeavingPlaces.Length == 0) return;
        try
        {
            foreach (var place in State.LeavingPlaces)
                await Repeatable.Call(() => GrainFactory.GetGrain<IGuardianContactGrain>(place.IdentifierKey).ReleaseWard(Account, cancellation));
            await Keep(stored, State with { LeavingPlaces = [] });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.PlaceStays(Id, failure.GetType().Name);
        }
    }

    private AccountState EndWard(AccountState state, Ward ward) =>
        Wards.OfAge(state, clock.GetUtcNow()).WithEntry(GuardianAct("guardian_ended_of_age", "clock", ward.AdultAt));

    /// <summary>A proof showed the birth date: what it means for a guardianship is decided anew, to be kept with the proof.</summary>
    private AccountState WithProvenAge(AccountState state, DateOnly birth, DateTimeOffset now)
    {
        var next = Wards.OnBirthDate(state, birth, GuardianLimits, now);
        // Below 14 nothing is kept (L-15), unless another proof shows another age before it is gone.
        next = Age.CompletedYears(birth, Age.ShanghaiDay(now)) < Age.NeverHeld
            ? Endings.AccountEndings.Plan(next, EndingGrounds.UnderAge, operation: "", EndingLimits.NeverHeldWait, allowedFrom: null, now).Next
            : Endings.AccountEndings.TakenBack(next, EndingGrounds.UnderAge);
        if (ReferenceEquals(next, state)) return state;
        if (next.Ward is { } ward && (ward.AdultAt, ward.OldEnoughAt) != (state.Ward?.AdultAt, state.Ward?.OldEnoughAt)) next = next.WithNews(GuardianNews.AgeDecided, now, deadline: ward.AdultAt);
        if (next.Planned is { Ground: EndingGrounds.UnderAge } ending && ending != state.Planned) next = next.WithNews(GuardianNews.UnderAgeEnding, now, deadline: ending.At);
        return next.WithEntry(GuardianAct("guardianship_re_decided", "identity_check", now));
    }

    /// <summary>Adopts a guardian whose invitation was accepted since, or notes that it was declined. Both by this account's own asking.</summary>
    private async Task AskInvitation(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.Ward is not { Invitation: { Answer: InvitationState.Open } invitation } ward || now >= ward.AdultAt) return;
        var standing = await Repeatable.Call(() => Invitation(invitation.Id).Standing(cancellation));
        if (standing is { State: InvitationState.Accepted, Binding: { } accepted })
        {
            if (!Wards.MayStand(State, accepted.Contact.IdentifierKey, GuardianLimits, now)) return;
            // From here on the word stands: whoever withdraws does so as guardian. One who was faster has withdrawn it.
            if ((await Repeatable.Call(() => Invitation(invitation.Id).Bind(cancellation))).Binding is not { } binding) return;
            // A guardian whose contact was called lost does not stand beside the new one.
            var former = ward.Guardian is { } lost && lost.IdentifierKey != binding.Contact.IdentifierKey ? lost : null;
            var told = former is null ? State : State.WithNews(GuardianNews.Replaced, now);
            var next = Wards.Answered(vault.Bind(Id, told, binding, now), InvitationState.Accepted);
            await Keep(stored, next.WithEntries(Id, next.Responsibilities[^1]));
            log.GuardianshipChanged(Id, "guardian_acceptance");
            await TellUser(GuardianTexts.Named(State.Locale), cancellation);
            await TellGuardian(cancellation);
            await GiveUpPlaces(cancellation);
        }
        else if (standing.State is InvitationState.Declined or InvitationState.Unknown)
        {
            await Keep(stored, Wards.Answered(State, standing.State));
            await TellUser(GuardianTexts.Declined(State.Locale), cancellation);
        }
    }

    private Task<Outcome<SendGrant>> Grant(InviteByWard request, string invitation, CancellationToken cancellation) =>
        Repeatable.Call(() => GrainFactory.GetGrain<IGuardianContactGrain>(request.To.IdentifierKey).GrantInvitation(
            new SendRequest { Session = invitation, Number = 1, Network = request.Network }, State.Contacts[0].IdentifierKey, cancellation));

    private Task<Outcome<InvitationStanding>> Tell(InviteByWard request, WardInvitation invitation, DateTimeOffset leavesAt, CancellationToken cancellation)
    {
        var view = vault.View(Id, State);
        return Repeatable.Call(() => Invitation(invitation.Id).Invite(new InviteGuardian
        {
            InviterKeys = [.. State.OwnIdentifiers()],
            Account = Guid.ParseExact(Id, "N"),
            InviterMasked = view.Contacts[0].Masked,
            InviterName = State.NameFault is null ? view.DisplayName : null, // nobody is written to under a name that is not allowed
            To = request.To,
            Locale = State.Locale,
            SendsAt = leavesAt,
            ExpiresAt = invitation.ExpiresAt,
            PageAddress = request.PageAddress,
        }, cancellation));
    }

    // What a slow channel had no answer to yet. One that is always slow would else be asked for ever and never have told anybody; an activation that does not live to hear asks again.
    private (DateTimeOffset Of, Task<TimeSpan?> Sent)? _slow;

    /// <summary>Hands over what a guardian is to be told now. What was not stays kept, and wakes the row.</summary>
    private async Task TellGuardian(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        GuardianTelling[] due = [.. State.Tellings.Where(telling => telling.IsToBeSent(now))];
        if (due.Length == 0) return;
        var published = await documents.Get(cancellation);
        var tried = new Dictionary<GuardianTelling, DateTimeOffset?>();
        foreach (var telling in due)
        {
            var text = GuardianTexts.Of(telling, telling.Document is { } document ? published.Find(document.Kind, document.Version) : null, GuardianLimits.ReplacedAfter, now, State.Locale);
            var (to, beginsTerm) = (vault.Address(Id, State, telling.To), State.BeginsTerm(telling));
            var stopped = switches.SendsPaused(to, SendPurposes.Guardian) is not null;
            var sent = beginsTerm && _slow is { } slow && slow.Of == telling.At && slow.Sent is { IsCompletedSuccessfully: true, Result: null } ? slow.Sent
                : messages.Send(to, telling.To.IdentifierKey, text, CancellationToken.None);
            try { tried[telling] = await sent.WaitAsync(DeliveryWait, clock, cancellation) is { } wait ? GuardianTellings.Again(State, telling, wait, stopped, now) : null; }
            catch (TimeoutException)
            {
                // A slow channel goes on by itself. Only where the guardian's time runs from the telling is hearing twice better than never.
                tried[telling] = beginsTerm ? GuardianTellings.Again(State, telling, TryAgainAfter, stopped: false, now) : null;
                if (beginsTerm) _slow = (telling.At, sent);
            }
        }
        await Keep(stored, GuardianTellings.Told(State, tried, now));
    }

    private async Task TellGuardianWhenDue(CancellationToken cancellation)
    {
        if (State.Tellings.Any(telling => telling.SendAt <= clock.GetUtcNow())) await TellGuardian(cancellation);
    }

    private GuardianshipView GuardianshipNow()
    {
        var now = clock.GetUtcNow();
        return vault.Guardianship(Id, State, now) with { ReplacedFrom = Wards.ReplacedFrom(State, GuardianLimits, now) is { } from && now < from && now < State.Ward!.AdultAt ? from : null };
    }

    private async Task TellUser(string text, CancellationToken cancellation)
    {
        foreach (var (contact, address) in vault.Contacts(Id, State)) await messages.Send(address, contact.IdentifierKey, text, cancellation);
    }

    private LedgerDraft GuardianAct(string act, string by, DateTimeOffset at) => new()
    {
        Account = Id,
        Kind = LedgerKinds.Guardianship,
        At = at,
        Act = act,
        Evidence = vault.SealGuardianAct(Id, State, by),
    };

    private GuardianOptions GuardianLimits => guardians.Value;
    private IGuardianInvitationGrain Invitation(string id) => GrainFactory.GetGrain<IGuardianInvitationGrain>(id);
}
