using AiCloud.Facts;

namespace AiCloud.Accounts;

/// <summary>Words of marks, under the evidence key: they must outlive the account.</summary>
internal sealed partial class AccountVault
{
    public byte[] SealFactWords(string id, AccountState state, string words) => Evidence(id, state, evidence => evidence.ProtectText(words, Context(id, "fact-mark")));

    public string FactWords(string id, AccountState state, byte[] words) => Evidence(id, state, evidence => evidence.UnprotectText(words, Context(id, "fact-mark")));

    public FactMarkView View(string id, AccountState state, StoredFactMark mark, DateTimeOffset now, bool forStaff) => new()
    {
        Id = mark.Id,
        Fact = mark.Fact,
        Fault = mark.Fault,
        At = mark.At,
        Deadline = mark.Deadline,
        Restricts = FactMarks.Restricts(state, mark, now),
        ContestedAt = mark.Contest?.At,
        Words = mark.Contest is { } contest ? FactWords(id, state, contest.Words) : null,
        AnsweredAt = mark.Contest?.AnsweredAt,
        Accepted = mark.Contest?.Accepted,
        EndedAt = mark.End?.At,
        Ending = mark.End?.Ending,
        By = forStaff ? mark.By.Staff : null,
        Reference = forStaff ? FactWords(id, state, mark.Reference) : null,
        AnsweredBy = forStaff ? mark.Contest?.AnsweredBy : null,
    };
}
