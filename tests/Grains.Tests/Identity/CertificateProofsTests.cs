using CsCheck;

namespace AiCloud.Identity;

public sealed class CertificateProofsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly IdentityOptions Limits = new();

    [Fact]
    public void A_certificate_proves_three_accounts_and_not_a_fourth__C2_1e()
    {
        var proofs = new CertificateProofs();
        for (var i = 0; i < 3; i++) proofs = Owned(proofs, $"check-{i}", Guid.NewGuid());
        Assert.Equal(3, proofs.Owners.Length);
        var (next, status) = Hold(proofs, "check-4", Guid.NewGuid(), Now);
        Assert.Equal(ProofPlaceStatus.Full, status);
        Assert.Equal(ProofPlaceStatus.Free, next.OwnFor("check-4", Guid.NewGuid()).Status);
    }

    [Fact]
    public void Places_that_are_held_count_until_their_deadline_and_lapsed_ones_only_while_nobody_needs_them()
    {
        var (accounts, proofs) = (Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray(), new CertificateProofs());
        for (var i = 0; i < 3; i++) (proofs, _) = Hold(proofs, $"check-{i}", accounts[i], Now);
        Assert.Equal(ProofPlaceStatus.Full, Hold(proofs, "check-3", accounts[3], Now + TimeSpan.FromHours(73) - TimeSpan.FromTicks(1)).Status);
        var (taken, status) = Hold(proofs, "check-3", accounts[3], Now + TimeSpan.FromHours(73));
        Assert.Equal(ProofPlaceStatus.Held, status);
        Assert.Equal(3, taken.Holds.Length);
        // One lost its place; the others may still commit, though their deadline passed.
        Assert.Equal([ProofPlaceStatus.Free, ProofPlaceStatus.Owned, ProofPlaceStatus.Owned], Enumerable.Range(0, 3).Select(i => taken.OwnFor($"check-{i}", accounts[i]).Status));
    }

    [Fact]
    public void Whatever_the_order_of_holds_takeovers_and_commits_no_more_than_so_many_own()
    {
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 3], Gen.Int[0, 100]).Array[0, 60].Sample(steps =>
        {
            var accounts = Enumerable.Range(0, 8).Select(i => new Guid(i + 1, 0, 0, new byte[8])).ToArray();
            var (proofs, now) = (new CertificateProofs(), Now);
            foreach (var (who, act, hours) in steps)
            {
                now += TimeSpan.FromHours(hours);
                proofs = act switch
                {
                    0 or 1 => Hold(proofs, $"check-{who}", accounts[who], now).Next,
                    2 => proofs.OwnFor($"check-{who}", accounts[who]).Next,
                    _ => proofs.ReleaseFor($"check-{who}", accounts[who]).Next,
                };
                if (proofs.Owners.Length + proofs.Holds.Length > 3 || proofs.Owners.Distinct().Count() != proofs.Owners.Length) return false;
            }
            return true;
        });
    }

    [Fact]
    public void The_same_account_needs_one_place_however_often_it_proves_itself()
    {
        var account = Guid.NewGuid();
        var proofs = Owned(new CertificateProofs(), "first", account);
        var (again, status) = Hold(proofs, "second", account, Now);
        Assert.Equal(ProofPlaceStatus.Owned, status);
        Assert.Equal([account], Owned(again, "second", account).Owners);
    }

    [Theory, InlineData(3, ProofPlaceStatus.Held), InlineData(4, ProofPlaceStatus.TooOften)]
    public void Of_one_certificate_an_account_tries_three_a_day(int checks, ProofPlaceStatus last)
    {
        var account = Guid.NewGuid();
        var (proofs, status) = Tries(new CertificateProofs(), account, checks);
        Assert.Equal(last, status);
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs, "tomorrow", account, Now + TimeSpan.FromHours(24)).Status);
    }

    [Theory, InlineData(50, ProofPlaceStatus.Held), InlineData(51, ProofPlaceStatus.TooOften)]
    public void The_first_tries_of_fifty_accounts_are_taken_in_a_day(int accounts, ProofPlaceStatus last)
    {
        var (proofs, status) = (new CertificateProofs(), ProofPlaceStatus.Free);
        for (var i = 0; i < accounts; i++) (proofs, status) = Tries(proofs, Guid.NewGuid(), 1);
        Assert.Equal(last, status);
    }

    // The attack: somebody who knows the number tries names with a few accounts, all day.
    [Fact]
    public void A_stranger_with_a_few_accounts_is_stopped_after_ten_more_guesses_and_does_not_shut_the_holder_out()
    {
        var proofs = new CertificateProofs();
        var taken = 0;
        for (var i = 0; i < 8; i++)
        {
            var account = Guid.NewGuid();
            for (var tries = 0; tries < 5; tries++)
            {
                var (next, status) = Hold(proofs, $"{i}-{tries}", account, Now);
                if (status == ProofPlaceStatus.Held) taken++;
                proofs = next.ReleaseFor($"{i}-{tries}", account).Next;
            }
        }
        Assert.Equal(8 + 10, taken);
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs, "holder", Guid.NewGuid(), Now).Status);
    }

    [Fact]
    public void The_name_that_was_proven_before_is_not_held_up_by_strangers_and_another_one_is()
    {
        var holder = Guid.NewGuid();
        var proofs = Hold(new CertificateProofs(), "first", holder, Now, "right").Next.OwnFor("first", holder).Next;
        for (var i = 0; i < 60; i++) proofs = Tries(proofs, Guid.NewGuid(), 1).Proofs;
        Assert.Equal(ProofPlaceStatus.TooOften, Hold(proofs, "stranger", Guid.NewGuid(), Now, "guess").Status);
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs, "again", Guid.NewGuid(), Now, "right").Status);
        // Nothing is known of it any more once it proves nobody.
        Assert.Equal(ProofPlaceStatus.TooOften, Hold(proofs.Disowned(holder), "late", Guid.NewGuid(), Now, "right").Status);
    }

    [Fact]
    public void A_repeat_of_a_check_spends_nothing()
    {
        var account = Guid.NewGuid();
        var proofs = Tries(new CertificateProofs(), account, 3).Proofs;
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs, $"{account}-2", account, Now).Status);
        Assert.Equal(ProofPlaceStatus.TooOften, Hold(proofs, "another", account, Now).Status);
    }

    [Fact]
    public void An_account_that_is_disowned_leaves_its_place_to_others()
    {
        var account = Guid.NewGuid();
        var proofs = Owned(Owned(Owned(new CertificateProofs(), "a", account), "b", Guid.NewGuid()), "c", Guid.NewGuid());
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs.Disowned(account), "d", Guid.NewGuid(), Now).Status);
    }

    private static CertificateProofs Owned(CertificateProofs proofs, string check, Guid account) => Hold(proofs, check, account, Now).Next.OwnFor(check, account).Next;

    private static (CertificateProofs Next, ProofPlaceStatus Status) Hold(CertificateProofs proofs, string check, Guid account, DateTimeOffset now, string? name = null) =>
        proofs.HoldFor(new ProofRequest { Operation = check, Account = account, Until = now + TimeSpan.FromHours(73), Name = name }, Limits, now);

    private static (CertificateProofs Proofs, ProofPlaceStatus Last) Tries(CertificateProofs proofs, Guid account, int checks)
    {
        var status = ProofPlaceStatus.Free;
        for (var i = 0; i < checks; i++)
        {
            (proofs, status) = Hold(proofs, $"{account}-{i}", account, Now);
            proofs = proofs.ReleaseFor($"{account}-{i}", account).Next;
        }
        return (proofs, status);
    }
}
