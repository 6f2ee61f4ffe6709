using System.Globalization;
using AiCloud.Identity;

namespace AiCloud.Accounts;

/// <summary>What is sealed of real-name proof.</summary>
internal sealed partial class AccountVault
{
    public byte[] Seal(string id, AccountState state, IdentityQuestion question) => Facts(id, state, facts => facts.ProtectJson(question, Context(id, "identity-question")));

    public IdentityQuestion Question(string id, AccountState state, IdentityRequest request) =>
        Facts(id, state, facts => facts.UnprotectJson<IdentityQuestion>(request.Question, Context(id, "identity-question")))!;

    public byte[] Seal(string id, AccountState state, ProvenPerson person) => Facts(id, state, facts => facts.ProtectJson(person, Context(id, "identity")));

    public ProvenPerson? Person(string id, AccountState state) => state.Identity?.Proof?.Person is { } value
        ? Facts(id, state, facts => facts.UnprotectJson<ProvenPerson>(value, Context(id, "identity"))) : null;

    public DateOnly StatedBirthDate(string id, AccountState state) => Facts(id, state, facts =>
        DateOnly.ParseExact(facts.UnprotectText(state.BirthDate, Context(id, "birth-date")), "O", CultureInfo.InvariantCulture));

    public byte[] SealBirthDate(string id, AccountState state, DateOnly date) =>
        Facts(id, state, facts => facts.ProtectText(date.ToString("O", CultureInfo.InvariantCulture), Context(id, "birth-date")));
}
