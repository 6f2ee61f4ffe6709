using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.PersonalData;

/// <summary>Copies of what is held, for API and pages alike. An archive is put together in memory and goes straight to the person.</summary>
internal sealed class DataDesk(IGrainFactory grains, DerivedIds derivedIds, Receipts receipts)
{
    public async Task<Answer<ExportView>> Request(SignedIn who, OperationId operation, CancellationToken cancellation) =>
        Answer<ExportView>.From(await Repeatable.Call(() => Grain(who).RequestExport(who.Proof, derivedIds.FromIdempotencyKey(operation.Value, "data-export"), cancellation)));

    /// <summary>The newest copy for null.</summary>
    public async Task<Answer<ExportView>> Read(SignedIn who, string? id, CancellationToken cancellation) =>
        Answer<ExportView>.From(await Repeatable.Call(() => Grain(who).Export(who.Proof, id, cancellation)));

    public async Task<Answer<DataArchive>> Download(SignedIn who, string id, string issuer, CancellationToken cancellation)
    {
        var collected = await Repeatable.Call(() => Grain(who).DownloadExport(who.Proof, id, cancellation));
        if (collected.Refusal is { } refusal) return refusal;
        using var document = JsonDocument.Parse(collected.Value!.Json);
        var signed = new List<(string Name, string Jws)>();
        foreach (var acceptance in document.RootElement.GetProperty("acceptances").EnumerateArray())
        {
            var acceptanceId = acceptance.GetProperty("id").GetString()!;
            var receipt = await receipts.OfAcceptance(who, acceptanceId, issuer, cancellation);
            if (receipt.Problem is { Code: not ProblemCode.NotFound } problem) return problem;
            if (receipt.Value is { } jws) signed.Add(($"acceptance-{acceptanceId}", jws));
        }
        foreach (var purpose in document.RootElement.GetProperty("consents").EnumerateArray().Select(consent => consent.GetProperty("purpose").GetString()!))
        {
            var receipt = await receipts.OfConsent(who, purpose, issuer, cancellation);
            if (receipt.Problem is { Code: not ProblemCode.NotFound } problem) return problem;
            if (receipt.Value is { } jws) signed.Add(($"consent-{purpose}", jws));
        }
        return DataArchive.Of(collected.Value, document.RootElement, signed);
    }

    private IAccountData Grain(SignedIn who) => grains.GetGrain<IAccountData>(who.AccountKey);
}
