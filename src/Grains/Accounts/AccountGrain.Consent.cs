using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Facts;
using AiCloud.Identity;
using AiCloud.Storage;

namespace AiCloud.Accounts;

/// <summary>Continued use and consent (C2.5c, L-04).</summary>
internal sealed partial class AccountGrain
{
    public Task<Outcome<AccountView>> GoOn(SessionProof proof, CancellationToken cancellation) => Signed<AccountView>(proof, async _ =>
        ViewNow(await documents.Get(cancellation), clock.GetUtcNow()), cancellation);

    public Task<Outcome<ConsentView[]>> Consents(SessionProof proof, CancellationToken cancellation) => Signed<ConsentView[]>(proof, async _ =>
        ConsentsNow(State, await documents.Get(cancellation), clock.GetUtcNow()), cancellation);

    public Task<Outcome<ConsentView>> Decide(SessionProof proof, ConsentDecision decision, CancellationToken cancellation) => Signed<ConsentView>(proof, async (session, next) =>
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        bool IsMeant(ConsentView view) => view.Purpose.Id == decision.Purpose && view.Document.Kind == decision.Document.Kind;
        if (Purposes.Of(next, published, now).FirstOrDefault(IsMeant) is not { } before)
        {
            await Keep(stored, next);
            return RefusalCode.NotFound;
        }
        if (before.Document != decision.Document)
        {
            await Keep(stored, next);
            return RefusalCode.DocumentNotInForce;
        }
        var stands = decision.Given ? before.State == ConsentState.Given : before.State is ConsentState.Refused or ConsentState.Withdrawn;
        if (!stands)
        {
            var by = new AcceptanceEvidence(decision.Language, decision.Channel, session.Id, decision.Network);
            var taken = !decision.Given && (before.State == ConsentState.Given || next.Consents.Any(earlier => earlier.Given && earlier.Purpose == decision.Purpose && earlier.Document.Kind == decision.Document.Kind));
            next = next.WithDecision(Id, new StoredConsent(decision.Purpose, decision.Given, taken, now, decision.Document, vault.SealConsent(Id, next, by)));
            if (Purposes.Completed(next, published, decision.Document.Kind, now) is { } version)
            {
                var whole = vault.Accepted(Id, next, [(version, ContinuedUse.Incorporated(next, published, version, now))], AcceptanceManner.Explicit, "consent", by, now);
                next = next.WithAccepted(Id, whole, published);
            }
        }
        // What was kept on this consent alone goes with it (L-09).
        if (!decision.Given && decision.Purpose == IdentityView.Purpose && next.Identity is { } identityKept) next = next with { Identity = identityKept.Withdrawn(now) };
        await Keep(stored, next);
        await ReleasePlaces(cancellation);
        return ConsentsNow(next, published, now).First(IsMeant);
    }, cancellation);

    /// <summary>The state after an act of use: everything that it accepts, to be kept with what the act itself writes.</summary>
    private AccountState Used(AccountState state, string act, AcceptanceEvidence by, DocumentSet published, DateTimeOffset now)
    {
        var versions = ContinuedUse.Decide(state, published, now);
        if (versions.Count == 0) return state;
        var accepted = vault.Accepted(Id, state, versions.Select(version => (version, ContinuedUse.Incorporated(state, published, version, now))), AcceptanceManner.Deemed, act, by, now);
        return state.WithAccepted(Id, accepted, published);
    }

    private ConsentView[] ConsentsNow(AccountState state, DocumentSet published, DateTimeOffset now) =>
    [
        .. Purposes.Of(state, published, now).Select(view =>
            state.Consents.FirstOrDefault(kept => kept.Purpose == view.Purpose.Id && kept.Document.Kind == view.Document.Kind) is { } decided
                ? view with { Decided = vault.View(Id, state, decided) } : view),
    ];

    private AccountView ViewNow(DocumentSet published, DateTimeOffset now) => vault.View(Id, State) with
    {
        Standing = AccountLimits.Of(State, published, now).Standing,
        NoticeDue = Notices.Due(State, published, now),
        ConsentDue = Purposes.Due(Purposes.Of(State, published, now)),
        NameFault = NameFaultNow,
        FactsAsked = now >= FactMarks.AskAt(State, FactLimits),
        FactsMarked = [.. State.FactMarks.Where(mark => FactMarks.IsOpen(State, mark)).Select(mark => mark.Fact)],
    };

    /// <summary>A session as it may act now: whatever limits the account narrows it (DESIGN §7).</summary>
    private SessionView ViewNow(StoredSession session, bool current, DocumentSet published, DateTimeOffset now)
    {
        var view = vault.View(Id, State, session, current);
        var limits = AccountLimits.Of(State, published, now);
        return limits.None ? view : view with { Scope = SessionScope.Limited, Allowed = limits.Allowed };
    }
}
