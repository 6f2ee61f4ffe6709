using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Services;

namespace AiCloud.Facts;

/// <summary>What needs an account meets (C2.1b, C2.1e, L-10). Pure.</summary>
public sealed class AccountFactsTests
{
    private static readonly DateOnly Born = new(2010, 5, 17);

    [Theory]
    [InlineData(IdentifierKind.Phone, NeededFact.Phone, true), InlineData(IdentifierKind.Email, NeededFact.Phone, false)]
    [InlineData(IdentifierKind.Phone, NeededFact.Email, false), InlineData(IdentifierKind.Email, NeededFact.Email, true)]
    [InlineData(IdentifierKind.Phone, NeededFact.Contact, true), InlineData(IdentifierKind.Email, NeededFact.Contact, true)]
    [InlineData(IdentifierKind.Phone, NeededFact.Identified, true), InlineData(IdentifierKind.Email, NeededFact.Identified, false)]
    [InlineData(IdentifierKind.Phone, NeededFact.RealName, false)]
    public void C2_1e_a_need_is_met_by_the_proof_it_names_and_no_other(IdentifierKind contact, NeededFact fact, bool met) =>
        Assert.Equal(met, Of(contact).Meets(new ServiceNeed { Fact = fact }));

    [Theory]
    [InlineData("2028-05-16T15:59:59.999Z", false)] // 23:59:59 of the day before in Shanghai
    [InlineData("2028-05-16T16:00:00Z", true)]      // midnight there
    public void C2_1b_adulthood_begins_at_midnight_in_Shanghai(string at, bool adult)
    {
        var facts = Of(IdentifierKind.Phone, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(adult, facts.Meets(new ServiceNeed { Fact = NeededFact.Adult }));
        Assert.Equal(adult, facts.Meets(new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Contact }));
    }

    // The attack: "18 tomorrow", typed by a minor, who then waits for midnight. Services are answered by the day on record, on both sides of it.
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void C2_1b_nobody_is_of_age_to_a_service_by_a_typed_date_before_the_day_on_record(int ticks, bool adult)
    {
        var typed = new DateOnly(2000, 1, 1);
        var adultAt = Registration.Age.Reaches(Born, 18);
        var now = adultAt.AddTicks(ticks);
        foreach (var guardian in new[] { null, Guardian(GuardianAssurance.Contact) })
        {
            var state = State(IdentifierKind.Phone) with { Ward = new Ward { AdultAt = adultAt, Guardian = guardian, Loss = guardian is null ? GuardianLoss.NeverNamed : null } };
            var facts = new AccountFacts(state, () => typed, AccountLimits.Of(state, Agreement.Amended([]), now), now);
            Assert.Equal(adult, facts.Meets(new ServiceNeed { Fact = NeededFact.Adult }));
            Assert.Equal(adult, facts.Meets(new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Id }));
            Assert.Equal(adult || guardian is not null, facts.Meets(new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Contact }));
        }
    }

    private static StoredGuardian Guardian(GuardianAssurance assurance) => new()
    {
        IdentifierKey = "g", Kind = IdentifierKind.Phone, Address = [], Name = [], Relationship = GuardianRelationship.Mother, Assurance = assurance, Since = Agreement.Day(1),
    };

    [Fact]
    public void The_birth_date_is_opened_only_when_an_age_is_asked_for()
    {
        var state = State(IdentifierKind.Phone);
        var limits = AccountLimits.Of(state, Agreement.Published(), Agreement.Day(2));
        var facts = new AccountFacts(state, () => throw new InvalidOperationException("opened"), limits, Agreement.Day(2));
        Assert.Empty(facts.Missing([new ServiceNeed { Fact = NeededFact.Phone }, new ServiceNeed { Fact = NeededFact.Unrestricted, Function = "publish" }]));
        Assert.Throws<InvalidOperationException>(() => facts.Meets(new ServiceNeed { Fact = NeededFact.Adult }));
    }

    [Fact]
    public void What_is_missing_is_named_once_in_the_order_of_the_catalogue() =>
        Assert.Equal(["real_name", "phone"], Of(IdentifierKind.Email).Missing(
            [new ServiceNeed { Fact = NeededFact.RealName }, new ServiceNeed { Fact = NeededFact.Email }, new ServiceNeed { Fact = NeededFact.Phone }, new ServiceNeed { Fact = NeededFact.Phone }]));

    private static AccountState State(IdentifierKind contact) =>
        Agreement.Registered(Agreement.Amended([])) with { Contacts = [new StoredContact(contact, "key", [], Agreement.Day(1))], BirthDate = [1] };

    private static AccountFacts Of(IdentifierKind contact, DateTimeOffset? at = null)
    {
        var (state, now) = (State(contact), at ?? Agreement.Day(2));
        return new AccountFacts(state, () => Born, AccountLimits.Of(state, Agreement.Amended([]), now), now);
    }
}
