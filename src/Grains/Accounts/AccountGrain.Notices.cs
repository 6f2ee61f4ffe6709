using AiCloud.Delivery;
using AiCloud.Guardians;
using AiCloud.Ledger;
using AiCloud.NoticeMailings;
using AiCloud.Switches;

namespace AiCloud.Accounts;

/// <summary>Messages about announced changes.</summary>
internal sealed partial class AccountGrain
{
    public async Task<ChangeNoticeResult> Tell(ChangeNotice notice, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation) || !State.CanBeTold(notice.Document)) return ChangeNoticeResult.Passed;
        // Where staff stopped messages the public places carry the notice, and the evidence says so.
        var reached = vault.Contacts(Id, State).Where(contact => switches.SendsPaused(contact.Address, SendPurposes.DocumentChange) is null).ToArray();
        if (reached.Length == 0) return ChangeNoticeResult.Passed;
        var now = clock.GetUtcNow();
        var evidence = vault.SealNotice(Id, State, new NoticeEvidence([.. reached.Select(contact => contact.Contact.Kind.ToString().ToLowerInvariant())], State.Locale));
        // Kept first: after a crash nobody knows whether the message left, and twice is worse than the public places alone.
        await Keep(stored, State.WithNews(GuardianNews.DocumentChanged, now, deadline: notice.EffectiveAt, document: notice.Document).WithEntry(LedgerDrafts.Notice(Id, notice.Document, now, "message", evidence)) with { Told = [.. State.Told, new ToldChange(notice.Document, now)] });
        var text = MessageTexts.OfChange(notice.Titles.GetValueOrDefault(State.Locale) ?? notice.Titles["en"], notice.Document.Version, notice.EffectiveAt, State.Locale);
        foreach (var (contact, address) in reached)
        {
            try
            {
                await notices.HandOver(new NoticeMessage { To = address, IdentifierKey = contact.IdentifierKey, Purpose = SendPurposes.DocumentChange, Text = text }, cancellation);
            }
            catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
            {
                log.NoticeFailed(Id, failure.GetType().Name); // the other contacts and the guardian hear of it all the same
            }
        }
        await TellGuardian(cancellation);
        return ChangeNoticeResult.Told;
    }
}
