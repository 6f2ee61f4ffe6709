using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Accounts;

/// <summary>
/// Real-name proof: kept → a place held at the certificate → asked → the answer kept → the place owned → proven. Whatever breaks off in between is taken
/// up when the row falls due.
/// </summary>
internal sealed partial class AccountGrain : IAccountIdentity
{
    // Longer than any call to the checker: the hold outlives the check.
    private static readonly TimeSpan HoldsOn = TimeSpan.FromHours(1);

    private readonly IdentityAsking _asking = new();

    private IdentityTools Tools => ServiceProvider.GetRequiredService<IdentityTools>();

    private AccountIdentity Mine => State.Identity ?? AccountIdentity.None;

    Task<Outcome<IdentityView>> IAccountIdentity.View(SessionProof proof, CancellationToken cancellation) =>
        Signed<IdentityView>(proof, async _ => IdentityNow(await documents.Get(cancellation), clock.GetUtcNow()), cancellation);

    public Task<Outcome<IdentityView>> Submit(SessionProof proof, SubmitIdentity submission, CancellationToken cancellation) => SignedRecently<IdentityView>(proof, async (_, next) =>
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        var mine = next.Identity ?? AccountIdentity.None;
        if (mine.Last is { } last && last.Operation == submission.Operation)
        {
            await Keep(stored, next);
            return last.Fingerprint == submission.Fingerprint ? IdentityNow(published, now) : RefusalCode.IdempotencyKeyReused;
        }
        if (Refuse(next, mine, submission, published, now) is { } refusal)
        {
            await Keep(stored, next);
            return refusal;
        }
        var request = new IdentityRequest
        {
            Id = Tools.NewRequest(),
            Method = submission.Method,
            Kind = submission.Certificate?.Kind,
            DocumentKey = submission.Certificate is { } certificate ? await Tools.KeyOf(GrainFactory, certificate.Compared, cancellation) : null,
            Question = [],
            CorrectsBirthDate = submission.BirthDate is not null,
            Service = submission.Service,
            NumberGround = submission.NumberGround,
            AskedAt = now,
            NextTryAt = now + Tools.Limits.FirstRetry,
            EndsAt = now + Tools.Limits.GiveUpAfter,
        };
        var question = new IdentityQuestion
        {
            Request = request.Id,
            Method = submission.Method,
            Certificate = submission.Certificate,
            Name = submission.Name,
            Credential = submission.Credential,
            // Who proves identity by the state's network ID is asked for nothing in plain beside it (L-11).
            BirthDate = submission.BirthDate ?? (submission.Method == IdentityMethod.Certificate ? vault.StatedBirthDate(Id, next) : null),
        };
        request = request with { Question = vault.Seal(Id, next, question) };
        await Keep(stored, next with { Identity = mine.Asked(request, new IdentitySubmission(submission.Operation, submission.Fingerprint), now) });
        await Advance(cancellation);
        return IdentityNow(published, clock.GetUtcNow());
    }, cancellation);

    public async Task Answered(string request, IdentityAnswer answer, CancellationToken cancellation)
    {
        if (State.Phase == AccountPhase.Open && Mine.Request is { Match: null } waiting && waiting.Id == request) await Take(waiting, answer, cancellation);
        await ReleasePlaces(cancellation);
    }

    private Refusal? Refuse(AccountState state, AccountIdentity mine, SubmitIdentity submission, DocumentSet published, DateTimeOffset now)
    {
        if (!Tools.Check.Methods.Contains(submission.Method)) return new Refusal(RefusalCode.IdentityUnavailable);
        if (ConsentTo(state, published, now) is not { } consent) return new Refusal(RefusalCode.IdentityUnavailable);
        if (consent.State != ConsentState.Given) return new Refusal(RefusalCode.IdentityConsentMissing);
        if (mine.Request is { } running) return new Refusal(RefusalCode.IdentityPending, running.NextTryAt > now ? running.NextTryAt - now : TimeSpan.FromSeconds(1));
        if (submission.BirthDate is { } wanted && !Age.IsPossible(wanted, Age.ShanghaiDay(now))) return new Refusal(RefusalCode.BirthDateInvalid);
        // What the number says of the birth date costs nobody a check.
        if (submission.Certificate?.BirthDate is { } born && born != (submission.BirthDate ?? vault.StatedBirthDate(Id, state))) return new Refusal(RefusalCode.BirthDateMismatch);
        return mine.TriesLeft(Tools.Limits, now) == 0 ? new Refusal(RefusalCode.TooManyAttempts, mine.TryIn(now)) : null;
    }

    private static ConsentView? ConsentTo(AccountState state, DocumentSet published, DateTimeOffset now) =>
        Purposes.Of(state, published, now).FirstOrDefault(view => view.Purpose.Id == IdentityView.Purpose && view.Document.Kind == DocumentCatalog.PrivacyKind);

    /// <summary>Takes the check under way as far as it goes now.</summary>
    private async Task Advance(CancellationToken cancellation)
    {
        if (Mine.Request is { Match: not null } matched) await Commit(matched, cancellation);
        else if (Mine.Request is { } request)
        {
            if (await Place(request, cancellation) is { } reason) await Refuse(reason);
            else if (await Ask(request, cancellation) is { } answer) await Take(request, answer, cancellation);
        }
        await ReleasePlaces(cancellation);
    }

    /// <summary>Holds a place at the certificate. By network ID there is none to hold before the answer names the subject.</summary>
    private async Task<IdentityReason?> Place(IdentityRequest request, CancellationToken cancellation)
    {
        if (request.DocumentKey is not { } key) return null;
        var question = vault.Question(Id, State, request);
        var hold = new ProofRequest
        {
            Operation = request.Id, Account = Guid.ParseExact(Id, "N"), Until = request.EndsAt + HoldsOn, Name = Tools.NameOf(key, question.Certificate, question.Name),
        };
        return (await Repeatable.Call(() => GrainFactory.GetGrain<ICertificateProofs>(key).HoldProof(hold, cancellation))).Status switch
        {
            ProofPlaceStatus.Held or ProofPlaceStatus.Owned => null,
            ProofPlaceStatus.TooOften => IdentityReason.DocumentTries,
            _ => IdentityReason.DocumentLimit,
        };
    }

    private Task<IdentityAnswer?> Ask(IdentityRequest request, CancellationToken cancellation) => _asking.Ask(Tools, request, () => vault.Question(Id, State, request),
        answer => GrainFactory.GetGrain<IAccountIdentity>(Id).Answered(request.Id, answer), failure => log.CheckFailed(Id, failure), cancellation);

    private async Task Take(IdentityRequest request, IdentityAnswer answer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        switch (answer.Verdict)
        {
            case IdentityVerdict.Match when request.DocumentKey is not null || answer.Subject is not null:
                var key = request.DocumentKey ?? await Tools.KeyOf(GrainFactory, $"network-id:{answer.Subject}", cancellation);
                var matched = request with { DocumentKey = key, Match = new IdentityMatch(answer.Reference, answer.BirthDateMatches), NextTryAt = now };
                // Kept before it is committed: a crash in between asks nobody a second time.
                await Keep(stored, State with { Identity = Mine with { Request = matched } });
                await Commit(matched, cancellation);
                break;
            case IdentityVerdict.Mismatch:
                await Refuse(IdentityReason.Mismatch);
                break;
            case IdentityVerdict.NotFound:
                await Refuse(IdentityReason.NotFound);
                break;
            default:
                // When it is asked again was kept before it was asked.
                if (answer.RetryAfter is { } wait && Mine.NotBefore(wait, Tools.Limits, now) is var later && !ReferenceEquals(later, Mine)) await Keep(stored, State with { Identity = later });
                break;
        }
    }

    private async Task Commit(IdentityRequest request, CancellationToken cancellation)
    {
        var question = vault.Question(Id, State, request);
        var proven = question.Certificate?.BirthDate is not null || request.Match!.BirthDateMatches == true;
        if (request.Match!.BirthDateMatches == false || (request.CorrectsBirthDate && !proven))
        {
            await Refuse(IdentityReason.BirthDateUnconfirmed);
            return;
        }
        if (await Place(request, cancellation) is { } reason)
        {
            await Refuse(reason);
            return;
        }
        var account = Guid.ParseExact(Id, "N");
        var place = await Repeatable.Call(() => GrainFactory.GetGrain<ICertificateProofs>(request.DocumentKey!).OwnProof(request.Id, account, cancellation));
        if (place.Status != ProofPlaceStatus.Owned) return; // taken over in between: the next try looks for a place anew
        var now = clock.GetUtcNow();
        var ground = request.NumberGround;
        var proof = new IdentityProof
        {
            Method = request.Method,
            Kind = request.Kind,
            At = now,
            DocumentKey = request.DocumentKey!,
            Person = question.Certificate is { } certificate
                ? vault.Seal(Id, State, new ProvenPerson(question.Name!, certificate.Last, ground is null ? null : certificate.Number)) : null,
            BirthDateProven = proven,
            Reference = request.Match.Reference,
            NumberKeptFor = question.Certificate is null ? null : ground,
        };
        var birth = question.BirthDate ?? vault.StatedBirthDate(Id, State);
        var next = State with { Identity = Mine.ProvenBy(proof, now) };
        if (request.CorrectsBirthDate) next = next with { BirthDate = vault.SealBirthDate(Id, State, birth) };
        if (proven) next = WithProvenAge(next, birth, now);
        var planned = State.Planned;
        await Keep(stored, next);
        if (State.Planned is { } ending && ending != planned) await TellUser(Endings.EndingTexts.Planned(ending.Ground, ending.At, State.Locale), cancellation);
        await TellGuardian(cancellation);
        await GiveUpPlaces(cancellation);
        Tools.Metrics.Verified();
        log.IdentityProven(Id, request.Method);
    }

    private async Task Refuse(IdentityReason reason)
    {
        await Keep(stored, State with { Identity = Mine.RefusedFor(reason, clock.GetUtcNow()) });
        Tools.Metrics.Refused(reason);
    }

    /// <summary>Gives back what is no longer needed. A crash, or a certificate that cannot be reached, leaves it to the next time the row falls due.</summary>
    private async Task ReleasePlaces(CancellationToken cancellation)
    {
        var account = Guid.ParseExact(Id, "N");
        foreach (var release in Mine.Releases)
        {
            var certificate = GrainFactory.GetGrain<ICertificateProofs>(release.Key);
            if (release.Owned) await Repeatable.Call(() => certificate.DisownProof(account, cancellation));
            else await Repeatable.Call(() => certificate.ReleaseProof(release.Operation, account, cancellation));
        }
        if (Mine.Releases.Length > 0) await Keep(stored, State with { Identity = Mine with { Releases = [] } });
    }

    private async Task IdentityDue(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Mine.Request is { } request && request.NextTryAt <= now)
        {
            if (request.Match is null && now >= request.EndsAt) await Refuse(IdentityReason.Unanswered);
            else if (request.Match is null) await Keep(stored, State with { Identity = Mine.Again(Tools.Limits, now) });
            await Advance(cancellation);
        }
        await ReleasePlaces(cancellation);
    }

    private IdentityView IdentityNow(DocumentSet published, DateTimeOffset now)
    {
        var consent = ConsentTo(State, published, now);
        return IdentityViews.Of(Mine, vault.Person(Id, State), Tools, consent?.Document, consent?.State == ConsentState.Given, now);
    }
}
