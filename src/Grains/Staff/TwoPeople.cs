namespace AiCloud.Staff;

/// <summary>
/// The rule of two: nobody approves their own proposal, nor that of someone they created within the last 24 hours, nor as someone whom the
/// proposer created within that time. A second account of one person's making takes a day to become useful, and leaves a trace.
/// </summary>
internal static class TwoPeople
{
    public static readonly TimeSpan Probation = TimeSpan.FromHours(24);

    public static bool MayApprove(StaffActor proposer, StaffActor approver, DateTimeOffset now) =>
        proposer.Staff != approver.Staff && !IsNewCreatureOf(proposer, approver, now) && !IsNewCreatureOf(approver, proposer, now);

    private static bool IsNewCreatureOf(StaffActor member, StaffActor creator, DateTimeOffset now) =>
        member.Creators.Contains(creator.Staff) && now - member.CreatedAt < Probation;
}
