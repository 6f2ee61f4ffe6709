using System.Security.Cryptography;
using System.Text;
using AiCloud.Documents;

namespace AiCloud.Ledger;

public sealed class LedgerChainTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, 123, TimeSpan.FromHours(8));

    private static readonly LedgerDraft Draft = new()
    {
        Account = "0195f0000000700080000000000000aa",
        Kind = LedgerKinds.Acceptance,
        At = At,
        Manner = "explicit",
        Act = "registration_completion",
        Document = Text("registration-agreement", "1.0", "aa"),
        Incorporated = [Text("violation-rules", "1.0", "bb"), Text("cancellation-rules", "1.1", "cc")],
        Evidence = [1, 2, 3],
    };

    // docs/agreements.md shows this form; whoever holds an entry can write it with any editor and hash it with any tool.
    [Fact]
    public void The_canonical_form_is_the_documented_one_and_the_hash_is_its_sha256()
    {
        var entry = LedgerChain.Append(null, Draft);
        var form = string.Join('\n',
            "aicloud-ledger-entry-1",
            "account:0195f0000000700080000000000000aa",
            "number:1",
            "kind:acceptance",
            "at:2026-03-02T04:00:00.1230000Z",
            "manner:explicit",
            "act:registration_completion",
            "document:registration-agreement\t1.0\taa",
            "incorporated:violation-rules\t1.0\tbb",
            "incorporated:cancellation-rules\t1.1\tcc",
            "purpose:",
            "given:",
            "evidence:039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
            "previous:0000000000000000000000000000000000000000000000000000000000000000",
            "");
        Assert.Equal(form, Encoding.UTF8.GetString(LedgerChain.Canonical(entry)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))), entry.Hash);
    }

    [Fact]
    public void Each_entry_names_the_one_before()
    {
        var first = LedgerChain.Append(null, Draft);
        var second = LedgerChain.Append(HeadOf(first), Draft with { Kind = LedgerKinds.Notice, Evidence = null });
        Assert.Equal((2, first.Hash), (second.Number, second.Previous));
        Assert.Null(LedgerChain.Fault(null, first));
        Assert.Null(LedgerChain.Fault(HeadOf(first), second));
    }

    [Fact]
    public void Appending_the_same_act_at_the_same_place_makes_the_same_entry() =>
        Assert.Equal(LedgerChain.Append(null, Draft).Hash, LedgerChain.Append(null, Draft with { At = At.ToUniversalTime() }).Hash);

    public static TheoryData<string, Func<LedgerEntry, LedgerEntry>> Changes => new()
    {
        { "account", entry => entry with { Account = "0195f0000000700080000000000000ab" } },
        { "kind", entry => entry with { Kind = LedgerKinds.Notice } },
        { "at", entry => entry with { At = entry.At.AddTicks(1) } },
        { "manner", entry => entry with { Manner = "deemed" } },
        { "no manner", entry => entry with { Manner = null } },
        { "act", entry => entry with { Act = "registration_start" } },
        { "document", entry => entry with { Document = Text("registration-agreement", "1.1", "aa") } },
        { "no document", entry => entry with { Document = null } },
        { "incorporated", entry => entry with { Incorporated = [.. entry.Incorporated.Reverse()] } },
        { "incorporated gone", entry => entry with { Incorporated = [] } },
        { "purpose", entry => entry with { Purpose = "marketing" } },
        { "given", entry => entry with { Given = false } },
        { "evidence", entry => entry with { Evidence = [1, 2, 4] } },
        { "evidence and its digest", entry => entry with { Evidence = [1, 2, 4], EvidenceSha256 = LedgerChain.Digest([1, 2, 4]) } },
        { "previous", entry => entry with { Previous = new string('1', 64) } },
        { "hash", entry => entry with { Hash = new string('1', 64) } },
        { "number", entry => entry with { Number = 2 } },
        { "a line smuggled in", entry => entry with { Act = "registration_completion\npurpose:marketing" } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_changed_entry_is_found(string what, Func<LedgerEntry, LedgerEntry> change) =>
        Assert.True(LedgerChain.Fault(null, change(LedgerChain.Append(null, Draft))) is not null, what);

    [Fact]
    public void The_chain_can_be_checked_after_the_sealed_evidence_is_gone() =>
        Assert.Null(LedgerChain.Fault(null, LedgerChain.Append(null, Draft) with { Evidence = null }));

    [Fact]
    public void No_two_entries_share_a_form() => Assert.Throws<FormatException>(() => LedgerChain.Append(null, Draft with { Purpose = "a\ngiven:true" }));

    [Fact]
    public void A_gap_and_an_exchanged_entry_are_told_apart()
    {
        var first = LedgerChain.Append(null, Draft);
        var second = LedgerChain.Append(HeadOf(first), Draft);
        Assert.Contains("entry 1 is missing", LedgerChain.Fault(null, second));
        Assert.Contains("entry before", LedgerChain.Fault(new LedgerHead(1, new string('1', 64)), second));
    }

    [Theory, InlineData("2026-03-02T04:00:00.1230000Z", true), InlineData("2026-03-02T04:00:00.123Z", false), InlineData("2026-03-02 04:00:00.1230000Z", false), InlineData("", false)]
    public void An_instant_reads_in_its_one_form_only(string text, bool reads)
    {
        Assert.Equal(reads, LedgerChain.ReadInstant(text) is not null);
        if (reads) Assert.Equal(text, LedgerChain.Instant(LedgerChain.ReadInstant(text)!.Value));
    }

    private static LedgerHead HeadOf(LedgerEntry entry) => new(entry.Number, entry.Hash);

    private static DocumentReference Text(string kind, string version, string sha256) => new() { Kind = kind, Version = version, Sha256 = sha256 };
}
