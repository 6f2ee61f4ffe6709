using AiCloud.Identifiers;
using AiCloud.PersonalData;
using AiCloud.Shredding;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Accounts;

/// <summary>The last step of every ending (C2.5e).</summary>
internal sealed partial class AccountGrain : IAccountShredding
{
    public async Task<Outcome<Done>> Shred(string ground, CancellationToken cancellation)
    {
        if (State.Phase is not (AccountPhase.Ending or AccountPhase.Ended))
        {
            if (State.Phase != AccountPhase.Open && !await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
            // Kept before anything is released: from here on the account answers nothing, whatever becomes of this process.
            await Keep(stored, State.BeginEnding(Id, ground, clock.GetUtcNow()));
        }
        await EndNow(cancellation);
        return Done.It;
    }

    /// <summary>
    /// Each step may be repeated, and the next begins when it is done. The key goes last: as long as it is there, everything before it can be taken up
    /// again. It is on the list before it goes, so that no backup can hold an account that is gone and not listed.
    /// </summary>
    private async Task EndNow(CancellationToken cancellation)
    {
        if (State.Phase != AccountPhase.Ending) return;
        await SayFarewell(cancellation);
        var account = Guid.ParseExact(Id, "N");
        foreach (var key in State.HeldIdentifiers()) await Repeatable.Call(() => GrainFactory.GetGrain<IIdentifierRelease>(key).GiveUp(account, cancellation));
        if (State.Ward?.Invitation is { } invitation) await Invitation(invitation.Id).Void(cancellation);
        if (State.Export is { } export) await GrainFactory.GetGrain<IDataExportGrain>(export.Id).Erase(cancellation);
        EndCollecting();
        await ServiceProvider.GetRequiredService<IShredList>().Add(Id, State.EndingSince!.Value, cancellation);
        await Keep(stored, State.Shredded());
        log.Shredded(Id);
    }
}
