using AiCloud.Accounts;
using AiCloud.Identifiers;

namespace AiCloud.Identity;

public sealed class LostNumbersTests
{
    private static readonly DateTimeOffset Used = new(2025, 11, 1, 4, 0, 0, TimeSpan.Zero);
    private static readonly IdentityOptions Limits = new();
    private static readonly StoredContact Phone = new(IdentifierKind.Phone, "phone.k1.a", [1], Used);

    [Theory, InlineData(-1, true), InlineData(0, false)]
    public void Whoever_used_a_number_within_ninety_days_still_has_it_and_nobody_is_asked(int seconds, bool kept) =>
        Assert.Equal(kept ? NumberStanding.Unchanged : null, LostNumbers.None.Judge(Phone, Limits, Used.AddDays(90).AddSeconds(seconds))?.Standing);

    [Fact]
    public void An_unknown_number_goes_seven_days_after_it_was_first_claimed_and_not_before()
    {
        var first = Used.AddDays(100);
        var (claimed, answer) = LostNumbers.None.Asking(Phone, "q-1", first).Answered(Phone, NumberStanding.Unknown, Limits, first);
        Assert.Equal((NumberStanding.Unknown, first.AddDays(7)), (answer.Standing, answer.Until));
        Assert.Equal(first.AddDays(7), claimed.Judge(Phone, Limits, first.AddHours(23))!.Until); // asked once a day
        // Claimed again on the fourth day: the wait is not begun anew.
        var fourth = first.AddDays(4);
        Assert.Null(claimed.Judge(Phone, Limits, fourth));
        (claimed, answer) = claimed.Asking(Phone, "q-2", fourth).Answered(Phone, NumberStanding.Unknown, Limits, fourth);
        Assert.Equal(first.AddDays(7), answer.Until);
        foreach (var (at, standing) in new[] { (first.AddDays(7).AddTicks(-1), NumberStanding.Unknown), (first.AddDays(7), NumberStanding.Changed) })
            Assert.Equal(standing, claimed.Asking(Phone, "q-3", at).Answered(Phone, NumberStanding.Unknown, Limits, at).Answer.Standing);
    }

    [Fact]
    public void Using_the_number_voids_the_claim()
    {
        var first = Used.AddDays(100);
        var (claimed, _) = LostNumbers.None.Asking(Phone, "q-1", first).Answered(Phone, NumberStanding.Unknown, Limits, first);
        var used = Phone with { UsedAt = first.AddDays(3) };
        Assert.Equal(NumberStanding.Unchanged, claimed.Judge(used, Limits, first.AddDays(8))!.Standing);
        // Ninety days later it is a claim like any first one.
        var again = first.AddDays(100);
        Assert.Equal(again.AddDays(7), claimed.Asking(used, "q-2", again).Answered(used, NumberStanding.Unknown, Limits, again).Answer.Until);
    }

    [Fact]
    public void Not_changed_ends_the_wait()
    {
        var first = Used.AddDays(100);
        var (claimed, _) = LostNumbers.None.Asking(Phone, "q-1", first).Answered(Phone, NumberStanding.Unknown, Limits, first);
        var then = first.AddDays(2);
        (claimed, var answer) = claimed.Asking(Phone, "q-2", then).Answered(Phone, NumberStanding.Unchanged, Limits, then);
        Assert.Equal(NumberStanding.Unchanged, answer.Standing);
        var later = first.AddDays(8);
        Assert.Equal(then.AddDays(7), claimed.Asking(Phone, "q-3", later).Answered(Phone, NumberStanding.Unknown, Limits, later).Answer.Until);
    }

    [Fact]
    public void A_question_without_an_answer_keeps_its_name_and_is_asked_again_after_a_minute()
    {
        var first = Used.AddDays(100);
        var (claimed, answer) = LostNumbers.None.Asking(Phone, "q-1", first).Answered(Phone, NumberStanding.Later, Limits, first);
        Assert.Equal(NumberStanding.Later, answer.Standing);
        Assert.Equal(NumberStanding.Later, claimed.Judge(Phone, Limits, first.AddSeconds(59))!.Standing);
        Assert.Null(claimed.Judge(Phone, Limits, first.AddSeconds(60)));
        Assert.Equal("q-1", claimed.Asking(Phone, "q-2", first.AddMinutes(1)).Claims.Single().Request);
    }

    [Fact]
    public void Nothing_is_lost_on_anything_but_changed()
    {
        var first = Used.AddDays(100);
        foreach (var standing in new[] { NumberStanding.Unchanged, NumberStanding.Unknown, NumberStanding.Later, NumberStanding.Changed })
        {
            var (claimed, _) = LostNumbers.None.Asking(Phone, "q", first).Answered(Phone, standing, Limits, first);
            Assert.Equal(standing == NumberStanding.Changed, claimed.MayLose(Phone, Limits, first));
        }
        Assert.False(LostNumbers.None.MayLose(Phone, Limits, first));
    }

    [Fact]
    public void Sessions_opened_through_the_number_end_and_those_of_another_contact_stay()
    {
        var mail = new StoredContact(IdentifierKind.Email, "email.k1.b", [2], Used);
        var state = new AccountState { Phase = AccountPhase.Open, Contacts = [Phone, mail], Sessions = [Session("a", Phone.IdentifierKey), Session("b", mail.IdentifierKey), Session("c", null)] };
        var next = LostNumbers.Lose(state, Phone, "op", Used.AddDays(100));
        Assert.Equal(["b"], next.Sessions.Select(session => session.Id));
        Assert.Equal((mail, null), (next.Contacts.Single(), next.Numbers!.ContactlessSince));
        var last = LostNumbers.Lose(next, mail, "op", Used.AddDays(101));
        Assert.Empty(last.Sessions);
        Assert.Equal(Used.AddDays(101), last.Numbers!.ContactlessSince);
    }

    private static StoredSession Session(string id, string? through) => new()
    {
        Id = id, SecretDigest = [], Operation = "", AuthenticatedAt = Used, ExpiresAt = Used.AddDays(90), LastSeen = new DateOnly(2025, 11, 1), Client = [], Methods = [], Through = through,
    };
}
