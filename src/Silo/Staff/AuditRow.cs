using Dapper;

namespace AiCloud.Staff;

/// <summary>Between entries and rows, the same on both databases.</summary>
internal static class AuditRow
{
    public static DynamicParameters Of(AuditNote note, string service)
    {
        var row = new DynamicParameters();
        row.Add("service", service);
        row.Add("Staff", note.Staff);
        row.Add("Action", note.Action);
        row.Add("Target", Target(note));
        row.Add("Outcome", note.Outcome);
        row.Add("Operation", note.Operation);
        row.Add("Trace", note.Trace);
        return row;
    }

    public static string Target(AuditNote note) => note.Target.Length <= AuditNote.LongestTarget ? note.Target : note.Target[..AuditNote.LongestTarget];

    public static AuditEntry Entry(
        long number, DateTimeOffset at, (string Staff, string Action, string Target, string Outcome, string Operation, string Trace) row) => new()
    {
        Number = number,
        At = at,
        Staff = row.Staff,
        Action = row.Action,
        Target = row.Target,
        Outcome = row.Outcome,
        Operation = row.Operation,
        Trace = row.Trace,
    };
}
