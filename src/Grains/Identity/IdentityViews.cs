using AiCloud.Documents;

namespace AiCloud.Identity;

/// <summary>What a person may see of their check: an account's, or a guardian's.</summary>
internal static class IdentityViews
{
    public static IdentityView Of(AccountIdentity mine, ProvenPerson? person, IdentityTools tools, DocumentReference? consent, bool consented, DateTimeOffset now) => new()
    {
        State = mine.State,
        Methods = [.. tools.Check.Methods],
        Consented = consented,
        ConsentDocument = consent,
        TriesLeft = mine.TriesLeft(tools.Limits, now),
        Reason = mine.Refused?.Reason,
        RefusedAt = mine.Refused?.At,
        Running = mine.Request is not { } running ? null : new RunningIdentityCheck
        {
            Method = running.Method,
            Kind = running.Kind,
            AskedAt = running.AskedAt,
            NextTryAt = running.NextTryAt,
            EndsAt = running.EndsAt,
        },
        Proof = mine.Proof is not { } proof ? null : new ProvenIdentity
        {
            Method = proof.Method,
            Kind = proof.Kind,
            At = proof.At,
            Name = person is null ? null : RealName.Masked(person.Name),
            Last = person?.Last,
            BirthDateProven = proof.BirthDateProven,
            NumberKeptFor = proof.NumberKeptFor,
        },
    };
}
