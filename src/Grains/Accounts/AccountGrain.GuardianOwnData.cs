using AiCloud.Guardians;
using AiCloud.Identity;
using AiCloud.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Accounts;

/// <summary>What is held about the guardian, for the guardian (L-11, L-16).</summary>
internal sealed partial class AccountGrain : IGuardianOwnData
{
    public Task<Outcome<GuardianOwnData>> OwnData(GuardianProof proof, bool whole, CancellationToken cancellation) =>
        ByGuardian<GuardianOwnData>(proof, async () => await OwnDataNow(whole, cancellation), cancellation, recently: whole);

    public Task<Outcome<GuardianOwnData>> CorrectOwnData(GuardianProof proof, CorrectGuardian correction, CancellationToken cancellation) => ByGuardian<GuardianOwnData>(proof, async () =>
    {
        var (ward, next) = (State.Ward!, State.Ward!.Guardian!);
        if (correction.Name is { } typed)
        {
            var (name, held) = (RealName.Read(typed), vault.GuardianName(Id, State, next));
            // What a check proved stands until another proves otherwise; a name by network ID was never told, so that the stated one is all there is.
            if (name is null || (name != held && next.Identity?.Kind is not null)) return RefusalCode.GuardianNameDiffers;
            if (name != held) next = next with { Name = vault.SealGuardianName(Id, State, name) };
        }
        if (correction.Relationship is { } relationship) next = next with { Relationship = relationship };
        if (next != ward.Guardian)
            await Keep(stored, (State with { Ward = ward with { Guardian = next } }).WithEntry(GuardianAct("guardian_corrected_own", "guardian", clock.GetUtcNow())));
        return await OwnDataNow(whole: false, cancellation);
    }, cancellation);

    private async Task<GuardianOwnData> OwnDataNow(bool whole, CancellationToken cancellation)
    {
        var arrived = await ServiceProvider.GetRequiredService<ILedgerReader>().Entries(Id, cancellation);
        var last = arrived.Count == 0 ? 0 : arrived[^1].Number;
        return vault.GuardianOwnData(Id, State, whole, [.. arrived, .. State.Unflushed().Where(entry => entry.Number > last)]);
    }
}
