namespace AiCloud.Accounts;

/// <summary>What an open account does when its row falls due.</summary>
internal sealed partial class AccountGrain
{
    public async Task<bool> Settle(CancellationToken cancellation)
    {
        await EndNow(cancellation); // what a crash left of an ending
        if (await EndWhenDue(cancellation)) return false;
        if (!await IsOpen(owned: false, cancellation, settle: true)) return false;
        if (State.DueAt is { } due && due <= clock.GetUtcNow()) await DoDue(cancellation);
        return true;
    }

    // One line for each feature that waits for an instant. Each decides by clock what is due of its own, and does nothing when it is not.
    private async Task DoDue(CancellationToken cancellation)
    {
        await IdentityDue(cancellation);
        await DoContactsDue(cancellation);
        await DoGuardianDue(cancellation);
        await CollectWhenDue();
        await RestrictFacts(cancellation);
        await TellOwed();
        await TellGuardianWhenDue(cancellation);
        await GiveUpPlaces(cancellation);
        await FinishNumbers(cancellation); // last: nothing waits for the number's actor
    }
}
