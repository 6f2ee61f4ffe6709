using AiCloud.Delivery;
using AiCloud.Guardians;
using AiCloud.Names;
using AiCloud.Switches;

namespace AiCloud.Accounts;

/// <summary>Names that were allowed once (L-12).</summary>
internal sealed partial class AccountGrain : IAccountNames
{
    public async Task<Outcome<JudgedName>> JudgeName(NameJudgement judgement, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        if (vault.DisplayName(Id, State) != judgement.Name) return new JudgedName();
        var next = NameFaults.Judged(State, judgement, clock.GetUtcNow());
        if (!ReferenceEquals(next, State))
        {
            await Keep(stored, next.NameFault is { } noted ? next.WithNews(GuardianNews.NameRefused, clock.GetUtcNow(), deadline: noted.Deadline) : next);
            if (State.NameFault is { } fault) await TellOfName(fault, cancellation);
            await TellGuardian(cancellation);
        }
        return new JudgedName { Fault = NameFaultNow };
    }

    private NameFault? NameFaultNow => State.NameFault is { } fault ? new NameFault { At = fault.At, Deadline = fault.Deadline } : null;

    // At most once: after a crash nobody knows whether the message left, and page and API tell it in any case.
    private async Task TellOfName(StoredNameFault fault, CancellationToken cancellation)
    {
        foreach (var (contact, address) in vault.Contacts(Id, State).Where(contact => switches.SendsPaused(contact.Address, SendPurposes.Security) is null))
        {
            await notices.HandOver(new NoticeMessage
            {
                To = address, IdentifierKey = contact.IdentifierKey, Purpose = SendPurposes.Security, Text = NameFaults.Message(fault.Deadline, State.Locale),
            }, cancellation);
        }
    }
}
