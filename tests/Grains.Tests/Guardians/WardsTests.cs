using System.Globalization;
using AiCloud.Accounts;
using AiCloud.Registration;
using AiCloud.Services;
using CsCheck;

namespace AiCloud.Guardians;

/// <summary>Decisions about ages and wards, without actors.</summary>
public sealed class WardsTests
{
    private static readonly GuardianOptions Limits = new();
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    // A second before midnight in Shanghai and at it; midnight in UTC, eight hours later, changes nothing.
    [Theory]
    [InlineData("2012-06-15", 14, "2026-06-14T15:59:59.9999999Z", "2026-06-14T16:00:00Z")]
    [InlineData("2010-06-15", 16, "2026-06-14T15:59:59.9999999Z", "2026-06-14T16:00:00Z")]
    [InlineData("2008-06-15", 18, "2026-06-14T15:59:59.9999999Z", "2026-06-14T16:00:00Z")]
    [InlineData("2008-02-29", 14, "2022-02-27T15:59:59.9999999Z", "2022-02-27T16:00:00Z")]
    [InlineData("2008-02-29", 16, "2024-02-28T15:59:59.9999999Z", "2024-02-28T16:00:00Z")]
    [InlineData("2008-02-29", 18, "2026-02-27T15:59:59.9999999Z", "2026-02-27T16:00:00Z")]
    [InlineData("2008-01-01", 18, "2025-12-31T15:59:59.9999999Z", "2025-12-31T16:00:00Z")]
    public void C2_1a_a_birthday_begins_at_midnight_in_Shanghai_and_at_no_other_midnight(string born, int years, string before, string at)
    {
        var birth = DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (last, first) = (Instant(before), Instant(at));
        Assert.Equal(years - 1, Age.CompletedYears(birth, Age.ShanghaiDay(last)));
        Assert.Equal(years, Age.CompletedYears(birth, Age.ShanghaiDay(first)));
        Assert.Equal(first, Age.Reaches(birth, years));
        // On both sides of the midnight of UTC that lies in between and after, the age is what it was.
        var utcMidnight = new DateTimeOffset(first.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        Assert.Equal(years, Age.CompletedYears(birth, Age.ShanghaiDay(utcMidnight.AddTicks(-1))));
        Assert.Equal(years, Age.CompletedYears(birth, Age.ShanghaiDay(utcMidnight)));
        Assert.Equal(years - 1, Age.CompletedYears(birth, Age.ShanghaiDay(utcMidnight.AddDays(-1))));
    }

    [Fact]
    public void Reaching_an_age_and_having_it_agree_for_any_birth_date_at_any_instant() =>
        Gen.Select(Gen.Int[0, 45_000], Gen.Int[14, 18], Gen.Long[-3, 3]).Sample((day, years, ticks) =>
        {
            var birth = new DateOnly(1900, 1, 1).AddDays(day);
            var at = Age.Reaches(birth, years).AddTicks(ticks);
            Assert.Equal(ticks >= 0, Age.CompletedYears(birth, Age.ShanghaiDay(at)) >= years);
        });

    [Theory]
    [InlineData(16, 0, true)]
    [InlineData(16, 1, false)]
    [InlineData(18, 1, true)]
    [InlineData(18, 0, false)]
    public void A_guardian_is_needed_from_the_sixteenth_to_the_day_before_the_eighteenth_birthday(int years, int days, bool needed) =>
        Assert.Equal(needed, Age.NeedsGuardian(Age.ShanghaiDay(Noon).AddYears(-years).AddDays(days), Noon));

    [Fact]
    public void By_clock_a_guardianship_ends_at_the_eighteenth_birthday_whether_or_not_anybody_woke_the_account()
    {
        var state = Guarded(adultAt: Noon);
        Assert.Equal(GuardianshipState.Standing, Wards.StateOf(state, Noon.AddTicks(-1)));
        Assert.True(Wards.MayAct(state, "g", Noon.AddTicks(-1)));
        Assert.Empty(Wards.Limits(state, Noon.AddTicks(-1)));
        Assert.Equal(GuardianshipState.OfAge, Wards.StateOf(state, Noon));
        Assert.False(Wards.MayAct(state, "g", Noon));
        Assert.Equal(RefusalCode.OwnAcceptanceRequired, Wards.Limits(state, Noon).Single().Why);
    }

    [Fact]
    public void Only_the_contact_that_the_account_names_may_act_on_it()
    {
        Assert.False(Wards.MayAct(Guarded(Noon.AddYears(1)), "another", Noon));
        Assert.False(Wards.MayAct(Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.Withdrawn, Limits, Noon), "g", Noon));
        Assert.True(Wards.MayAct(Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.ContactLost, Limits, Noon), "g", Noon)); // it may come back
        Assert.False(Wards.MayAct(Guarded(Noon.AddYears(1)) with { Phase = AccountPhase.Prepared }, "g", Noon));
    }

    // Age corrected by an identity proof: what was stated no longer counts, and everything is decided anew.
    [Theory]
    [InlineData(30, false, GuardianshipState.NotNeeded)]
    [InlineData(18, false, GuardianshipState.NotNeeded)]
    [InlineData(17, false, GuardianshipState.Missing)]
    [InlineData(16, false, GuardianshipState.Missing)]
    [InlineData(15, false, GuardianshipState.UnderAge)]
    [InlineData(12, false, GuardianshipState.UnderAge)]
    [InlineData(18, true, GuardianshipState.OfAge)]
    [InlineData(17, true, GuardianshipState.Standing)]
    [InlineData(16, true, GuardianshipState.Standing)]
    [InlineData(15, true, GuardianshipState.UnderAge)]
    public void A_proven_age_re_decides_everything(int years, bool guarded, GuardianshipState expected)
    {
        var birth = Age.ShanghaiDay(Noon).AddYears(-years);
        var before = guarded ? Guarded(Noon.AddMonths(3)) : new AccountState { Phase = AccountPhase.Open };
        var after = Wards.OnBirthDate(before, birth, Limits, Noon);
        Assert.Equal(expected, Wards.StateOf(after, Noon));
        if (expected is GuardianshipState.Standing or GuardianshipState.Missing) Assert.Equal(Age.Reaches(birth, 18), after.Ward!.AdultAt);
        if (expected == GuardianshipState.Missing) Assert.Equal((GuardianLoss.NeverNamed, Noon + TimeSpan.FromDays(30)), (after.Ward!.Loss!.Value, after.Ward.NameBy!.Value));
        Assert.Equal(expected, Wards.StateOf(Wards.OnBirthDate(after, birth, Limits, Noon.AddMinutes(1)), Noon.AddMinutes(1))); // said twice, it is said once
    }

    // The instant is kept, not a mark: nobody has to lift anything.
    [Theory]
    [InlineData("2010-06-15", "2026-06-14T16:00:00Z", false)]
    [InlineData("2010-06-15", "2026-06-14T16:00:00Z", true)]
    [InlineData("2012-02-29", "2028-02-28T16:00:00Z", false)] // 2028 has a 29 February
    public void C2_1a_who_was_found_to_be_below_sixteen_is_so_by_clock_until_the_birthday_and_a_minor_like_any_other_from_then_on(string born, string birthday, bool guarded)
    {
        var (birth, sixteen) = (DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture), Instant(birthday));
        var state = Wards.OnBirthDate(guarded ? Guarded(Noon.AddMonths(3)) : new AccountState { Phase = AccountPhase.Open }, birth, Limits, Noon);
        Assert.Equal(GuardianshipState.UnderAge, Wards.StateOf(state, sixteen.AddTicks(-1)));
        Assert.Equal(RefusalCode.UnderAge, Wards.Limits(state, sixteen.AddTicks(-1)).Single().Why);
        Assert.Equal(guarded ? GuardianshipState.Standing : GuardianshipState.Missing, Wards.StateOf(state, sixteen));
        Assert.Equal(guarded ? [] : [RefusalCode.GuardianRequired], Wards.Limits(state, sixteen).Select(limit => limit.Why));
        // Woken at the birthday at the latest, and never again for it; the time to name a guardian begins there.
        Assert.Equal(sixteen, (state.Ward! with { PlaceDue = null }).DueAt);
        var noted = Wards.OldEnough(state);
        Assert.Equal(Wards.StateOf(state, sixteen), Wards.StateOf(noted, sixteen));
        Assert.Equal(guarded ? Age.Reaches(birth, 18) : sixteen.AddDays(30), (noted.Ward! with { PlaceDue = null }).DueAt);
    }

    [Fact]
    public void Corrected_from_below_sixteen_to_seventeen_the_time_to_name_a_guardian_begins_with_the_correction()
    {
        var under = Wards.OnBirthDate(new AccountState { Phase = AccountPhase.Open }, Age.ShanghaiDay(Noon).AddYears(-15), Limits, Noon);
        var right = Wards.OnBirthDate(under, Age.ShanghaiDay(Noon).AddYears(-17), Limits, Noon.AddDays(1));
        Assert.Equal((GuardianshipState.Missing, null, Noon.AddDays(31)), (Wards.StateOf(right, Noon.AddDays(1)), right.Ward!.OldEnoughAt, right.Ward.NameBy!.Value));
    }

    [Fact]
    public void A_minor_corrected_to_be_of_age_and_back_keeps_no_guardian_by_accident()
    {
        var ofAge = Wards.OnBirthDate(Guarded(Noon.AddMonths(3)), Age.ShanghaiDay(Noon).AddYears(-18), Limits, Noon);
        Assert.Null(ofAge.Ward);
        Assert.Equal(GuardianshipState.Missing, Wards.StateOf(Wards.OnBirthDate(ofAge, Age.ShanghaiDay(Noon).AddYears(-17), Limits, Noon), Noon));
    }

    [Fact]
    public void A_freeze_is_lifted_by_whoever_is_guardian_and_by_no_word_of_the_minors()
    {
        var frozen = Wards.Frozen(Guarded(Noon.AddYears(1)), true, Noon);
        var lost = Wards.Lost(frozen, GuardianLoss.ContactLost, Limits, Noon);
        Assert.Equal(Noon, lost.Ward!.FrozenAt);
        Assert.Equal(Noon, Wards.Found(lost).Ward!.FrozenAt);
        Assert.Equal(RefusalCode.AccountLimited, Wards.Limits(Wards.Found(lost), Noon).Single().Why);
        // The next guardian finds it and ends it; one whose number is somebody else's by now leaves it too.
        var responsibility = new StoredResponsibility("i", Noon, null, [], []);
        Assert.Equal(Noon, Wards.Bound(lost, Noon.AddYears(1), lost.Ward.Guardian!, responsibility, Noon).Ward!.FrozenAt);
        Assert.Equal(Noon, Wards.ContactGone(frozen, Limits, Noon).Ward!.FrozenAt);
        Assert.Null(Wards.Frozen(Wards.Found(lost), false, Noon).Ward!.FrozenAt);
        Assert.Null(Wards.Lost(frozen, GuardianLoss.Withdrawn, Limits, Noon).Ward!.FrozenAt); // the guardian's own act, too
    }

    [Theory]
    [InlineData(-1, RefusalCode.GuardianWait)]
    [InlineData(0, null)]
    public void Nobody_is_invited_in_the_place_of_a_guardian_called_lost_before_they_had_time_to_object(int ticks, RefusalCode? refusal)
    {
        var lost = Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.ContactLost, Limits, Noon); // as a row of an earlier release: nobody noted when they were told
        var at = Noon + Limits.ReplacedAfter + TimeSpan.FromTicks(ticks);
        Assert.Equal(refusal, Wards.MayInvite(lost, "next", Limits, at)?.Code);
        Assert.Equal(refusal is null, Wards.MayStand(lost, "next", Limits, at)); // nor does one stand who was invited before
        var told = lost with { Ward = lost.Ward! with { LossToldAt = Noon.AddHours(5) } };
        Assert.Equal(refusal, Wards.MayInvite(told, "next", Limits, at.AddHours(5))?.Code);
        // Who withdrew, or cannot come back, is waited for by nobody.
        Assert.Null(Wards.MayInvite(Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.Withdrawn, Limits, Noon), "next", Limits, Noon));
        Assert.Null(Wards.MayInvite(Wards.ContactGone(Guarded(Noon.AddYears(1)), Limits, Noon), "next", Limits, Noon));
    }

    [Fact]
    public void A_guardian_who_was_not_told_yet_loses_no_time_to_object()
    {
        var untold = Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.ContactLost, Limits, Noon).WithNews(GuardianNews.ContactLost, Noon);
        var much = Noon + Limits.ReplacedAfter * 3;
        Assert.Equal(Limits.ReplacedAfter, Wards.MayInvite(untold, "next", Limits, much)!.RetryAfter);
        var told = GuardianTellings.Told(untold, new Dictionary<GuardianTelling, DateTimeOffset?> { [untold.Tellings.Single()] = null }, much);
        Assert.Equal((0, much), (told.Tellings.Length, told.Ward!.LossToldAt!.Value));
        Assert.Equal(much + Limits.ReplacedAfter, Wards.ReplacedFrom(told, Limits, much));
        // Tried in vain, it stays, and nothing begins.
        var vain = GuardianTellings.Told(untold, new Dictionary<GuardianTelling, DateTimeOffset?> { [untold.Tellings.Single()] = much.AddMinutes(5) }, much);
        Assert.Equal((much.AddMinutes(5), null), (vain.Tellings.Single().SendAt, vain.Ward!.LossToldAt));
        Assert.Equal(much.AddMinutes(5), vain.DueAt); // woken for it
    }

    [Theory, InlineData("mine", RefusalCode.GuardianContactSame), InlineData("left", RefusalCode.GuardianContactSame), InlineData("next", null)]
    public void A_contact_that_the_minor_has_or_just_removed_is_nobody_elses(string key, RefusalCode? refusal)
    {
        StoredContact Contact(string of) => new(Identifiers.IdentifierKind.Phone, of, [], Noon);
        var state = Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.Withdrawn, Limits, Noon) with { Contacts = [Contact("mine")] };
        state = state.With(state.Security with { Leaving = [new Contacts.LeavingContact(Contact("left"), "op", Noon, Noon.AddDays(14), Released: true)] });
        Assert.Equal(refusal, Wards.MayInvite(state, key, Limits, Noon)?.Code);
        Assert.Equal(refusal is null, Wards.MayStand(state, key, Limits, Noon)); // nor one that became so between invitation and answer
    }

    [Fact]
    public void A_place_that_is_still_to_be_kept_is_kept_for_whoever_may_come_back_and_for_nobody_else()
    {
        var state = Guarded(Noon.AddYears(1));
        var due = state with { Ward = state.Ward! with { PlaceDue = Noon.AddMinutes(1) } };
        Assert.Equal(Noon.AddMinutes(1), Wards.Found(Wards.Lost(due, GuardianLoss.ContactLost, Limits, Noon)).Ward!.PlaceDue);
        Assert.Null(Wards.Lost(due, GuardianLoss.Withdrawn, Limits, Noon).Ward!.PlaceDue);
        Assert.Null(Wards.ContactGone(due, Limits, Noon).Ward!.PlaceDue);
        // A proof that moves the birthday while they are called lost moves the end of their place too.
        var lost = Wards.Lost(Guarded(Noon.AddMonths(3)), GuardianLoss.ContactLost, Limits, Noon);
        Assert.Equal(Noon.AddMinutes(1), Wards.OnBirthDate(lost, Age.ShanghaiDay(Noon).AddYears(-16), Limits, Noon).Ward!.PlaceDue);
    }

    [Fact]
    public void A_guardian_who_was_replaced_is_told_so_whatever_becomes_of_the_next()
    {
        var replaced = Guarded(Noon.AddYears(1)).WithNews(GuardianNews.Replaced, Noon).WithNews(GuardianNews.NumberLost, Noon);
        var next = replaced.Ward!.Guardian! with { IdentifierKey = "next" };
        var bound = Wards.Bound(replaced, Noon.AddYears(1), next, new StoredResponsibility("i", Noon, null, [], []), Noon).WithNews(GuardianNews.FactMarked, Noon);
        var adult = Wards.OfAge(bound, Noon.AddYears(1));
        Assert.Equal([GuardianNews.Replaced, GuardianNews.OfAge], adult.Tellings.Select(telling => telling.News));
        Assert.Equal(["g", "next"], adult.Tellings.Select(telling => telling.To.IdentifierKey));
        foreach (var gone in new[] { Wards.Lost(bound, GuardianLoss.Withdrawn, Limits, Noon), Wards.ContactGone(bound, Limits, Noon) })
            Assert.Equal((GuardianNews.Replaced, "g"), (gone.Tellings.Single().News, gone.Tellings[0].To.IdentifierKey));
        // Nothing goes to a contact that is somebody else's by now.
        Assert.Empty(Wards.ContactGone(replaced, Limits, Noon).Tellings);
    }

    [Fact]
    public void A_place_is_given_up_after_the_write_that_ends_the_guardianship_at_eighteen()
    {
        var adult = Wards.OfAge(Guarded(Noon), Noon.AddMinutes(1));
        Assert.Equal(new LeavingPlace("g", Noon.AddMinutes(1)), Assert.Single(adult.LeavingPlaces));
        Assert.Equal(Noon.AddMinutes(1) + TimeSpan.FromSeconds(10), (adult with { Tellings = [] }).DueAt);
        var proven = Wards.OnBirthDate(Guarded(Noon.AddYears(1)), Age.ShanghaiDay(Noon).AddYears(-18), Limits, Noon);
        Assert.Equal(new LeavingPlace("g", Noon), Assert.Single(proven.LeavingPlaces));
    }

    [Fact]
    public void The_row_falls_due_at_what_comes_first()
    {
        var ward = Guarded(Noon.AddYears(1)).Ward!;
        Assert.Equal(Noon.AddYears(1), ward.DueAt);
        Assert.Equal(Noon.AddMinutes(1), (ward with { PlaceDue = Noon.AddMinutes(1) }).DueAt);
        Assert.Equal(Noon.AddDays(30), Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.Withdrawn, Limits, Noon).Ward!.DueAt);
        Assert.Equal(Noon.AddYears(1), Wards.NotNamed(Wards.Lost(Guarded(Noon.AddYears(1)), GuardianLoss.Withdrawn, Limits, Noon)).Ward!.DueAt);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static AccountState Guarded(DateTimeOffset adultAt) => new()
    {
        Phase = AccountPhase.Open,
        Ward = new Ward
        {
            AdultAt = adultAt,
            Guardian = new StoredGuardian
            {
                IdentifierKey = "g", Kind = Identifiers.IdentifierKind.Phone, Address = [], Name = [], Relationship = GuardianRelationship.Mother, Assurance = GuardianAssurance.Contact, Since = Noon.AddYears(-1),
            },
        },
    };
}
