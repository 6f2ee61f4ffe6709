using AiCloud.Delivery;
using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Registration;

namespace AiCloud.Accounts;

/// <summary>
/// Numbers that somebody else has proven to have (C2.1g): judged, given up, their actors told, the account's other contacts told. Whatever breaks off in
/// between is taken up when the row falls due.
/// </summary>
internal sealed partial class AccountGrain : IAccountNumbers
{
    private LostNumbers Numbers => State.Numbers ?? LostNumbers.None;

    public async Task<NumberClaim> JudgeClaim(string identifierKey, string operation, CancellationToken cancellation)
    {
        // What the account does not name stands in nobody's way.
        if (!await IsOpen(owned: false, cancellation) || ContactOf(identifierKey) is not { } contact) return new NumberClaim { Standing = NumberStanding.Changed };
        var now = clock.GetUtcNow();
        if (Numbers.Judge(contact, Tools.Limits, now) is { } known) return known;
        var tells = await Tools.TellsNumbers(cancellation);
        await Keep(stored, State with { Numbers = Numbers.Asking(contact, Tools.NewRequest(), now, tells) });
        var standing = await AskAuthority(Numbers.Claims.Single(claim => claim.IdentifierKey == identifierKey).Request, contact, cancellation);
        Tools.Metrics.Claimed(standing);
        var (next, answer) = Numbers.Answered(contact, standing, Tools.Limits, now);
        // Whoever still has the number is told in time to use it.
        var warned = next.Warned(contact, now);
        await Keep(stored, warned is null ? State with { Numbers = next } : Owing(State with { Numbers = warned }, OwedKind.NumberClaimed, now, answer.Until));
        await TellOwed();
        return answer;
    }

    public async Task<Outcome<Done>> LoseContact(string identifierKey, string operation, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        if (ContactOf(identifierKey) is { } contact)
        {
            var now = clock.GetUtcNow();
            if (!Numbers.MayLose(contact, Tools.Limits, now)) return RefusalCode.NumberNotChanged;
            var told = vault.SealNotice(Id, State, new NoticeEvidence(
                [.. State.Contacts.Where(other => other != contact).Select(other => other.Kind.ToString().ToLowerInvariant())], State.Locale));
            // The new holder of the number must not wait for anything of the former one: kept first, then freed.
            await Keep(stored, LostNumbers.Lose(State, contact, operation, now).WithNews(GuardianNews.NumberLost, now).WithEntry(LedgerDrafts.ContactLost(Id, now, told)));
            if (State.Contacts.Length == 0) log.Contactless(Id);
        }
        await FinishNumbers(cancellation);
        return Done.It;
    }

    private StoredContact? ContactOf(string identifierKey) => State.Contacts.FirstOrDefault(contact => contact.IdentifierKey == identifierKey);

    private Task<NumberStanding> AskAuthority(string request, StoredContact contact, CancellationToken cancellation) =>
        AskAuthority(new NumberQuestion { Request = request, Number = vault.Address(Id, State, contact), Since = Age.ShanghaiDay(contact.LastUsedAt) }, cancellation);

    private async Task<NumberStanding> AskAuthority(NumberQuestion question, CancellationToken cancellation)
    {
        try
        {
            return await Tools.Numbers.Ask(question, cancellation).WaitAsync(Tools.Limits.AnswerWait, cancellation);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.CheckFailed(Id, failure.GetType().Name);
            return NumberStanding.Later;
        }
    }

    /// <summary>The number's actor is told first; with what it then is the account's to forget, those are kept who have to hear of it.</summary>
    private async Task FinishNumbers(CancellationToken cancellation)
    {
        var leaving = Numbers.Leaving;
        if (leaving.Length == 0) return;
        var account = Guid.ParseExact(Id, "N");
        foreach (var lost in leaving)
        {
            var number = GrainFactory.GetGrain<INumberOwnership>(lost.IdentifierKey);
            await Repeatable.Call(() => number.ChangedHands(account, cancellation));
        }
        await Keep(stored, Owing(State with { Numbers = Numbers with { Leaving = [] } }, OwedKind.NumberLost, leaving[0].At));
        await Tell(cancellation);
    }
}
