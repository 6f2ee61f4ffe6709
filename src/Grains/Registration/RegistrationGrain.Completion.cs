using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Storage;

namespace AiCloud.Registration;

/// <summary>prepare → (the gateway hashes the password) → commit: hold, prepared account, own, open (DESIGN §4.3).</summary>
internal sealed partial class RegistrationGrain
{
    private (string Operation, string Attempt, DateTimeOffset Until, bool StatesBirthDate)? _running;
    private bool _accountTried; // this activation has tried to open the account, so a row of it may exist

    private IAccountGrain Account => GrainFactory.GetGrain<IAccountGrain>(AccountKeys.Of(State.Account));

    public async Task<Outcome<CompletionPrepared>> Prepare(CompleteRegistration request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        if (State.CompletedBy is { } by)
        {
            if (by.Operation != request.Operation) return RefusalCode.AlreadyCompleted;
            if (by.Fingerprint != request.Fingerprint) return RefusalCode.IdempotencyKeyReused;
            return new CompletionPrepared { Contact = Contact(), Account = State.Account, AlreadyDone = true };
        }
        if (Running(request, now) is { } running) return running;

        var guardian = await AskGuardian(cancellation);
        if (Refuse(request.Proof, now) is { } ended) return ended;
        var (next, refused) = Check(request, guardian, await documents.Get(cancellation), now);
        if (refused is { Code: RefusalCode.UnderAge })
        {
            await End(); // C2.1a: refused and erased at once
            return metrics.Refused(refused);
        }
        if (refused is null)
        {
            // A completion under way is never swept: it extends its own life before anything else is kept.
            next = next.WithSaga(now + Limits.PreparedFor, Limits);
            var states = State.BirthDate is null || (_running is { StatesBirthDate: true } mine && mine.Attempt == request.Attempt);
            _running = (request.Operation, request.Attempt, now + Limits.PreparedFor, states);
        }
        await Keep(next);
        if (refused is not null) return metrics.Refused(refused);
        await steps.Reached(CompletionStep.Prepared);
        return new CompletionPrepared { Contact = Contact(), Account = State.Account };
    }

    public async Task Unprepare(string attempt, CancellationToken cancellation)
    {
        if (_running is not { } running || running.Attempt != attempt) return;
        _running = null;
        // The password was refused, so nothing was decided by the date that came along with it: who mistyped both may correct both.
        if (running.StatesBirthDate && State.State == RegistrationState.Verified) await Keep(State with { BirthDate = null });
    }

    public async Task<Outcome<RegistrationCompleted>> Commit(CompleteRegistration request, NewCredential credential, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        if (State.CompletedBy is { } by)
        {
            if (by.Operation != request.Operation) return RefusalCode.AlreadyCompleted;
            if (by.Fingerprint != request.Fingerprint) return RefusalCode.IdempotencyKeyReused;
            return await Repeat(request, credential, cancellation);
        }
        if (Running(request, now) is { } running) return running;
        // Prepared on another activation, maybe: everything is decided again. Without a hash there is nothing to commit.
        var guardian = await AskGuardian(cancellation);
        if (Refuse(request.Proof, now) is { } ended) return ended;
        var published = await documents.Get(cancellation);
        var (next, refused) = Check(request, guardian, published, now);
        if (refused is not null) return refused;
        if (!State.SagaStarted || credential.PasswordHash is null) return new Refusal(RefusalCode.Busy, TimeSpan.FromSeconds(1));
        await Keep(next.WithSaga(now, Limits)); // nothing to keep unless the hash took much longer than it may
        try
        {
            return await Open(request, credential, guardian?.Binding, published, now, cancellation);
        }
        finally
        {
            _running = null;
        }
    }

    private Refusal? Running(CompleteRegistration request, DateTimeOffset now)
    {
        if (_running is not { } running || now >= running.Until || running.Attempt == request.Attempt) return null;
        var wait = running.Until - now;
        return new Refusal(running.Operation == request.Operation ? RefusalCode.IdempotencyInProgress : RefusalCode.CompletionInProgress,
            wait < TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1));
    }

    private (PendingRegistration Next, Refusal? Refusal) Check(CompleteRegistration request, InvitationStanding? guardian, DocumentSet published, DateTimeOffset now)
    {
        if (State.State == RegistrationState.AccountExists) return (State, new Refusal(RefusalCode.AccountExists));
        if (State.State is not (RegistrationState.Verified or RegistrationState.AwaitingGuardian)) return (State, new Refusal(RefusalCode.NotVerified));
        // Without all texts at hand nobody can say what must be accepted (C0.1).
        if (!DocumentCatalog.IsComplete(published, now)) return (State, new Refusal(RefusalCode.Busy, TimeSpan.FromSeconds(1)));
        var today = Age.ShanghaiDay(now);
        if (!Age.IsPossible(request.BirthDate, today)) return (State, new Refusal(RefusalCode.BirthDateInvalid));

        using var key = envelope.Unwrap(State.Key!, Owner);
        var next = State;
        if (State.BirthDate is { } stated)
        {
            if (key.UnprotectJson<DateOnly>(stated, Context("birth-date")) != request.BirthDate) return (State, new Refusal(RefusalCode.BirthDateAlreadyStated));
        }
        else
        {
            next = State with { BirthDate = key.ProtectJson(request.BirthDate, Context("birth-date")) };
        }
        var age = Age.CompletedYears(request.BirthDate, today);
        // Age comes first: below 16 nothing else is looked at and nothing is kept (C2.1a). At 16 and 17 the statement stands whatever else is wrong, so that
        // nobody finds out by trying which date would do.
        if (CompletionRules.CheckAge(age) is { } tooYoung) return (State, tooYoung);
        if (age < Age.Adult && PendingRegistration.LacksGuardian(guardian?.State) is { } lacks) return (next, new Refusal(lacks));
        // Refused for something else, the date decided nothing: it is not held against whoever mistyped it.
        var refusal = CompletionRules.CheckAcceptances(request.Acceptances, published.RequiredAt(now)) ?? CompletionRules.CheckDeclarations(request, age);
        return (refusal is null ? next : State, refusal);
    }

    private async Task<Outcome<RegistrationCompleted>> Open(
        CompleteRegistration request, NewCredential credential, GuardianBinding? guardian, DocumentSet published, DateTimeOffset now, CancellationToken cancellation)
    {
        var hold = await Repeatable.Call(() => Identifier.Hold(new HoldRequest
        {
            Operation = Id,
            Account = State.Account,
            GuessesSpent = State.WrongGuesses,
            Network = request.Network,
        }, cancellation));
        if (hold.Status == HoldStatus.OwnedByOther) return await GiveUp(cancellation);
        if (hold.Status == HoldStatus.ReservedForOther) return RefusalCode.ContactReserved;
        if (hold.Status == HoldStatus.HeldByOther) return new Refusal(RefusalCode.CompletionInProgress, Wait(hold, now));
        if (hold.Status == HoldStatus.Held)
        {
            await steps.Reached(CompletionStep.Held);
            // From here on the guardian's word stands. One who withdrew a moment ago was faster, and the contact is not kept for nothing.
            if (guardian is not null && (await Repeatable.Call(() => Invitation(guardian.Invitation).Bind(cancellation))).Binding is null)
            {
                await Repeatable.Call(() => Identifier.Release(Id, State.Account, cancellation));
                return RefusalCode.GuardianRequired;
            }
            var account = Account;
            var content = NewAccount(request, credential, guardian, published, hold.Until!.Value, now);
            var opened = await Repeatable.Call(() =>
            {
                // Almost always nobody has tried before, and the account need not be looked for. Where a crash hid an earlier try, the write
                // loses against its row, and the second round looks.
                if (!_accountTried) Minted.Mark(AccountKeys.Of(State.Account));
                _accountTried = true;
                try { return account.Open(content, cancellation); }
                finally { Minted.Clear(); }
            });
            if (opened.Refusal is { Code: not RefusalCode.AlreadyCompleted } refusal) return refusal;
            await steps.Reached(CompletionStep.AccountPrepared);

            var owned = await Repeatable.Call(() => Identifier.Own(Id, State.Account, cancellation)); // the only commit point
            if (owned.Status is HoldStatus.OwnedByOther) return await GiveUp(cancellation);
            if (owned.Status is not HoldStatus.OwnedByYou)
            {
                var stands = await account.Settle(cancellation);
                if (!stands && guardian is not null) await Repeatable.Call(() => Invitation(guardian.Invitation).Unbind(cancellation));
                return new Refusal(RefusalCode.CompletionInProgress, Wait(owned, now));
            }
            await steps.Reached(CompletionStep.Owned);
        }
        return await Finish(request, credential, cancellation);
    }

    private async Task<Outcome<RegistrationCompleted>> Finish(CompleteRegistration request, NewCredential credential, CancellationToken cancellation)
    {
        var confirmed = await Repeatable.Call(() => Account.Confirm(cancellation));
        if (confirmed.Value is not { } account) return confirmed.Refusal!;
        await steps.Reached(CompletionStep.AccountOpen);
        // The content that was committed may be an earlier request's, whose answer was lost in a crash.
        var mine = account.Operation == request.Operation && account.Fingerprint == request.Fingerprint;
        await Keep(State.Completed(account.Operation, account.Fingerprint));
        log.Completed(Id, State.Account);
        metrics.Completed();
        await steps.Reached(CompletionStep.Recorded);
        if (!mine) return account.Operation == request.Operation ? RefusalCode.IdempotencyKeyReused : RefusalCode.AlreadyCompleted;
        return account.Session is { } session && session.Id == credential.Session.Id
            ? new RegistrationCompleted { Account = account.Account, Session = session }
            : await Repeat(request, credential, cancellation);
    }

    private async Task<Outcome<RegistrationCompleted>> Repeat(CompleteRegistration request, NewCredential credential, CancellationToken cancellation)
    {
        // The hash made for this very call is the account's only when this call's first try opened it and the answer was lost.
        var matched = credential.MatchedHash ?? credential.PasswordHash;
        if (matched is null) return new RegistrationCompleted();
        var reopened = await Account.ReopenSession(request.Operation, matched, credential.Session, cancellation);
        if (reopened.Refusal is { Code: RefusalCode.IdempotencyKeyReused } && credential.MatchedHash is null) return new RegistrationCompleted();
        return reopened.Match<Outcome<RegistrationCompleted>>(
            session => new RegistrationCompleted { Account = session.Account, Session = session.Session }, refusal => refusal);
    }

    /// <summary>Another completion of the contact came first and its account is open.</summary>
    private async Task<Outcome<RegistrationCompleted>> GiveUp(CancellationToken cancellation)
    {
        log.Overtaken(Id);
        await Account.Settle(cancellation);
        // Nothing comes of the guardian's word: what they told goes now, not with the invitation's time.
        if (State.Guardian is { } guardian) await Repeatable.Call(() => Invitation(guardian.Invitation).Void(cancellation));
        await Keep(State with { State = RegistrationState.AccountExists, SagaStarted = false, BirthDate = null, Guardian = null });
        return RefusalCode.AccountExists;
    }

    private static TimeSpan Wait(HoldResult hold, DateTimeOffset now) =>
        hold.Until is { } until && until > now ? until - now : TimeSpan.FromSeconds(1);

    private OpenAccount NewAccount(
        CompleteRegistration request, NewCredential credential, GuardianBinding? guardian, DocumentSet published, DateTimeOffset holdUntil, DateTimeOffset now) => new()
    {
        Registration = Id,
        Operation = request.Operation,
        Fingerprint = request.Fingerprint,
        HoldUntil = holdUntil,
        Contact = Contact(),
        IdentifierKey = State.IdentifierKey,
        PasswordHash = credential.PasswordHash!,
        BirthDate = request.BirthDate,
        // Whoever came of age while the guardian was asked needs none.
        Guardian = Age.NeedsGuardian(request.BirthDate, now) ? guardian : null,
        DisplayName = request.DisplayName,
        Locale = State.Locale,
        Session = credential.Session,
        Declarations = request.DeclaresCapacity ? ["information", "eligibility", "capacity"] : ["information", "eligibility"],
        Acceptances = [Consent(State.Consent!), .. published.RequiredAt(now).Select(document => new Acceptance
        {
            Document = document.Reference,
            Incorporated = [.. document.Incorporated],
            AcceptedAt = now,
            Manner = AcceptanceManner.Explicit,
            Act = "registration_completion",
            Language = request.Language,
            Channel = request.Channel,
            Session = Id,
            Network = request.Network,
        })],
    };

    private Acceptance Consent(PrivacyConsent consent) => new()
    {
        Document = consent.Document,
        Incorporated = [],
        AcceptedAt = consent.GivenAt,
        Manner = AcceptanceManner.Explicit,
        Act = "registration_start",
        Language = consent.Language,
        Channel = consent.Channel,
        Session = Id,
        Network = consent.Network,
    };
}
