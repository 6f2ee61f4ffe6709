using AiCloud.Storage;

namespace AiCloud.Registration;

/// <summary>How much of the crashes and freezes is run: every step once in <c>scripts/fault-matrix.sh</c>, everything in <c>scripts/fault-matrix.sh full</c>.</summary>
internal static class FaultMatrix
{
    public static bool IsFull => Environment.GetEnvironmentVariable("AICLOUD_FAULT_MATRIX") == "full";

    /// <summary>One database as a rule, both in the full matrix: for what differs between them in storage alone, which the tests of storage run on both.</summary>
    public static TheoryData<DatabaseProvider> Databases(DatabaseProvider usual) => IsFull ? [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql] : [usual];

    /// <summary>The steps, once or (phone and e-mail alternating) several times.</summary>
    public static IReadOnlyList<CompletionStep> Steps { get; } = [.. Enumerable.Repeat(Enum.GetValues<CompletionStep>(), IsFull ? 6 : 1).SelectMany(steps => steps)];
}
