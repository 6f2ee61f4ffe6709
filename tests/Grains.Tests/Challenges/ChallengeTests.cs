using AiCloud.Protection;

namespace AiCloud.Challenges;

public sealed class ChallengeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5), Tick = TimeSpan.FromTicks(1);
    private static readonly Challenge Fresh = new() { Digest = "d", Length = 6, SentAt = Noon, Guesses = 5 };

    [Fact]
    public void The_right_code_is_accepted_until_its_lifetime_ends_and_not_at_its_end()
    {
        Assert.Null(Fresh.Answer(right: true, Lifetime, Noon + Lifetime - Tick).Refusal);
        Assert.Equal(RefusalCode.CodeExpired, Fresh.Answer(right: true, Lifetime, Noon + Lifetime).Refusal);
    }

    [Fact]
    public void The_fifth_try_may_still_be_right_and_the_sixth_never_is()
    {
        var challenge = Wrong(Fresh, 4);
        Assert.Equal(1, challenge.GuessesLeft);
        Assert.Null(challenge.Answer(right: true, Lifetime, Noon).Refusal);
        challenge = Wrong(challenge, 1);
        Assert.Equal(0, challenge.GuessesLeft);
        var (next, refusal) = challenge.Answer(right: true, Lifetime, Noon);
        Assert.Equal(RefusalCode.CodeAttemptsExhausted, refusal);
        Assert.Same(challenge, next);
    }

    [Fact]
    public void The_right_code_answers_the_same_again_even_after_its_lifetime()
    {
        var answered = Fresh.Answer(right: true, Lifetime, Noon).Next;
        var (next, refusal) = answered.Answer(right: true, Lifetime, Noon + TimeSpan.FromHours(1));
        Assert.Null(refusal);
        Assert.Same(answered, next);
    }

    [Fact]
    public void A_wrong_code_after_the_right_one_is_wrong_and_spends_nothing()
    {
        var answered = Fresh.Answer(right: true, Lifetime, Noon).Next;
        var (next, refusal) = answered.Answer(right: false, Lifetime, Noon);
        Assert.Equal(RefusalCode.CodeWrong, refusal);
        Assert.Same(answered, next);
    }

    [Fact]
    public void A_late_guess_spends_nothing() => Assert.Same(Fresh, Fresh.Answer(right: false, Lifetime, Noon + Lifetime).Next);

    [Fact]
    public void Codes_are_uniform_digits_with_leading_zeros()
    {
        var counts = new int[10];
        var chance = new CryptographicRandomness();
        for (var i = 0; i < 20_000; i++)
        {
            var code = CodeDigits.Draw(6, chance);
            Assert.Equal(6, code.Length);
            counts[code[0] - '0']++;
        }
        Assert.All(counts, count => Assert.InRange(count, 1_650, 2_350)); // eight standard deviations
    }

    private static Challenge Wrong(Challenge challenge, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var (next, refusal) = challenge.Answer(right: false, Lifetime, Noon);
            Assert.Equal(RefusalCode.CodeWrong, refusal);
            challenge = next;
        }
        return challenge;
    }
}
