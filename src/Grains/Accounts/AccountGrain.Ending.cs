using AiCloud.Endings;
using AiCloud.Guardians;
using AiCloud.Shredding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Accounts;

/// <summary>Endings: decided, kept, told, and carried out at their instant (C2.5d, C2.5e).</summary>
internal sealed partial class AccountGrain
{
    private EndingOptions EndingLimits => ServiceProvider.GetRequiredService<IOptions<EndingOptions>>().Value;

    public Task<Outcome<GuardedAccountView>> GuardianCancel(GuardianProof proof, string operation, CancellationToken cancellation) => ByGuardianRecently<GuardedAccountView>(proof, async () =>
    {
        var now = clock.GetUtcNow();
        var (next, refusal, wait) = AccountEndings.Plan(State, EndingGrounds.Guardian, operation, EndingLimits.CoolingOff, GuardianLeavesFrom(now), now);
        if (refusal is { } code) return new Refusal(code, wait);
        if (!ReferenceEquals(next, State))
        {
            await Keep(stored, next.WithNews(GuardianNews.CancelledByYou, now, deadline: next.Planned!.At).WithEntry(GuardianAct("guardian_cancelled", "guardian", now)));
            log.GuardianshipChanged(Id, "guardian_cancelled");
            await TellUser(EndingTexts.Planned(EndingGrounds.Guardian, State.Planned!.At, State.Locale), cancellation);
            await TellGuardian(cancellation);
        }
        return await GuardedView(cancellation);
    }, cancellation);

    public Task<Outcome<GuardedAccountView>> GuardianTakeBack(GuardianProof proof, CancellationToken cancellation) => ByGuardian<GuardedAccountView>(proof, async () =>
    {
        var next = AccountEndings.TakenBack(State, EndingGrounds.Guardian);
        if (!ReferenceEquals(next, State))
        {
            await Keep(stored, next.WithEntry(GuardianAct("guardian_took_cancellation_back", "guardian", clock.GetUtcNow())));
            await TellUser(EndingTexts.TakenBack(State.Locale), cancellation);
        }
        return await GuardedView(cancellation);
    }, cancellation);

    /// <summary>
    /// From when on this guardian may take data along or end the account. One who was named later waits as after any change that a thief might have made: whoever
    /// holds the minor's session could else put somebody of their own in the guardian's place and have everything at once.
    /// </summary>
    private DateTimeOffset? GuardianLeavesFrom(DateTimeOffset now)
    {
        var from = State.LeavingAllowedFrom(SecurityLimits, now);
        var named = State.Ward!.Guardian!.Since > State.CreatedAt ? State.Ward.Guardian.Since + SecurityLimits.LeavingWait : (DateTimeOffset?)null;
        return named > now && (from is null || named > from) ? named : from;
    }

    /// <summary>Carries out what is due. Kept as begun before anything is given up; whatever breaks off is taken up by the due instant.</summary>
    private async Task<bool> EndWhenDue(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!AccountEndings.IsDue(State, now)) return false;
        await Keep(stored, State.BeginEnding(Id, State.Planned!.Ground, now) with { FarewellDue = true });
        await EndNow(cancellation);
        return true;
    }

    // Kept as told before anybody is: told twice is worse than not at all, and afterwards nobody knows whom.
    private async Task SayFarewell(CancellationToken cancellation)
    {
        if (!State.FarewellDue) return;
        await Keep(stored, State with { FarewellDue = false });
        await TellUser(EndingTexts.Ended(State.Locale), cancellation);
        if (vault.Guardian(Id, State) is { } guardian) await messages.Send(guardian, EndingTexts.Ended(State.Locale), cancellation);
    }
}
