using AiCloud.Accounts;
using AiCloud.Identity;

namespace AiCloud.PersonalData;

/// <summary>
/// To whom what the person submitted, or their number, was handed, as far as its instant is held (C2.4b): the checker of identities and the authority on numbers.
/// What is not held, and so not here, is said in docs/personal-data.md and on the copy's page. Pure.
/// </summary>
internal static class HandOvers
{
    private const string Checker = "identity-processor", Authority = "number-authority", Consent = "consent", Security = "security";

    public static HeldDisclosure[] Of(AccountState state) => [.. Checks(state.Identity ?? AccountIdentity.None).Concat(Numbers(state.Numbers ?? LostNumbers.None)).OrderBy(each => each.At)];

    private static IEnumerable<HeldDisclosure> Checks(AccountIdentity identity)
    {
        var handed = new SortedDictionary<DateTimeOffset, string[]>();
        foreach (var tried in identity.Tries) handed[tried] = ["as-submitted"];
        if (identity.Request is { } request) handed[request.AskedAt] = Fields(request.Method);
        // Of a check that is older than the tries that are kept, the instant of its answer is all that is known.
        if (identity.Proof is { } proof) handed[Before(identity, proof.At)] = Fields(proof.Method);
        if (identity.Refused is { } refused && Before(identity, refused.At) is var asked)
        {
            if (refused.Reason == IdentityReason.DocumentTries) handed.Remove(asked); // refused here, and nobody was asked
            else handed.TryAdd(asked, ["as-submitted"]);
        }
        return handed.Select(each => new HeldDisclosure { At = each.Key, Recipient = Checker, Ground = Consent, Purpose = IdentityView.Purpose, Fields = each.Value });
    }

    private static DateTimeOffset Before(AccountIdentity identity, DateTimeOffset answered) => identity.Tries.Where(tried => tried <= answered).DefaultIfEmpty(answered).Max();

    private static string[] Fields(IdentityMethod method) => method switch
    {
        IdentityMethod.Certificate => ["real-name", "certificate-number", "birth-date"],
        IdentityMethod.NetworkId => ["network-id", "birth-date"],
    };

    private static IEnumerable<HeldDisclosure> Numbers(LostNumbers numbers) => numbers.Claims.Select(claim => claim.HandedOverAt).Concat(numbers.Asked.Select(asked => asked.HandedOverAt)).OfType<DateTimeOffset>().Select(at => new HeldDisclosure
    {
        At = at, Recipient = Authority, Ground = Security, Purpose = Documents.ProcessingPurposes.NumberStanding, Fields = ["phone", "day-of-last-use"],
    });
}
