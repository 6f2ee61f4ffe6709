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

    [Theory, InlineData(10, ProofPlaceStatus.Held), InlineData(11, ProofPlaceStatus.TooOften)]
    public void Of_one_certificate_ten_checks_a_day_are_made_over_all_accounts(int checks, ProofPlaceStatus last)
    {
        var (proofs, status) = (new CertificateProofs(), ProofPlaceStatus.Free);
        for (var i = 0; i < checks; i++)
        {
            var account = Guid.NewGuid();
            (proofs, status) = Hold(proofs, $"check-{i}", account, Now);
            // A repeat of the same check spends nothing.
            Assert.Equal(status, Hold(proofs, $"check-{i}", account, Now).Status);
            proofs = proofs.ReleaseFor($"check-{i}", account).Next;
        }
        Assert.Equal(last, status);
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs, "tomorrow", Guid.NewGuid(), Now + TimeSpan.FromHours(24)).Status);
    }

    [Fact]
    public void An_account_that_is_disowned_leaves_its_place_to_others()
    {
        var account = Guid.NewGuid();
        var proofs = Owned(Owned(Owned(new CertificateProofs(), "a", account), "b", Guid.NewGuid()), "c", Guid.NewGuid());
        Assert.Equal(ProofPlaceStatus.Held, Hold(proofs.Disowned(account), "d", Guid.NewGuid(), Now).Status);
    }

    private static CertificateProofs Owned(CertificateProofs proofs, string check, Guid account) => Hold(proofs, check, account, Now).Next.OwnFor(check, account).Next;

    private static (CertificateProofs Next, ProofPlaceStatus Status) Hold(CertificateProofs proofs, string check, Guid account, DateTimeOffset now) =>
        proofs.HoldFor(new ProofRequest { Operation = check, Account = account, Until = now + TimeSpan.FromHours(73) }, Limits, now);
}
