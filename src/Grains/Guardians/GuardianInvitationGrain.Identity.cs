using AiCloud.Documents;
using AiCloud.Identity;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Storage;
using Microsoft.Extensions.Logging;

namespace AiCloud.Guardians;

/// <summary>
/// The guardian passes the identity check as an adult (C2.1b, L-09, L-11): kept → a try counted at the document → asked → the answer kept. What breaks off in
/// between is taken up when the row falls due, under the same request. The document proves nobody's account, so it gives no place away.
/// </summary>
internal sealed partial class GuardianInvitationGrain
{
    private readonly IdentityAsking _asking = new();

    private AccountIdentity Mine => State.Identity ?? AccountIdentity.None;

    public async Task<Outcome<InvitationView>> SubmitIdentity(SubmitGuardianIdentity request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Refuse(request.Proof, now) is { } refusal) return refusal;
        var (submission, published) = (request.Submission, await documents.Get(cancellation));
        if (Mine.Last is { } last && last.Operation == submission.Operation)
            return last.Fingerprint == submission.Fingerprint ? View(now) : RefusalCode.IdempotencyKeyReused;
        if (State.At(now) != InvitationState.Open) return RefusalCode.InvitationExpired;
        var born = submission.Certificate?.BirthDate ?? submission.BirthDate;
        if (Refuse(request, born, published, now) is { } unfit) return unfit;
        var asked = new IdentityRequest
        {
            Id = identity.NewRequest(),
            Method = submission.Method,
            Kind = submission.Certificate?.Kind,
            DocumentKey = submission.Certificate is { } certificate ? await identity.KeyOf(GrainFactory, certificate.Compared, cancellation) : null,
            Question = [],
            AskedAt = now,
            NextTryAt = now + identity.Limits.FirstRetry,
            EndsAt = now + identity.Limits.GiveUpAfter is var ends && ends < State.ExpiresAt ? ends : State.ExpiresAt,
        };
        var question = new IdentityQuestion
        {
            Request = asked.Id, Method = submission.Method, Certificate = submission.Certificate, Name = submission.Name, Credential = submission.Credential, BirthDate = born,
        };
        await this.Keep(stored, State with
        {
            Identity = Mine.Asked(asked with { Question = Sealed(question, "identity-question") }, new IdentitySubmission(submission.Operation, submission.Fingerprint), now),
            IdentityConsent = Sealed(new IdentityConsent(request.Consent, now, request.Language, request.Channel, request.Network), "identity-consent"),
        });
        await Advance(cancellation);
        return View(clock.GetUtcNow());
    }

    public async Task<Done> IdentityAnswered(string request, IdentityAnswer answer, CancellationToken cancellation)
    {
        if (State.At(clock.GetUtcNow()) == InvitationState.Open && Mine.Request is { } waiting && waiting.Id == request) await Take(waiting, answer, cancellation);
        return Done.It;
    }

    public async Task<bool> Settle(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.State is null) return false;
        if (now >= State.GoneAt)
        {
            await this.Erase(stored);
            DeactivateOnIdle();
            return true;
        }
        if (State.At(now) != InvitationState.Open || Mine.Request is not { } request || request.NextTryAt > now) return false;
        if (now >= request.EndsAt) await Refuse(IdentityReason.Unanswered);
        else
        {
            await this.Keep(stored, State with { Identity = Mine.Again(identity.Limits, now) }); // when it is asked again is kept before anybody is asked
            await Advance(cancellation);
        }
        return false;
    }

    private Refusal? Refuse(SubmitGuardianIdentity request, DateOnly? born, DocumentSet published, DateTimeOffset now)
    {
        var (submission, today) = (request.Submission, Age.ShanghaiDay(now));
        if (State.Proven is null) return new Refusal(RefusalCode.NotVerified);
        if (!NeedsIdentity(published, now) || !identity.Check.Methods.Contains(submission.Method)) return new Refusal(RefusalCode.IdentityUnavailable);
        if (request.Consent != published.InForce(DocumentCatalog.PrivacyKind, now)!.Reference) return new Refusal(RefusalCode.DocumentNotInForce);
        if (Mine.Request is { } running) return new Refusal(RefusalCode.IdentityPending, running.NextTryAt > now ? running.NextTryAt - now : TimeSpan.FromSeconds(1));
        // That the guardian is of age must follow from the number or from the checker's word: without a date there would be nothing to confirm.
        if (born is not { } birth || !Age.IsPossible(birth, today)) return new Refusal(RefusalCode.BirthDateInvalid);
        if (submission.Certificate?.BirthDate is not null && submission.BirthDate is { } stated && stated != birth) return new Refusal(RefusalCode.BirthDateMismatch);
        if (Age.CompletedYears(birth, today) < Age.Adult) return new Refusal(RefusalCode.GuardianNotAdult);
        return Mine.TriesLeft(identity.Limits, now) == 0 ? new Refusal(RefusalCode.TooManyAttempts, Mine.TryIn(now)) : null;
    }

    /// <summary>Whether a guardian has to pass a check: where there is one, and the text in force says what it is for.</summary>
    private bool NeedsIdentity(DocumentSet published, DateTimeOffset now) => options.Value.ProvesIdentity != false && identity.Check.Methods.Count > 0
        && published.InForce(DocumentCatalog.PrivacyKind, now)?.Processing.Any(purpose => purpose.Id == IdentityView.Purpose) == true;

    private async Task Advance(CancellationToken cancellation)
    {
        if (Mine.Request is not { } request) return;
        var question = Unsealed<IdentityQuestion>(request.Question, "identity-question");
        var account = new ProofRequest
        {
            Operation = request.Id, Account = State.Account, Until = request.EndsAt, Name = identity.NameOf(request.DocumentKey, question.Certificate, question.Name),
        };
        if (request.DocumentKey is { } key && (await Repeatable.Call(() => GrainFactory.GetGrain<ICertificateProofs>(key).TryProof(account, cancellation))).Status == ProofPlaceStatus.TooOften)
            await Refuse(IdentityReason.DocumentTries);
        else if (await Ask(request, cancellation) is { } answer) await Take(request, answer, cancellation);
    }

    private Task<IdentityAnswer?> Ask(IdentityRequest request, CancellationToken cancellation) => _asking.Ask(identity, request, () => Unsealed<IdentityQuestion>(request.Question, "identity-question"),
        answer => GrainFactory.GetGrain<IGuardianInvitationGrain>(Id).IdentityAnswered(request.Id, answer), failure => log.CheckFailed(Id, failure), cancellation);

    private async Task Take(IdentityRequest request, IdentityAnswer answer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        switch (answer.Verdict)
        {
            case IdentityVerdict.Match when request.DocumentKey is not null || answer.Subject is not null:
                var question = Unsealed<IdentityQuestion>(request.Question, "identity-question");
                if (answer.BirthDateMatches == false || (question.Certificate?.BirthDate is null && answer.BirthDateMatches is null)) await Refuse(IdentityReason.BirthDateUnconfirmed);
                else await Prove(request, question, answer, now, cancellation);
                break;
            case IdentityVerdict.Mismatch:
                await Refuse(IdentityReason.Mismatch);
                break;
            case IdentityVerdict.NotFound:
                await Refuse(IdentityReason.NotFound);
                break;
            default:
                if (answer.RetryAfter is { } wait && Mine.NotBefore(wait, identity.Limits, now) is var later && !ReferenceEquals(later, Mine)) await this.Keep(stored, State with { Identity = later });
                break;
        }
    }

    private async Task Prove(IdentityRequest request, IdentityQuestion question, IdentityAnswer answer, DateTimeOffset now, CancellationToken cancellation)
    {
        var proof = new IdentityProof
        {
            Method = request.Method,
            Kind = request.Kind,
            At = now,
            DocumentKey = request.DocumentKey ?? await identity.KeyOf(GrainFactory, $"network-id:{answer.Subject}", cancellation),
            Person = question.Certificate is { } certificate ? Sealed(new ProvenPerson(question.Name!, certificate.Last, Number: null), "identity") : null,
            BirthDateProven = true,
            Reference = answer.Reference,
        };
        await this.Keep(stored, State with { Identity = Mine.ProvenBy(proof, now) with { Releases = [] }, Assurance = GuardianAssurance.Id });
        identity.Metrics.Verified();
        log.IdentityProven(Id, request.Method);
    }

    private async Task Refuse(IdentityReason reason)
    {
        await this.Keep(stored, State with { Identity = Mine.RefusedFor(reason, clock.GetUtcNow()) with { Releases = [] } });
        identity.Metrics.Refused(reason);
    }

    /// <summary>What binds of the proof that stands, and the name in it.</summary>
    private (string? Name, GuardianIdentity Identity)? ProvenIdentity()
    {
        if (Mine.Proof is not { } proof) return null;
        var person = proof.Person is null ? null : Unsealed<ProvenPerson>(proof.Person, "identity");
        var consent = Unsealed<IdentityConsent>(State.IdentityConsent, "identity-consent");
        return (person?.Name, new GuardianIdentity
        {
            Method = proof.Method, Kind = proof.Kind, At = proof.At, DocumentKey = proof.DocumentKey, Last = person?.Last, Reference = proof.Reference,
            ConsentedTo = consent.Document, ConsentedAt = consent.At,
        });
    }

    /// <summary>A name that was proven need not be stated again; one that is must be the same. Without a proven one it has to be stated, as a name and no less.</summary>
    private static bool SameName(string? stated, string? proven) => proven is null ? RealName.Read(stated) is not null : stated is null || RealName.Read(stated) == proven;

    private IdentityView? IdentityNow(DateTimeOffset now)
    {
        var published = documents.Current;
        if (Mine.Proof is null && !NeedsIdentity(published, now)) return null;
        var (mine, person) = (Mine, Mine.Proof?.Person is { } value ? Unsealed<ProvenPerson>(value, "identity") : null);
        return IdentityViews.Of(mine, person, identity, published.InForce(DocumentCatalog.PrivacyKind, now)?.Reference, consented: State.IdentityConsent is not null, now);
    }
}
