using AiCloud.Delivery;
using AiCloud.Guardians;
using AiCloud.Names;

namespace AiCloud.Accounts;

/// <summary>Names that were allowed once (L-12).</summary>
internal sealed partial class AccountGrain : IAccountNames
{
    public async Task<Outcome<JudgedName>> JudgeName(NameJudgement judgement, CancellationToken cancellation)
    {
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        if (vault.DisplayName(Id, State) != judgement.Name) return new JudgedName();
        var now = clock.GetUtcNow();
        var next = NameFaults.Judged(State, judgement, now);
        if (!ReferenceEquals(next, State))
        {
            await Keep(stored, next.NameFault is { } fault ? Owing(next, OwedKind.NameRefused, now, fault.Deadline).WithNews(GuardianNews.NameRefused, now, deadline: fault.Deadline) : next);
            await Tell(cancellation);
        }
        return new JudgedName { Fault = NameFaultNow };
    }

    private NameFault? NameFaultNow => State.NameFault is { } fault ? new NameFault { At = fault.At, Deadline = fault.Deadline } : null;
}
