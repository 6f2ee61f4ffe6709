using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Consent;

/// <summary>
/// Signed receipts: what a person can show to a stranger who trusts only the public keys. Made anew on each call from what the account keeps;
/// nothing of a contact or a network is in them.
/// </summary>
internal sealed class Receipts(AccountDesk desk, DocumentCatalog documents, EvidenceSigner signer, TimeProvider clock)
{
    /// <summary>The media type of a JWS in compact form (RFC 7515 §9.2.1).</summary>
    public const string MediaType = "application/jose";

    /// <summary>The JWS header's <c>typ</c>.</summary>
    public const string Type = "receipt+jws";

    public async Task<Answer<string>> OfAcceptance(SignedIn who, string id, string issuer, CancellationToken cancellation)
    {
        var answer = await desk.Acceptances(who, cancellation);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.FirstOrDefault(view => view.Id == id)?.Acceptance is not { } acceptance) return ProblemCode.NotFound;
        var version = (await documents.Get(cancellation)).Find(acceptance.Document.Kind, acceptance.Document.Version);
        return Sign(who, issuer, $"acceptance.{id}", new ReceiptBody
        {
            Event = "acceptance",
            Document = ReceiptDocument.Of(acceptance.Document, issuer),
            Incorporated = [.. acceptance.Incorporated.Select(document => ReceiptDocument.Of(document, issuer))],
            At = acceptance.AcceptedAt,
            Manner = acceptance.Manner switch { AcceptanceManner.Explicit => "explicit", AcceptanceManner.Deemed => "deemed" },
            Act = acceptance.Act,
            Language = acceptance.Language,
            Channel = acceptance.Channel,
            Notice = acceptance.Notice is { } notice ? ReceiptNotice.Of(notice, acceptance.NoticeShownAt) : null,
            // Consenting to the whole text gives what it says is necessary, and leaves open what it leaves to the person.
            Purposes = version is null ? [] : [.. version.Processing.Select(purpose =>
                ReceiptPurpose.Of(purpose, acceptance.Manner == AcceptanceManner.Explicit && acceptance.Act != "consent" ? purpose.Necessary ? "given" : "undecided" : null))],
        });
    }

    public async Task<Answer<string>> OfConsent(SignedIn who, string purpose, string issuer, CancellationToken cancellation)
    {
        var answer = await desk.Consents(who, cancellation);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.FirstOrDefault(view => view.Purpose.Id == purpose) is not { Decided: { } decided } view) return ProblemCode.NotFound;
        var under = (await documents.Get(cancellation)).Find(decided.Document.Kind, decided.Document.Version);
        var state = decided.Given ? "given" : view.State == ConsentState.Withdrawn ? "withdrawn" : "refused";
        return Sign(who, issuer, $"consent.{purpose}.{decided.At.ToUnixTimeMilliseconds()}", new ReceiptBody
        {
            Event = "consent",
            Document = ReceiptDocument.Of(decided.Document, issuer),
            Incorporated = [],
            At = decided.At,
            Manner = "explicit",
            Act = "consent",
            Language = decided.Language,
            Channel = decided.Channel,
            // As it stood in the text that was shown, which may not be the one in force any more.
            Purposes = [ReceiptPurpose.Of(under?.Processing.FirstOrDefault(row => row.Id == purpose) ?? view.Purpose, state)],
        });
    }

    private string Sign(SignedIn who, string issuer, string id, ReceiptBody body) => signer.Sign(JsonSerializer.SerializeToUtf8Bytes(body with
    {
        ReceiptId = $"{who.AccountKey}.{id}",
        Issuer = issuer,
        Subject = who.AccountKey,
        IssuedAt = clock.GetUtcNow(),
        Keys = issuer + EvidenceKeyEndpoints.Path,
    }, WireJson.Options), Type);
}
