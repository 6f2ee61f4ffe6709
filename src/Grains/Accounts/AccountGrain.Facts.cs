using AiCloud.Challenges;
using AiCloud.Delivery;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Ledger;
using AiCloud.Reauthentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>How facts stand, and marks on them (C2.1g).</summary>
internal sealed partial class AccountGrain : IAccountFacts
{
    private FactsOptions FactLimits => ServiceProvider.GetRequiredService<IOptions<FactsOptions>>().Value;

    public Task<Outcome<FactStandings>> StandingOfFacts(SessionProof proof, CancellationToken cancellation) =>
        Signed<FactStandings>(proof, _ => Task.FromResult<Outcome<FactStandings>>(StandingNow(clock.GetUtcNow())), cancellation);

    public Task<Outcome<FactStandings>> ConfirmFacts(SessionProof proof, string operation, CancellationToken cancellation) => Signed<FactStandings>(proof, async (_, next) =>
    {
        var now = clock.GetUtcNow();
        if (next.FactsConfirmedBy != operation)
            next = (next with { FactsConfirmedAt = now, FactsConfirmedBy = operation }).WithEntry(LedgerDrafts.Fact(Id, null, "confirmed", now, evidence: null));
        await Keep(stored, next);
        return StandingNow(now);
    }, cancellation);

    public Task<Outcome<FactStandings>> ContestMark(SessionProof proof, FactContest contest, CancellationToken cancellation) => Signed<FactStandings>(proof, async (_, next) =>
    {
        var now = clock.GetUtcNow();
        if (next.FactMarks.FirstOrDefault(mark => mark.Id == contest.Mark)?.Contest is { } before && before.Operation == contest.Operation && vault.FactWords(Id, next, before.Words) != contest.Words)
            return RefusalCode.IdempotencyKeyReused;
        var (mark, refusal) = FactMarks.Contest(next, contest, () => vault.SealFactWords(Id, next, contest.Words), now);
        await Keep(stored, mark is null ? next : next.WithMark(Id, mark, "contested", now, mark.Contest!.Words));
        return refusal is { } code ? code : StandingNow(now);
    }, cancellation);

    public Task<Outcome<ContactForCode>> ContactToProve(SessionProof proof, string contact, CancellationToken cancellation) =>
        Signed<ContactForCode>(proof, _ => Task.FromResult(State.Contacts.FirstOrDefault(each => ContactIds.Of(Id, each) == contact) is { } found
            ? new ContactForCode { Contact = vault.Address(Id, State, found), IdentifierKey = found.IdentifierKey, Locale = State.Locale }
            : (Outcome<ContactForCode>)RefusalCode.NotFound), cancellation);

    public Task<Outcome<FactStandings>> ProveContact(SessionProof proof, ChallengeProven proven, CancellationToken cancellation) => Signed<FactStandings>(proof, async (_, next) =>
    {
        var now = clock.GetUtcNow();
        var refusal = SpentChallenges.Refuse(proven, ChallengePurpose.FactProof, SubjectOf(Id, proof), now);
        if (refusal is null && !next.Spent.Has(proven))
        {
            // Asked again: the contact may have gone since the code was sent.
            if (next.Contacts.All(contact => contact.IdentifierKey != proven.IdentifierKey)) refusal = RefusalCode.NotFound;
            else next = next with
            {
                Contacts = [.. next.Contacts.Select(contact => contact.IdentifierKey == proven.IdentifierKey ? contact.ProvenAnew(now) : contact)],
                Spent = next.Spent.With(proven, now),
            };
        }
        await Keep(stored, next);
        return refusal is { } code ? code : StandingNow(now);
    }, cancellation);

    public async Task<Outcome<FactStandings>> FactsForStaff(CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        var now = clock.GetUtcNow();
        return StandingNow(now) with { Contacts = [], Marks = [.. State.FactMarks.Select(mark => vault.View(Id, State, mark, now, forStaff: true))] };
    }

    public async Task<Outcome<FactMarkView>> MarkFact(FactMarking marking, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        var now = clock.GetUtcNow();
        if (State.FactMarks.FirstOrDefault(mark => mark.Id == marking.Id) is { } repeated)
        {
            var same = repeated.Fact == marking.Fact && repeated.Fault == marking.Fault && vault.FactWords(Id, State, repeated.Reference) == marking.Reference
                && repeated.Deadline == repeated.At.AddDays(marking.Days ?? FactLimits.CorrectWithinDays);
            return same ? vault.View(Id, State, repeated, now, forStaff: true) : RefusalCode.IdempotencyKeyReused;
        }
        if (FactMarks.RefuseMarking(State, marking.Fact) is { } refusal) return refusal;
        var mark = new StoredFactMark
        {
            Id = marking.Id, Fact = marking.Fact, Fault = marking.Fault, At = now, Deadline = now.AddDays(marking.Days ?? FactLimits.CorrectWithinDays),
            By = marking.By, Operation = marking.Operation, Reference = vault.SealFactWords(Id, State, marking.Reference),
        };
        var marked = State.WithMark(Id, mark, mark.Fault switch { FactFault.False => "marked_false", FactFault.Outdated => "marked_outdated" }, now, mark.Reference);
        await Keep(stored, Owing(marked, OwedKind.FactMarked, now, mark.Deadline, mark.Fact).WithNews(GuardianNews.FactMarked, now, mark.Fact, mark.Deadline));
        await Tell(cancellation);
        return vault.View(Id, State, mark, now, forStaff: true);
    }

    public async Task<Outcome<FactMarkView>> WithdrawMark(FactMarkAct act, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        var now = clock.GetUtcNow();
        var (next, refusal) = FactMarks.Withdraw(State, act, now);
        return await Decided(act, next, refusal, "withdrawn", now, cancellation);
    }

    public async Task<Outcome<FactMarkView>> AnswerContest(FactMarkAct act, bool accepted, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        var now = clock.GetUtcNow();
        var (next, refusal) = FactMarks.Answer(State, act, accepted, now);
        return await Decided(act, next, refusal, accepted ? "contest_accepted" : "contest_refused", now, cancellation);
    }

    /// <summary>Notes the restrictions that came due, and tells of them. Whoever asked meanwhile was answered by clock.</summary>
    private async Task RestrictFacts(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        StoredFactMark[] due = [.. State.FactMarks.Where(mark => FactMarks.Restricts(State, mark, now) && mark.RestrictedAt is null)];
        if (due.Length == 0) return;
        await Keep(stored, due.Aggregate(State, (state, mark) =>
            Owing(state.WithMark(Id, mark with { RestrictedAt = now }, "restricted", now), OwedKind.FactRestricted, now, mark.Deadline, mark.Fact).WithNews(GuardianNews.FactRestricted, now, mark.Fact, mark.Deadline)));
        await Tell(cancellation);
    }

    private async Task<Outcome<FactMarkView>> Decided(FactMarkAct act, StoredFactMark? next, RefusalCode? refusal, string entry, DateTimeOffset now, CancellationToken cancellation)
    {
        if (refusal is { } code) return code;
        if (next is not null)
        {
            var (owed, news) = next.End is null ? (OwedKind.FactUpheld, GuardianNews.FactUpheld) : (OwedKind.FactLifted, GuardianNews.FactLifted);
            await Keep(stored, Owing(State.WithMark(Id, next, entry, now), owed, now, next.Deadline, next.Fact).WithNews(news, now, next.Fact, next.Deadline));
            await Tell(cancellation);
        }
        return vault.View(Id, State, State.FactMarks.First(mark => mark.Id == act.Mark), now, forStaff: true);
    }

    private FactStandings StandingNow(DateTimeOffset now)
    {
        var askAt = FactMarks.AskAt(State, FactLimits);
        return new FactStandings
        {
            Facts = [.. Enum.GetValues<AccountFact>().Select(fact => new FactView
            {
                Fact = fact, Held = HeldFacts.Has(State, fact), ProvenAt = HeldFacts.ProvenAt(State, fact), Standing = FactMarks.Of(State, fact, now),
            })],
            Marks = [.. State.FactMarks.Select(mark => vault.View(Id, State, mark, now, forStaff: false))],
            ConfirmedAt = State.FactsConfirmedAt,
            AskAgainAt = askAt,
            Asked = now >= askAt,
            Contacts = [.. State.Contacts.Select(contact => vault.View(Id, State, contact))],
        };
    }
}
