using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Names;
using AiCloud.PersonalData;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Guardians;

/// <summary>A guardian takes a copy of everything along, or ends the account, for API and pages alike (C2.1b, C2.5d).</summary>
internal sealed class GuardianLeavingDesk(IGrainFactory grains, DerivedIds derivedIds, StoredNames stored)
{
    public async Task<Answer<ExportView>> RequestExport(GuardianProof who, Guid account, OperationId operation, CancellationToken cancellation) =>
        Answer<ExportView>.From(await Repeatable.Call(() => Account(account).GuardianRequestExport(who, derivedIds.FromIdempotencyKey(operation.Value, "data-export"), cancellation)));

    /// <summary>The newest copy for null.</summary>
    public async Task<Answer<ExportView>> Export(GuardianProof who, Guid account, string? id, CancellationToken cancellation) =>
        Answer<ExportView>.From(await Repeatable.Call(() => Account(account).GuardianExport(who, id, cancellation)));

    /// <summary>The archive. Receipts are the minor's to ask for, so that it has none.</summary>
    public async Task<Answer<DataArchive>> Download(GuardianProof who, Guid account, string id, CancellationToken cancellation)
    {
        var collected = await Repeatable.Call(() => Account(account).GuardianDownloadExport(who, id, cancellation));
        if (collected.Refusal is { } refusal) return refusal;
        using var document = JsonDocument.Parse(collected.Value!.Json);
        return DataArchive.Of(collected.Value, document.RootElement, []);
    }

    public async Task<Answer<GuardedAccountView>> Cancel(GuardianProof who, Guid account, bool understood, OperationId operation, CancellationToken cancellation) =>
        !understood ? ProblemCode.DeclarationMissing
        : await stored.Shown(await Repeatable.Call(() => Account(account).GuardianCancel(who, derivedIds.FromIdempotencyKey(operation.Value, "guardian-cancel"), cancellation)), cancellation);

    public async Task<Answer<GuardedAccountView>> TakeBack(GuardianProof who, Guid account, CancellationToken cancellation) =>
        await stored.Shown(await Repeatable.Call(() => Account(account).GuardianTakeBack(who, cancellation)), cancellation);

    private IGuardedAccountGrain Account(Guid account) => grains.GetGrain<IGuardedAccountGrain>(AccountKeys.Of(account));
}
