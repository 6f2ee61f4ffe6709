using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Services;

namespace AiCloud.Facts;

/// <summary>
/// Which facts an account has at an instant, and how they stand (C2.1e): what services are answered from. Decisions over state and clock only; the birth
/// date is opened when somebody's age is asked, and not before.
/// </summary>
internal sealed class AccountFacts(AccountState state, Func<DateOnly?> birthDate, AccountLimits limits, DateTimeOffset now)
{
    private readonly Lazy<bool> _isAdult = new(() => birthDate() is { } born && Age.CompletedYears(born, Age.ShanghaiDay(now)) >= Age.Adult, isThreadSafe: false);

    /// <summary>Words of the needs that are not met, each once, in the order in which they were asked.</summary>
    public string[] Missing(IEnumerable<ServiceNeed> needs) => [.. needs.Where(need => !Meets(need)).Select(need => need.Word).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether one need is met.</summary>
    public bool Meets(ServiceNeed need) => need.Fact switch
    {
        NeededFact.Phone => Stands(AccountFact.Phone),
        NeededFact.Email => Stands(AccountFact.Email),
        NeededFact.Contact => Stands(AccountFact.Phone) || Stands(AccountFact.Email),
        NeededFact.Identified => Stands(AccountFact.Phone) || Stands(AccountFact.IdDocument),
        NeededFact.RealName => Stands(AccountFact.RealName),
        NeededFact.Adult => IsAdult,
        NeededFact.AdultOrGuardian => IsAdult || HeldFacts.Guardian(state, now) >= (need.Assurance ?? GuardianAssurance.Contact),
        NeededFact.Unrestricted => limits.Refuse(need.Function!) is null,
    };

    // Who was a minor on record is one until the day that was recorded, whatever date was typed since.
    private bool IsAdult => Stands(AccountFact.BirthDate) && !(now < state.Ward?.AdultAt) && _isAdult.Value;

    private bool Stands(AccountFact fact) => HeldFacts.Has(state, fact) && FactMarks.Of(state, fact, now) != FactStanding.Restricted;
}
