using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Ledger;

/// <summary>What an account's state says about its ledger, without a cluster.</summary>
public sealed class AccountChainTests
{
    private const string Account = "0195f0000000700080000000000000aa";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly AccountState Prepared = new()
    {
        Phase = AccountPhase.Prepared,
        Acceptances = [Accepted("1", "privacy-agreement", Noon.AddMinutes(-3), "registration_start"), Accepted("2", "registration-agreement", Noon, "registration_completion", "violation-rules")],
    };

    [Fact]
    public void A_prepared_account_has_nothing_in_the_ledger_and_can_have_nothing()
    {
        Assert.Null(Prepared.WithLedger(Account).Head);
        Assert.False(Prepared.HasPendingEntries);
        Assert.Throws<InvalidOperationException>(() => Prepared.WithEntry(Notice()));
        Assert.Throws<InvalidOperationException>(() => Prepared.WithAcceptance(Account, Accepted("3", "violation-rules", Noon, "use")));
    }

    [Fact]
    public void Opening_records_every_acceptance_with_its_own_instant_and_what_it_incorporates()
    {
        var opened = Prepared.Opened(Account);
        var entries = opened.Unflushed();
        Assert.Equal([("privacy-agreement", Noon.AddMinutes(-3), "registration_start"), ("registration-agreement", Noon, "registration_completion")],
            entries.Select(entry => (entry.Document!.Kind, entry.At, entry.Act)));
        Assert.Equal(["violation-rules"], entries[1].Incorporated.Select(text => text.Kind));
        AssertWhole(entries, opened.Head!);
    }

    [Fact]
    public void The_sealed_evidence_of_an_acceptance_is_kept_once_and_put_in_on_the_way_to_the_ledger()
    {
        var opened = Prepared.Opened(Account);
        Assert.All(opened.Pending, entry => Assert.Null(entry.Evidence));
        Assert.Equal(opened.Acceptances.Select(acceptance => acceptance.Evidence), opened.Unflushed().Select(entry => entry.Evidence!));
    }

    [Fact]
    public void An_account_of_a_release_without_a_ledger_gets_the_entries_that_its_opening_would_have_made()
    {
        var old = Prepared with { Phase = AccountPhase.Open };
        Assert.Equal(Prepared.Opened(Account).Head, old.WithLedger(Account).Head);
        Assert.Equal(old.WithLedger(Account).Head, old.WithLedger(Account).WithLedger(Account).Head);
    }

    [Fact]
    public void The_first_new_act_of_such_an_account_comes_after_what_it_accepted_before()
    {
        var next = (Prepared with { Phase = AccountPhase.Open }).WithEntry(Notice());
        Assert.Equal([LedgerKinds.Acceptance, LedgerKinds.Acceptance, LedgerKinds.Notice], next.Unflushed().Select(entry => entry.Kind));
        AssertWhole(next.Unflushed(), next.Head!);
    }

    [Fact]
    public void An_acceptance_and_its_entry_are_added_in_one_step()
    {
        var next = Prepared.Opened(Account).WithAcceptance(Account, Accepted("3", "violation-rules", Noon.AddDays(8), "account_change") with { Manner = AcceptanceManner.Deemed });
        Assert.Equal("3", next.Acceptances[^1].Id);
        Assert.Equal(("deemed", 3), (next.Unflushed()[^1].Manner, next.Head!.Number));
        AssertWhole(next.Unflushed(), next.Head);
    }

    [Fact]
    public void What_the_ledger_has_is_let_go_and_nothing_else()
    {
        var opened = Prepared.Opened(Account);
        Assert.Same(opened, opened.Flushed(0));
        Assert.Equal([2], opened.Flushed(1).Pending.Select(entry => entry.Number));
        Assert.Equal((false, opened.Head), (opened.Flushed(2).HasPendingEntries, opened.Flushed(2).Head));
        var more = opened.Flushed(2).WithEntry(Notice());
        Assert.Equal([3], more.Pending.Select(entry => entry.Number));
        Assert.Null(LedgerChain.Fault(opened.Head, more.Unflushed()[0]));
    }

    private static void AssertWhole(IEnumerable<LedgerEntry> entries, LedgerHead head)
    {
        LedgerHead? before = null;
        foreach (var entry in entries)
        {
            Assert.Null(LedgerChain.Fault(before, entry));
            before = new LedgerHead(entry.Number, entry.Hash);
        }
        Assert.Equal(head, before);
    }

    private static LedgerDraft Notice() => LedgerDrafts.Notice(Account, Text("privacy-agreement"), Noon.AddDays(1), "sign_in", null);

    private static StoredAcceptance Accepted(string id, string kind, DateTimeOffset at, string act, params string[] incorporated) =>
        new(id, Text(kind), [.. incorporated.Select(Text)], at, AcceptanceManner.Explicit, act, [.. System.Text.Encoding.UTF8.GetBytes("sealed " + id)]);

    private static DocumentReference Text(string kind) => new() { Kind = kind, Version = "1.0", Sha256 = "aa" };
}
