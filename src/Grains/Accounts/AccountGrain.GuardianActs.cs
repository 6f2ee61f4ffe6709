using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.PersonalData;
using AiCloud.Registration;

namespace AiCloud.Accounts;

/// <summary>What the guardian does, with a session of their own kind (C2.1b). None of it is an act of use (C2.5c).</summary>
internal sealed partial class AccountGrain
{
    public Task<Outcome<GuardedAccountView>> GuardianView(GuardianProof proof, CancellationToken cancellation) =>
        ByGuardian<GuardedAccountView>(proof, async () => await GuardedView(cancellation), cancellation);

    public Task<Outcome<GuardedAccountView>> GuardianCorrect(GuardianProof proof, ChangeAccount change, CancellationToken cancellation) => ByGuardian<GuardedAccountView>(proof, async () =>
    {
        var (next, now) = (State, clock.GetUtcNow());
        if (change.BirthDate is { } birth)
        {
            if (Restate(ref next, birth, "guardian", now) is { } refusal) return refusal;
        }
        if (change.DisplayName is { } name) next = next with { DisplayName = vault.SealDisplayName(Id, next, name), NameFault = null };
        if (change.Locale is { } locale && locale != next.Locale) next = next with { Locale = locale };
        if (!ReferenceEquals(next, State)) await Keep(stored, next.WithEntry(GuardianAct("guardian_corrected", "guardian", now)));
        await TellGuardian(cancellation);
        return await GuardedView(cancellation);
    }, cancellation);

    public Task<Outcome<GuardedAccountView>> GuardianFreeze(GuardianProof proof, bool frozen, CancellationToken cancellation) => ByGuardian<GuardedAccountView>(proof, async () =>
    {
        var now = clock.GetUtcNow();
        var next = Wards.Frozen(State, frozen, now);
        if (!ReferenceEquals(next, State))
        {
            var act = frozen ? "guardian_froze" : "guardian_unfroze";
            await Keep(stored, next.WithEntry(GuardianAct(act, "guardian", now)));
            log.GuardianshipChanged(Id, act);
            await TellUser(GuardianTexts.Frozen(frozen, State.Locale), cancellation);
        }
        return await GuardedView(cancellation);
    }, cancellation);

    public Task<Outcome<Done>> GuardianWithdraw(GuardianProof proof, CancellationToken cancellation) => ByGuardian<Done>(proof, async () =>
    {
        var now = clock.GetUtcNow();
        await Keep(stored, Wards.Lost(State, GuardianLoss.Withdrawn, GuardianLimits, now).WithEntry(GuardianAct("guardian_withdrew", "guardian", now)));
        log.GuardianshipChanged(Id, "guardian_withdrew");
        await TellUser(GuardianTexts.Withdrawn(State.Ward!.NameBy!.Value, State.Locale), cancellation);
        await GiveUpPlaces(cancellation);
        return Done.It;
    }, cancellation);

    public Task<Outcome<ExportView>> GuardianRequestExport(GuardianProof proof, string operation, CancellationToken cancellation) => ByGuardianRecently<ExportView>(proof, async () =>
    {
        var (known, now) = (State.Export?.Id, clock.GetUtcNow());
        // The guardian's and the minor's requests are two, also under one key.
        var outcome = await RequestCopy(State, $"guardian/{operation}", GuardianLeavesFrom(now), next => next.WithEntry(GuardianAct("guardian_asked_for_copy", "guardian", now)), cancellation);
        if (outcome.Value is not null && State.Export?.Id != known) await TellUser(GuardianTexts.CopyAskedFor(State.Locale), cancellation);
        return outcome;
    }, cancellation);

    public Task<Outcome<ExportView>> GuardianExport(GuardianProof proof, string? id, CancellationToken cancellation) =>
        ByGuardian<ExportView>(proof, () => Task.FromResult(CopyNow(id, GuardianLeavesFrom(clock.GetUtcNow()))), cancellation);

    public Task<Outcome<ExportedData>> GuardianDownloadExport(GuardianProof proof, string id, CancellationToken cancellation) =>
        ByGuardianRecently<ExportedData>(proof, () => OpenCopy(id, GuardianLeavesFrom(clock.GetUtcNow()), cancellation), cancellation);

    /// <summary>
    /// A number is given out again after a while, and a guardian needs no account that would lose it. One by which the guardian was not heard of for as long is
    /// therefore asked about before it opens anything: that it changed hands ends the guardianship. An outage is no answer; an authority that does not know, or none, leaves the code as what there is.
    /// </summary>
    private async Task<Refusal?> DoubtNumber(GuardianSession session, CancellationToken cancellation)
    {
        var guardian = State.Ward!.Guardian!;
        var seen = guardian.SeenAt ?? guardian.Since;
        if (session.OpenedAt <= seen) return null; // asked about when it was new
        if (guardian.Kind == IdentifierKind.Phone && session.OpenedAt >= seen + TimeSpan.FromDays(Tools.Limits.RecycledAfterDays))
        {
            var asked = await AskOfGuardian(guardian, seen, cancellation);
            if (asked.Standing == NumberStanding.Later) return new Refusal(RefusalCode.NumberCheckUnavailable, asked.CountsUntil - clock.GetUtcNow());
            if (asked.Standing == NumberStanding.Changed)
            {
                await GuardianContactGone(guardian.IdentifierKey, cancellation);
                return new Refusal(RefusalCode.NotFound);
            }
            guardian = guardian with { Asked = asked };
        }
        await Keep(stored, State with { Ward = State.Ward with { Guardian = guardian with { SeenAt = session.OpenedAt } } });
        return null;
    }

    // Kept before it is asked, so that nobody has it asked at will, and so that the guardian's copy says to whom their number was told.
    private async Task<NumberAsked> AskOfGuardian(StoredGuardian guardian, DateTimeOffset seen, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (guardian.Asked is { } known && known.Counts(seen, now)) return known;
        var asking = NumberAsked.Asking(guardian.Asked, guardian.IdentifierKey, Tools.NewRequest(), now, await Tools.TellsNumbers(cancellation));
        await Keep(stored, State with { Ward = State.Ward! with { Guardian = guardian with { Asked = asking } } });
        var standing = await AskAuthority(new NumberQuestion { Request = asking.Request, Number = vault.Guardian(Id, State)!.Contact, Since = Age.ShanghaiDay(seen) }, cancellation);
        Tools.Metrics.Claimed(standing);
        return asking with { Standing = standing };
    }

    private Task<Outcome<T>> ByGuardianRecently<T>(GuardianProof proof, Func<Task<Outcome<T>>> act, CancellationToken cancellation) where T : class =>
        ByGuardian(proof, act, cancellation, recently: true);

    private async Task<GuardedAccountView> GuardedView(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return new GuardedAccountView
        {
            Account = ViewNow(await documents.Get(cancellation), now),
            BirthDate = vault.BirthDate(Id, State)!.Value,
            Guardianship = GuardianshipNow(),
            Acceptances = vault.Acceptances(Id, State),
            Sessions = State.Sessions.Count(session => !session.HasEnded(Limits, now)),
        };
    }

    /// <summary>
    /// The account decides whether this contact's guardian is its own, by clock; the contact whether the session stands. Both are asked every time, so that
    /// the end of either takes effect at the next request everywhere. Whatever is missing is answered as if there were no such account.
    /// </summary>
    private async Task<Outcome<T>> ByGuardian<T>(GuardianProof proof, Func<Task<Outcome<T>>> act, CancellationToken cancellation, bool recently = false) where T : class
    {
        var now = clock.GetUtcNow();
        if (!await IsOpen(owned: false, cancellation) || !Wards.MayAct(State, proof.IdentifierKey, now)) return RefusalCode.NotFound;
        var session = await GrainFactory.GetGrain<IGuardianContactGrain>(proof.IdentifierKey).Session(proof, cancellation);
        if (session.Refusal is { } refusal) return refusal;
        // The contact keeps no place for this account: it changed hands, and whoever has it now is guardian of others.
        if (!session.Value!.Accounts.Contains(Account)) return RefusalCode.NotFound;
        if (recently && now >= session.Value!.OpenedAt + StepUpLimits.ValidFor) return RefusalCode.ReauthenticationRequired;
        // Decided again: the answer took a moment, and the user may have named another meanwhile.
        if (!Wards.MayAct(State, proof.IdentifierKey, clock.GetUtcNow())) return RefusalCode.NotFound;
        if (await DoubtNumber(session.Value!, cancellation) is { } doubted) return doubted;
        var (found, invited) = (Wards.Found(State), State.Ward?.Invitation);
        if (!ReferenceEquals(found, State))
        {
            await Keep(stored, found.WithEntry(GuardianAct("guardian_contact_found", "guardian", now)));
            log.GuardianshipChanged(Id, "guardian_contact_found");
            if (invited is { Answer: InvitationState.Open }) await Repeatable.Call(() => Invitation(invited.Id).Void(cancellation));
            await TellUser(GuardianTexts.Found(State.Locale), cancellation);
        }
        return await act();
    }
}
