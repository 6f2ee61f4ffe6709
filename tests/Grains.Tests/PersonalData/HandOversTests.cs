using AiCloud.Accounts;
using AiCloud.Identity;

namespace AiCloud.PersonalData;

/// <summary>To whom something was handed, as far as its instant is held (C2.4b, L-17).</summary>
public sealed class HandOversTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly IdentityProof Proof = new() { Method = IdentityMethod.NetworkId, At = Noon.AddMinutes(1), DocumentKey = "k", BirthDateProven = true };

    private static readonly IdentityRequest Request = new()
    {
        Id = "r", Method = IdentityMethod.Certificate, Question = [], AskedAt = Noon.AddHours(2), NextTryAt = Noon.AddHours(3), EndsAt = Noon.AddDays(3),
    };

    [Fact]
    public void Of_somebody_about_whom_nobody_was_asked_nothing_was_handed_over() => Assert.Empty(HandOvers.Of(new AccountState { Identity = AccountIdentity.None, Numbers = LostNumbers.None }));

    [Fact]
    public void The_checker_got_what_was_submitted_each_time_and_a_check_is_one_hand_over()
    {
        var handed = HandOvers.Of(With(new AccountIdentity { Tries = [Noon, Noon.AddHours(1), Request.AskedAt], Proof = Proof, Request = Request }));
        Assert.All(handed, each => Assert.Equal(("identity-processor", "consent", "identity-check"), (each.Recipient, each.Ground, each.Purpose)));
        Assert.Equal([Noon, Noon.AddHours(1), Noon.AddHours(2)], handed.Select(each => each.At));
        Assert.Equal(["network-id", "as-submitted", "real-name"], handed.Select(each => each.Fields[0]));
    }

    [Fact]
    public void Of_a_proof_whose_submission_is_not_held_any_more_the_instant_of_the_answer_is_named() =>
        Assert.Equal(Proof.At, HandOvers.Of(With(new AccountIdentity { Proof = Proof })).Single().At);

    [Theory, InlineData(IdentityReason.Mismatch, 1), InlineData(IdentityReason.DocumentTries, 0)]
    public void What_was_refused_before_anybody_was_asked_was_handed_to_nobody(IdentityReason reason, int handed) =>
        Assert.Equal(handed, HandOvers.Of(With(new AccountIdentity { Tries = [Noon], Refused = new IdentityRefused(reason, Noon.AddSeconds(1)) })).Length);

    [Fact]
    public void The_authority_got_the_number_only_where_it_was_asked()
    {
        NumberClaimed[] claims = [new("a", "1", Noon, Noon, NumberStanding.Unknown), new("b", "2", Noon, Noon, NumberStanding.Unchanged) { HandedOverAt = Noon.AddDays(1) }];
        NumberAsked[] asked = [new("a", "3", Noon, NumberStanding.Unknown), new("b", "4", Noon, NumberStanding.Unchanged) { HandedOverAt = Noon.AddDays(2) }];
        Assert.Equal(Noon.AddDays(2), Assert.Single(HandOvers.Of(new AccountState { Numbers = new LostNumbers { Asked = asked } })).At);
        var handed = Assert.Single(HandOvers.Of(new AccountState { Numbers = new LostNumbers { Claims = claims } }));
        Assert.Equal((Noon.AddDays(1), "number-authority", "security", "number-standing"), (handed.At, handed.Recipient, handed.Ground, handed.Purpose));
        Assert.Equal(["phone", "day-of-last-use"], handed.Fields);
    }

    private static AccountState With(AccountIdentity identity) => new() { Identity = identity };
}
