using AiCloud.Identifiers;

namespace AiCloud.Challenges;

/// <summary>One act for one code, however often it is asked for.</summary>
public sealed class SpentChallengesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static ChallengeProven Proven(string id = "one") => new()
    {
        Challenge = id, Purpose = ChallengePurpose.NewContact, Subject = "me", Contact = new Identifier(IdentifierKind.Email, "a@example.com"),
        IdentifierKey = "email.k1.x", ProvenAt = Now, ExpiresAt = Now + TimeSpan.FromMinutes(30), Network = 1,
    };

    [Fact]
    public void An_act_is_remembered_until_its_code_authorises_nothing_any_more()
    {
        var spent = SpentChallenges.None.With(Proven(), Now);
        Assert.True(spent.Has(Proven()));
        Assert.Same(spent, spent.With(Proven(), Now));
        Assert.True(spent.With(Proven("two"), Now + TimeSpan.FromMinutes(34)).Has(Proven()));
        Assert.False(spent.With(Proven("two"), Now + TimeSpan.FromMinutes(35)).Has(Proven()));
    }

    [Fact]
    public void A_code_for_another_purpose_or_person_or_one_that_lapsed_authorises_nothing()
    {
        Assert.Null(SpentChallenges.Refuse(Proven(), ChallengePurpose.NewContact, "me", Now + TimeSpan.FromMinutes(29)));
        Assert.Equal(RefusalCode.NotFound, SpentChallenges.Refuse(Proven(), ChallengePurpose.NewContact, "me", Now + TimeSpan.FromMinutes(30)));
        Assert.Equal(RefusalCode.NotFound, SpentChallenges.Refuse(Proven(), ChallengePurpose.PasswordReset, "me", Now));
        Assert.Equal(RefusalCode.NotFound, SpentChallenges.Refuse(Proven(), ChallengePurpose.NewContact, "you", Now));
    }
}
