namespace AiCloud.Guardians;

/// <summary>A contact as that of a guardian: places, blocks, sessions.</summary>
public sealed class WardContactTests
{
    [Fact]
    public void A_contact_that_changed_hands_answers_for_nobody_and_opens_nothing_until_its_minors_accounts_know()
    {
        var (account, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var contact = Taken(new WardContact(), account, Now.AddDays(300)).Block("a", TimeSpan.FromDays(30), Now).Open(new StoredGuardianSession("s", "op", [1, 2, 3], Now.AddHours(2)), Now).ChangedHands(Now);
        Assert.Empty(contact.Accounts(Now));
        Assert.Empty(contact.Sessions);
        Assert.False(contact.IsBlocked("a", 3, Now)); // what the former holder said binds nobody else
        Assert.Equal(RefusalCode.NotFound, contact.Take(account, Now.AddDays(1), 5, Now).Refusal); // by no detour
        Assert.Equal(Now.AddDays(300), contact.EndsAt); // the row waits for it
        contact = contact.ChangedHands(Now);
        Assert.Equal([account], contact.Lost.Select(ward => ward.Account)); // said twice
        contact = Taken(contact, other, Now.AddDays(1)).Release(account);
        Assert.Equal((0, 1), (contact.Lost.Length, contact.Accounts(Now).Length));
    }

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_fifth_minor_finds_a_place_and_the_sixth_none_until_one_ends()
    {
        var contact = new WardContact();
        for (var i = 0; i < 5; i++) contact = Taken(contact, new Guid(i, 0, 0, new byte[8]), Now.AddDays(1));
        Assert.Equal(RefusalCode.WardLimit, contact.Take(Guid.NewGuid(), Now.AddDays(1), 5, Now).Refusal);
        Assert.Equal(RefusalCode.WardLimit, contact.Take(Guid.NewGuid(), Now.AddDays(1), 5, Now.AddDays(1).AddTicks(-1)).Refusal);
        Assert.Null(contact.Take(Guid.NewGuid(), Now.AddDays(2), 5, Now.AddDays(1)).Refusal);
        Assert.Null(contact.Release(new Guid(3, 0, 0, new byte[8])).Take(Guid.NewGuid(), Now.AddDays(1), 5, Now).Refusal);
    }

    [Fact]
    public void A_place_that_is_taken_again_is_one_and_is_never_shortened()
    {
        var account = Guid.NewGuid();
        var contact = Taken(Taken(Taken(new WardContact(), account, Now.AddDays(3)), account, Now.AddDays(300)), account, Now.AddDays(1));
        Assert.Equal(Now.AddDays(300), contact.Wards.Single().Until);
        Assert.Equal(Now.AddDays(300), contact.EndsAt);
    }

    [Fact]
    public void An_unknown_inviter_is_blocked_alone_and_three_of_them_block_everybody()
    {
        var contact = new WardContact().Block("a", TimeSpan.FromDays(30), Now);
        Assert.True(contact.IsBlocked("a", 3, Now.AddDays(30).AddTicks(-1)));
        Assert.False(contact.IsBlocked("a", 3, Now.AddDays(30)));
        Assert.False(contact.IsBlocked("z", 3, Now));
        var two = contact.Block("b", TimeSpan.FromDays(30), Now);
        Assert.False(two.IsBlocked("z", 3, Now));
        Assert.True(two.Block("c", TimeSpan.FromDays(30), Now).IsBlocked("z", 3, Now));
        Assert.Same(two, two.Block("b", TimeSpan.FromDays(30), Now.AddDays(1))); // said again, it is not longer
    }

    [Fact]
    public void A_session_ends_by_clock_and_is_proven_by_its_secret_only()
    {
        var contact = new WardContact().Open(new StoredGuardianSession("s", "op", [1, 2, 3], Now.AddHours(2)), Now);
        GuardianProof Proof(byte[] secret) => new() { IdentifierKey = "k", Session = "s", SecretDigest = secret };
        Assert.NotNull(contact.Find(Proof([1, 2, 3]), Now.AddHours(2).AddTicks(-1)));
        Assert.Null(contact.Find(Proof([1, 2, 3]), Now.AddHours(2)));
        Assert.Null(contact.Find(Proof([1, 2, 4]), Now));
        Assert.Null(contact.End("s").Find(Proof([1, 2, 3]), Now));
        // The same challenge answered again replaces the session; a sixth ends the first.
        Assert.Single(contact.Open(new StoredGuardianSession("t", "op", [9], Now.AddHours(2)), Now).Sessions);
        for (var i = 0; i < 5; i++) contact = contact.Open(new StoredGuardianSession($"s{i}", $"op{i}", [9], Now.AddHours(2)), Now);
        Assert.DoesNotContain(contact.Sessions, session => session.Id == "s");
        Assert.Equal(5, contact.Sessions.Length);
    }

    private static WardContact Taken(WardContact contact, Guid account, DateTimeOffset until)
    {
        var (next, refusal) = contact.Take(account, until, 5, Now);
        Assert.Null(refusal);
        return next;
    }
}
